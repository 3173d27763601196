import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "@tensorflow/tfjs";
import { known, oneOf, positive, whole } from "../../arguments.js";
import { random } from "../../data/random.js";

export interface InitializerOptions {
  /** Default 1. */
  seed?: number;
  /** Default "normal" for he, "uniform" for glorot, as in the papers. */
  distribution?: "normal" | "uniform";
  /** The standard deviation is multiplied by it; default 1. */
  gain?: number;
}

/** How many inputs feed one output, and how many outputs one input feeds: [in, out], or [...window, in, out] of a convolution. */
function fans(shape: readonly number[]): [into: number, out: number] {
  if (!Array.isArray(shape) || shape.length < 2) throw new RangeError(`expected shape of a weight as [in, out] or [...window, in, out], got [${String(shape)}]`);
  for (const size of shape) whole({ size }, 1);
  const window = shape.slice(0, -2).reduce((product: number, size: number) => product * size, 1);
  return [shape.at(-2)! * window, shape.at(-1)! * window];
}

function draw(shape: readonly number[], deviation: number, { seed = 1, distribution, gain = 1 }: InitializerOptions, usual: "normal" | "uniform"): Tensor {
  const kind = oneOf({ distribution: distribution ?? usual }, ["normal", "uniform"]);
  const source = random(seed);
  const size = shape.reduce((product, side) => product * side, 1);
  const scale = deviation * positive({ gain });
  // A uniform distribution of reach r has the standard deviation r / sqrt(3).
  const next = kind === "normal" ? () => source.normal() * scale : () => (2 * source.uniform() - 1) * Math.sqrt(3) * scale;
  return tf.tensor(Float32Array.from({ length: size }, next), [...shape]);
}

const names = ["seed", "distribution", "gain"];

/**
 * First weights before relu: standard deviation sqrt(2 / fan in), so that signals neither grow nor fade through the layers (He et al. 2015). Not truncated.
 *
 * @param shape [in, out], or [...window, in, out] of a convolution
 * @returns a tensor, the caller's to dispose (or to make a `tf.variable` of)
 * @throws `expected shape of a weight as [in, out] or [...window, in, out], got [3]`
 * @example nn.he([2, 3], { seed: 7 }).shape // [2, 3]
 */
export function he(shape: readonly number[], options: InitializerOptions = {}): Tensor {
  known(options, names);
  return draw(shape, Math.sqrt(2 / fans(shape)[0]), options, "normal");
}

/**
 * First weights before tanh or sigmoid: standard deviation sqrt(2 / (fan in + fan out)) (Glorot & Bengio 2010).
 *
 * @example Math.max(...nn.glorot([3, 3]).abs().dataSync()) <= 1 // true
 */
export function glorot(shape: readonly number[], options: InitializerOptions = {}): Tensor {
  known(options, names);
  const [into, out] = fans(shape);
  return draw(shape, Math.sqrt(2 / (into + out)), options, "uniform");
}
