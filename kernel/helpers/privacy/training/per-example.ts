import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor1D } from "@tensorflow/tfjs";
import { known, oneOf, shown } from "../../arguments.js";
import { resolveClip, type ClipOptions } from "./clip.js";
import { clippedGradients, normsOf, type Clipped } from "./gradients.js";
import type { LossName, PerExampleLoss } from "./losses.js";
import { networkOf, type Inputs, type Network, type Trainable } from "./model/network.js";

export interface Batch {
  /** [B, ...], or one for each input of the model. */
  x: Inputs;
  /** [B, ...]. */
  y: Tensor;
  /** [B], 0 for rows that only fill up the batch. Default: all count. */
  mask?: Tensor1D;
}

export interface GradientOptions {
  /** A name, or (y, outputs) to the loss of each example [B]. Hand-written networks give logits; models of tf.layers what their last activation says. */
  loss: LossName | PerExampleLoss;
  /** Default: "taps" where every layer has a formula, else "loop", with a warning. */
  method?: "taps" | "loop";
}

export const inputsOf = (x: Inputs): readonly Tensor[] => (x instanceof tf.Tensor ? [x] : (x as readonly Tensor[]));

/** The number of examples; all tensors must agree on it. */
export function examplesIn(x: readonly Tensor[], y: Tensor): number {
  for (const [name, tensor] of [...x.map((one): [string, Tensor] => ["x", one]), ["y", y] as [string, Tensor]]) {
    if (!(tensor instanceof tf.Tensor) || tensor.rank === 0) throw new TypeError(`expected ${name} to be a tensor, batch first, got ${shown(tensor)}`);
    if (tensor.shape[0] !== y.shape[0]) throw new RangeError(`expected ${name} with ${y.shape[0]} examples like y, got ${tensor.shape[0]}`);
  }
  return y.shape[0]!;
}

function measure<T>(model: Trainable, batch: Batch, options: GradientOptions & { clip: ClipOptions }, read: (network: Network, clipped: Clipped) => T): T {
  known(batch, ["x", "y", "mask"]);
  known(options, ["loss", "method", "clip"]);
  if (options.method !== undefined) oneOf({ method: options.method }, ["taps", "loop"]);
  const x = inputsOf(batch.x);
  const examples = examplesIn(x, batch.y);
  if (examples === 0) throw new RangeError("expected at least one example, got none");
  const network = networkOf(model, options.loss, options.method);
  const clip = resolveClip(options.clip, network.parameters);
  let result: T;
  tf.tidy(() => {
    result = read(network, clippedGradients(network, clip, x, batch.y, batch.mask ?? tf.ones([examples])));
  });
  return result!;
}

export interface PerExample {
  readonly losses: readonly number[];
  /** L2 norm of each example's gradient over all parameters. */
  readonly norms: readonly number[];
  /** The same for each parameter. */
  readonly byParameter: Readonly<Record<string, readonly number[]>>;
}

const numbers = (tensor: Tensor): readonly number[] => Object.freeze(Array.from(tensor.dataSync()));

/**
 * The loss and the norm of the gradient of every example: what clipping works on, and a guide to its norm. Exact, in about the time of one ordinary step.
 * These numbers are about single people's data: they are not private, so look, but do not publish.
 *
 * @param model a tf.LayersModel or the result of `privacy.tapped`
 * @param batch `{ x, y }`
 * @param options loss; method
 * @throws `expected layers that treat the examples of a batch apart, got batch_normalization_1 ...`
 * @see Goodfellow 2015 (arXiv 1510.01799); Bu et al. 2022 (arXiv 2210.00038)
 * @example
 * const w = tf.variable(tf.tensor2d([[0], [0]]));
 * const line = privacy.tapped({ variables: { w }, forward: (layers, x) => layers.dense(x, w) });
 * const batch = { x: tf.tensor2d([[3, 4], [1, 0]]), y: tf.tensor2d([[1], [2]]) };
 * privacy.perExampleNorms(line, batch, { loss: "meanSquaredError" }).norms // [10, 4]
 */
export function perExampleNorms(model: Trainable, batch: Batch, options: GradientOptions): PerExample {
  return measure(model, batch, { ...options, clip: 1 }, ({ parameters }, { losses, squared }) => {
    const rows = tf.unstack(tf.sqrt(squared));
    return Object.freeze({
      losses: numbers(losses), norms: numbers(normsOf(squared)),
      byParameter: Object.freeze(Object.fromEntries(parameters.map(({ name }, at) => [name, numbers(rows[at]!)]))),
    });
  });
}

export interface ClippedSum {
  /** The sum for each parameter: its shape and its values, row by row. */
  readonly sums: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>>;
  /** The factor of each example, for each group of parameters that are clipped together ("all" for flat clipping); 0 for padding. */
  readonly factors: Readonly<Record<string, readonly number[]>>;
  /** The most that one example, added or taken away, moves the sum (L2). Noise of `noiseMultiplier` times this makes it private. */
  readonly sensitivity: number;
}

/**
 * The sum of the clipped gradients of a batch, without noise: the heart of DP-SGD (Abadi et al. 2016), to look at. Not private by itself.
 * An example whose gradient is infinite or not a number counts as zero.
 *
 * @param options loss; method; clip: the norm, or how to clip
 * @throws `expected clip > 0, got 0`
 * @example
 * const w = tf.variable(tf.tensor2d([[0], [0]]));
 * const line = privacy.tapped({ variables: { w }, forward: (layers, x) => layers.dense(x, w) });
 * const sum = privacy.clippedSum(line, { x: tf.tensor2d([[3, 4], [1, 0]]), y: tf.tensor2d([[1], [2]]) }, { loss: "meanSquaredError", clip: 5 });
 * sum.sums.w.values // [-7, -4]
 * sum.factors.all // [0.5, 1]
 */
export function clippedSum(model: Trainable, batch: Batch, options: GradientOptions & { clip: ClipOptions }): ClippedSum {
  return measure(model, batch, options, ({ parameters }, { sums, factors }) => {
    const clip = resolveClip(options.clip, parameters);
    return Object.freeze({
      sums: Object.freeze(Object.fromEntries(parameters.map(({ name }, at) => [name, Object.freeze({ shape: sums[at]!.shape, values: sums[at]!.dataSync() as Float32Array })]))),
      factors: Object.freeze(Object.fromEntries(clip.names.map((name, at) => [name, numbers(factors[at]!)]))),
      sensitivity: clip.sensitivity,
    });
  });
}
