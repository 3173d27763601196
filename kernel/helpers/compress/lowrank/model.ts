import type * as tf from "@tensorflow/tfjs";
import { say } from "../../../display/language.js";
import { known } from "../../arguments.js";
import { showAs } from "../../label/show.js";
import { buildChain, readChain, weightOf, type ChainLayer, type NewLayer } from "../model/chain.js";
import { factorise, type RankOptions } from "./factor.js";

export interface LowRankOptions extends RankOptions {
  /** Only these layers, by name. Default: all dense and convolution layers. */
  layers?: readonly string[];
}

export interface LowRankLayer {
  readonly name: string;
  /** Null where the factors would not be smaller: the layer stays as it was. */
  readonly rank: number | null;
  readonly energy: number;
  readonly before: number;
  readonly after: number;
}

export interface LowRank {
  /** A new model; the old one stays. */
  readonly model: tf.Sequential;
  readonly layers: readonly LowRankLayer[];
  readonly parametersBefore: number;
  readonly parametersAfter: number;
}

/**
 * Splits each dense layer in two thin ones, and each convolution in one with few filters and a 1 x 1 convolution, by the singular value decomposition of its kernel. Train it on for a while afterwards.
 *
 * @throws as `factorise`; `expected a chain of layers, got ...`; `unknown layer: ...`; `expected rank from 1 to 8, got 9 in layer dense_1`
 * @see Denton et al. (2014), "Exploiting linear structure within convolutional networks"
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [20], units: 20 })] });
 * const { parametersBefore, parametersAfter } = await compress.lowRank(model, { rank: 4 });
 * [parametersBefore, parametersAfter] // [420, 180]
 */
export async function lowRank(model: tf.LayersModel, options: LowRankOptions): Promise<LowRank> {
  known(options, ["rank", "energy", "layers"]);
  const { layers: only, ...rank } = options;
  const chain = readChain(model);
  const candidates = chain.filter(({ className }) => className === "Dense" || className === "Conv2D").map(({ name }) => name);
  for (const name of only ?? []) if (!candidates.includes(name)) throw new RangeError(`unknown layer: ${name} (known: ${candidates.join(", ")})`);
  const rows: LowRankLayer[] = [];
  const built = chain.flatMap((layer): NewLayer[] => {
    if (!(only ?? candidates).includes(layer.name)) return [layer];
    const { row, layers } = split(layer, rank);
    rows.push(Object.freeze(row));
    return layers;
  });
  const count = (all: readonly Pick<ChainLayer, "weights">[]) => all.reduce((sum, { weights }) => sum + weights.reduce((inner, { values }) => inner + values.length, 0), 0);
  const result: LowRank = { model: await buildChain(built, chain[0]!.inputShape), layers: Object.freeze(rows), parametersBefore: count(chain), parametersAfter: count(built) };
  return showAs(result, () => rows, () => say(`${result.parametersBefore.toLocaleString("en-US")} parameters became ${result.parametersAfter.toLocaleString("en-US")}`, `参数从 ${result.parametersBefore.toLocaleString("en-US")} 个变为 ${result.parametersAfter.toLocaleString("en-US")} 个`));
}

function split(layer: ChainLayer, options: RankOptions): { row: LowRankLayer; layers: NewLayer[] } {
  const kernel = weightOf(layer, "kernel")!;
  const columns = kernel.shape.at(-1)!;
  const height = kernel.values.length / columns;
  const matrix = Array.from({ length: height }, (_, at) => kernel.values.subarray(at * columns, (at + 1) * columns));
  let factors;
  try {
    factors = factorise(matrix, options);
  } catch (error) {
    throw new RangeError(`${(error as Error).message} in layer ${layer.name}`);
  }
  const { rank, left, right, energy } = factors;
  const bias = layer.weights.filter(({ name }) => name === "bias");
  const before = kernel.values.length + bias.reduce((sum, { values }) => sum + values.length, 0);
  const after = left.length + right.length + before - kernel.values.length;
  if (after >= before) return { row: { name: layer.name, rank: null, energy: 1, before, after: before }, layers: [layer] };
  const dense = layer.className === "Dense";
  const size = dense ? { units: rank } : { filters: rank };
  const plain = { use_bias: false, activation: "linear", bias_regularizer: null, activity_regularizer: null };
  const first: NewLayer = { className: layer.className, config: { ...layer.config, ...size, ...plain, name: `${layer.name}_in` }, weights: [{ name: "kernel", shape: [...kernel.shape.slice(0, -1), rank], values: left }] };
  const second: NewLayer = {
    className: layer.className,
    config: { ...layer.config, name: `${layer.name}_out`, ...(!dense && { kernel_size: [1, 1], strides: [1, 1], dilation_rate: [1, 1], padding: "valid" }) },
    weights: [{ name: "kernel", shape: dense ? [rank, columns] : [1, 1, rank, columns], values: right }, ...bias],
  };
  return { row: { name: layer.name, rank, energy, before, after }, layers: [first, second] };
}
