import type { EncoderOptions } from "./contract.js";
import type { SavedWeights } from "./weights.js";

/** BERT's names for ours. */
const places: Record<string, string> = {
  "attention.self.query": "attention.query", "attention.self.key": "attention.key", "attention.self.value": "attention.value", "attention.output.dense": "attention.output",
  "attention.output.LayerNorm": "norm1", "intermediate.dense": "feed.up", "output.dense": "feed.down", "output.LayerNorm": "norm2",
};

/**
 * Weights of a BERT of Hugging Face (BERT, MiniLM and what else is a `BertModel`) as options and weights of `text.encoder`:
 * `const { options, weights } = text.bertWeights(text.readSafetensors(bytes), { heads: 12 }); const model = text.encoder(options); model.load(weights);`
 * PyTorch's dense weights are [out, in] and are turned. The pooler and heads on top are left out and told in `unused`.
 *
 * @param weights by PyTorch's names, with or without `bert.` before them
 * @param options `heads`, which the weights do not tell; `padding`: default 0, as BERT
 * @throws `expected a weight embeddings.word_embeddings.weight, got none: not a BERT`
 * @see Devlin et al. (2019); `transformers.BertModel`
 * @example
 * const one = (...shape: number[]) => ({ shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)) });
 * const weights = { "embeddings.word_embeddings.weight": one(9, 4), "embeddings.position_embeddings.weight": one(6, 4), "encoder.layer.0.intermediate.dense.weight": one(8, 4) };
 * text.bertWeights(weights, { heads: 2 }).options.hidden // 8
 */
export function bertWeights(weights: SavedWeights, options: { heads: number; padding?: number }): { options: EncoderOptions; weights: SavedWeights; unused: readonly string[] } {
  const out: Record<string, SavedWeights[string]> = {};
  const unused: string[] = [];
  let layers = 0;
  for (const [name, weight] of Object.entries(weights)) {
    const plain = name.replace(/^bert\./, "");
    const embedding = /^embeddings\.(word|position|token_type)_embeddings\.weight$/.exec(plain)?.[1];
    const norm = /^embeddings\.LayerNorm\.(weight|bias|gamma|beta)$/.exec(plain)?.[1];
    const [, layer, part, kind] = /^encoder\.layer\.(\d+)\.(.+)\.(weight|bias|gamma|beta)$/.exec(plain) ?? [];
    if (embedding) out[`embedding.${{ word: "token", position: "position", token_type: "segment" }[embedding]}`] = weight;
    else if (norm) out[`embedding.norm.${scaleOrShift(norm)}`] = weight;
    else if (part !== undefined && places[part]) {
      layers = Math.max(layers, Number(layer) + 1);
      const place = `block.${layer}.${places[part]}`;
      if (places[part].startsWith("norm")) out[`${place}.${scaleOrShift(kind!)}`] = weight;
      else if (kind === "weight") out[`${place}.kernel`] = turned(weight);
      else out[`${place}.bias`] = weight;
    } else unused.push(name);
  }
  const shapeOf = (name: string, theirs: string): readonly number[] => {
    if (!out[name]) throw new RangeError(`expected a weight ${theirs}, got none: not a BERT`);
    return out[name].shape;
  };
  const [vocabSize, width] = shapeOf("embedding.token", "embeddings.word_embeddings.weight") as [number, number];
  const positions = shapeOf("embedding.position", "embeddings.position_embeddings.weight")[0]!;
  const hidden = shapeOf("block.0.feed.up.kernel", "encoder.layer.0.intermediate.dense.weight")[1]!;
  const segments = out["embedding.segment"]?.shape[0] ?? 0;
  return Object.freeze({
    options: Object.freeze({ vocabSize, positions, width, hidden, layers, segments, heads: options.heads, norm: "post", embeddingNorm: true, epsilon: 1e-12, padding: options.padding ?? 0 } as const),
    weights: Object.freeze(out), unused: Object.freeze(unused),
  });
}

const scaleOrShift = (name: string): string => (name === "weight" || name === "gamma" ? "scale" : "shift");

function turned({ shape, values }: SavedWeights[string]): SavedWeights[string] {
  const [rows, columns] = shape as [number, number];
  const out = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) out[column * rows + row] = values[row * columns + column]!;
  return Object.freeze({ shape: Object.freeze([columns, rows]), values: out });
}
