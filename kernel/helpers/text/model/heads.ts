import * as tf from "@tensorflow/tfjs";
import { known, oneOf, whole } from "../../arguments.js";
import type { Encoder } from "./contract.js";
import { linear } from "./linear.js";
import { forward } from "./forward.js";
import { partsOf } from "./transformer.js";
import { countValues, loadWeights, makeWeights, saveWeights, type NamedWeights, type SavedWeights } from "./weights.js";

export interface HeadOptions {
  classes: number;
  /** The head sits on the states after so many layers, and the layers above are not used; default: all of them. */
  layers?: number;
  /**
   * true: the head alone is trained. A number: the embedding and the first so many layers stay as they are; `predict` then takes, besides ids,
   * what `encoder.states(ids, { layers })` made of them, so that the frozen part is worked out once and not in every epoch. Default false.
   */
  frozen?: boolean | number;
  /** Default 0. */
  seed?: number;
}

export interface ClassifierOptions extends HeadOptions {
  /** One vector of the tokens' states: their mean (default), the first (BERT's `[CLS]`), or the largest value in each column. Padding does not count. */
  pooling?: "mean" | "first" | "max";
}

/** An encoder with a head; `nn.fit` trains both. */
export interface ClassifierModel {
  predict(ids: tf.Tensor, training?: boolean): tf.Tensor;
  /** What is trained: all, or with `frozen` the head and the layers that are not. */
  readonly variables: tf.Variable[];
  /** The encoder's weights, and `head.kernel`, `head.bias`. */
  readonly weights: NamedWeights;
  readonly parameters: number;
  save(): SavedWeights;
  load(saved: SavedWeights): void;
  /** Frees the head; the encoder stays. */
  dispose(): void;
}

function withHead(encoder: Encoder, { classes, layers: most, frozen = false, seed = 0 }: HeadOptions, from: (states: tf.Tensor, given: tf.Tensor) => tf.Tensor): ClassifierModel {
  const parts = partsOf(encoder);
  const { config } = parts;
  if (config.kind !== "encoder") throw new TypeError("expected a model of text.encoder, got a decoder");
  const layers = atMost({ layers: most ?? config.layers }, config.layers);
  const fixed = atMost({ frozen: typeof frozen === "number" ? frozen : frozen ? layers : 0 }, layers);
  const head = makeWeights("head", { "head.kernel": { shape: [config.width, whole({ classes }, 2)], initial: { normal: config.initialDeviation } }, "head.bias": { shape: [classes], initial: { value: 0 } } }, seed);
  const weights = Object.freeze({ ...encoder.weights, ...head });
  const variables = Object.entries(weights).flatMap(([name, variable]) => (isTrained(name) ? [variable] : []));
  return Object.freeze({
    weights, variables, parameters: countValues(variables),
    predict: (given: tf.Tensor, training = false) => tf.tidy(() => {
      const states = forward(parts, given, { training: training && fixed < layers, ...(most !== undefined && { layers }), ...(given.rank === 3 && { from: fixed }) });
      return linear(from(states, given), { kernel: head["head.kernel"]!, bias: head["head.bias"] }, { training });
    }),
    save: () => saveWeights(weights),
    load: (saved: SavedWeights) => loadWeights(weights, saved),
    dispose: () => tf.dispose(head as never),
  });

  function isTrained(name: string): boolean {
    const layer = /^block\.(\d+)\./.exec(name)?.[1];
    if (layer !== undefined) return fixed <= Number(layer) && Number(layer) < layers;
    return name.startsWith("head.") || (name.startsWith("embedding.") ? frozen === false : layers === config.layers && fixed < layers);
  }
}

function atMost(named: { readonly [name: string]: number }, most: number): number {
  const value = whole(named);
  if (value > most) throw new RangeError(`expected ${Object.keys(named)[0]} of at most ${most} layers, got ${value}`);
  return value;
}

/**
 * A class for each text: an encoder, its states pooled to one vector, a dense head.
 *
 * @returns `predict(ids)` gives logits [n, classes]; the encoder stays the caller's
 * @throws `unknown pooling: x`; `expected classes to be a whole number >= 2, got 1`
 * @example
 * const model = text.classifier(text.encoder({ vocabSize: 9, positions: 4, width: 4, heads: 1, layers: 1 }), { classes: 3 });
 * model.predict(tf.tensor2d([[1, 2]], [1, 2], "int32")).shape // [1, 3]
 */
export function classifier(encoder: Encoder, options: ClassifierOptions): ClassifierModel {
  known(options, ["classes", "layers", "frozen", "seed", "pooling"]);
  const pooling = oneOf({ pooling: options.pooling ?? "mean" }, ["mean", "first", "max"]);
  const { padding } = partsOf(encoder).config;
  const counts = (given: tf.Tensor) => (given.rank === 3 ? tf.any(tf.notEqual(given, 0), -1) : padding === undefined ? undefined : tf.notEqual(tf.cast(given, "int32"), padding));
  return withHead(encoder, options, (states, given) => pooled(states, { kind: pooling, mask: counts(given) }));
}

/**
 * A class for each token, as for names in a text: logits [n, length, classes]. Labels of tokens that do not count are -100 in
 * `text.crossEntropy`.
 *
 * @throws as `classifier`
 * @example
 * const model = text.tokenClassifier(text.encoder({ vocabSize: 9, positions: 4, width: 4, heads: 1, layers: 1 }), { classes: 3 });
 * model.predict(tf.tensor2d([[1, 2]], [1, 2], "int32")).shape // [1, 2, 3]
 */
export function tokenClassifier(encoder: Encoder, options: HeadOptions): ClassifierModel {
  known(options, ["classes", "layers", "frozen", "seed"]);
  return withHead(encoder, options, (states) => states);
}

/** One vector a row of states [n, length, width]; mask [n, length]. */
function pooled(states: tf.Tensor, { kind, mask }: { kind: "mean" | "first" | "max"; mask: tf.Tensor | undefined }): tf.Tensor {
  const [n, length, width] = states.shape as [number, number, number];
  if (kind === "first") return tf.reshape(tf.slice(states, [0, 0, 0], [n, 1, width]), [n, width]);
  const there = mask && tf.reshape(tf.cast(mask, "float32"), [n, length, 1]);
  if (kind === "max") return tf.max(there ? tf.add(states, tf.mul(tf.sub(1, there), -1e9)) : states, 1);
  return there ? tf.div(tf.sum(tf.mul(states, there), 1), tf.maximum(tf.sum(there, 1), 1)) : tf.mean(states, 1);
}

/**
 * States of tokens as one vector a text.
 *
 * @param states [n, length, width]
 * @param options `pooling` as in `classifier`; `mask` [n, length], 1 for tokens that count; `normalize`: to length 1, for cosine similarity
 * @returns [n, width]
 * @example text.pool(tf.tensor3d([[[1, 2], [3, 4]]])) // [2, 3]
 */
export function pool(states: tf.Tensor, options: { pooling?: "mean" | "first" | "max"; mask?: tf.Tensor; normalize?: boolean } = {}): tf.Tensor {
  known(options, ["pooling", "mask", "normalize"]);
  const kind = oneOf({ pooling: options.pooling ?? "mean" }, ["mean", "first", "max"]);
  return tf.tidy(() => {
    const vectors = pooled(states, { kind, mask: options.mask });
    return options.normalize ? tf.div(vectors, tf.maximum(tf.norm(vectors, "euclidean", -1, true), 1e-12)) : vectors;
  });
}
