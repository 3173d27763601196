import * as tf from "@tensorflow/tfjs";
import { inside, known, whole } from "../../arguments.js";
import { random, type Random } from "../../data/random.js";
import type { NodeModelOptions } from "./contract.js";

export interface ReadOptions {
  /** features, hidden ..., classes */
  sizes: number[];
  dropout: number;
  draw: Random;
}

export function readOptions(options: NodeModelOptions, more: readonly string[] = []): ReadOptions {
  known(options, ["features", "classes", "hidden", "dropout", "seed", ...more]);
  const { hidden = [16], dropout = 0 } = options;
  const sizes = [whole({ features: options.features }, 1), ...(typeof hidden === "number" ? [hidden] : hidden).map((units) => whole({ hidden: units }, 1)), whole({ classes: options.classes }, 1)];
  if (dropout !== 0) inside({ dropout });
  return { sizes, dropout, draw: random(options.seed ?? 1) };
}

/** Uniform in ± sqrt(6 / (in + out)): Glorot and Bengio 2010. */
export function glorot(draw: Random, rows: number, columns: number, shape: number[] = [rows, columns]): tf.Variable {
  const limit = Math.sqrt(6 / (rows + columns));
  const start = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => (2 * draw.uniform() - 1) * limit);
  return tf.tidy(() => tf.variable(tf.tensor(start, shape)));
}

export const zeros = (size: number): tf.Variable => tf.tidy(() => tf.variable(tf.zeros([size])));

export const drop = (x: tf.Tensor, rate: number, training: boolean): tf.Tensor => (training && rate > 0 ? tf.dropout(x, rate) : x);

export function checkFeatures(x: tf.Tensor, nodes: number, features: number): void {
  if (x.rank !== 2 || x.shape[0] !== nodes || x.shape[1] !== features) throw new RangeError(`expected x of shape [${nodes}, ${features}] (nodes, features), got [${x.shape.join(", ")}]`);
}
