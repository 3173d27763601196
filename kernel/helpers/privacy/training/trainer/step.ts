import * as tf from "@tensorflow/tfjs";
import type { Optimizer, Scalar, Tensor, Tensor1D, Variable } from "@tensorflow/tfjs";
import type { Clip } from "../clip.js";
import { clippedGradients, inShapes, normsOf } from "../gradients.js";
import type { Network } from "../model/network.js";
import type { Compiler } from "./compiler.js";

/** What a part of a batch, or the whole one, leaves behind. */
export interface Part {
  /** For each parameter, divided by the expected batch size; not of the last part. */
  readonly sums: readonly Tensor[];
  /** Sum of the losses, without noise: not private. */
  readonly loss: Scalar;
  /** Adaptive clipping: sum over the examples of 1/2 where the norm is within the bound, -1/2 where not. */
  readonly within: Scalar;
}

/** Noise of one update, as tensors: it comes from the secure source, never from TensorFlow. */
export interface Noise {
  /** For all parameters, one after the other, divided by the expected batch size. */
  readonly gradient: Tensor1D;
  /** Adaptive clipping: for the count. */
  readonly count: Scalar;
}

export interface StepSetup {
  readonly network: Network;
  readonly clip: Clip;
  /** The clip norm, where it adapts. */
  readonly bound: Variable | undefined;
  readonly optimizer: Optimizer;
  /** Public: sums are divided by this, not by the number of examples that were drawn. */
  readonly expectedBatch: number;
  /** The inputs hold finite numbers only. */
  readonly finite: boolean;
}

export type BatchStep = (x: readonly Tensor[], y: Tensor, mask: Tensor1D, before: Part | null, noise: Noise | null) => Part;
export type PhysicalStep = (x: Tensor[], y: Tensor, ids: Tensor1D, mask: Tensor1D, before: Part | null, noise: Noise | null) => Part;

/** One part of a batch, of which `mask` counts. With noise it is the last part, and the update follows. */
export function batchStep(setup: StepSetup): BatchStep {
  const { network, clip, bound, expectedBatch, finite } = setup;
  return (x, y, mask, before, noise) => {
    const { sums, losses, squared } = clippedGradients(network, clip, x, y, mask, { bound: bound as Scalar | undefined, divisor: expectedBatch, finite, plus: noise ? gradientNoise(setup, noise) : undefined });
    const loss = tf.sum(tf.where(tf.greater(mask, 0), losses, tf.zerosLike(losses)));
    // Norms that are not finite are not within: comparisons with NaN are false.
    const within = bound ? tf.sum(mask.mul(tf.lessEqual(normsOf(squared), bound).toFloat().sub(0.5))) : tf.scalar(0);
    const all: Part = {
      sums: before ? sums.map((sum, at) => sum.add(before.sums[at]!)) : sums,
      loss: (before ? loss.add(before.loss) : loss) as Scalar, within: (before ? within.add(before.within) : within) as Scalar,
    };
    if (!noise) return all;
    update(setup, all, noise);
    return { ...all, sums: [] };
  };
}

/** The same for rows `ids` of the data: always of one size, so that it is compiled once. */
export function physicalStep(setup: StepSetup, compile: Compiler): PhysicalStep {
  const batch = batchStep(setup);
  const step: PhysicalStep = (x, y, ids, mask, before, noise) => {
    const rows = (tensor: Tensor): Tensor => tf.gather(tensor, ids);
    return batch(x.map(rows), rows(y), mask, before, noise);
  };
  // Unrolled example by example it would make a graph of its own for each size.
  return setup.network.method === "loop" ? (...args) => tf.tidy(() => step(...args) as never) as Part : compile(step);
}

/** A batch that turned out empty: an update of noise alone, which nothing tells from another. */
export function emptyStep(setup: StepSetup, noise: Noise): Part {
  return tf.tidy(() => {
    const empty: Part = { sums: inShapes(gradientNoise(setup, noise), setup.network.parameters.map(({ variable }) => variable.shape)), loss: tf.scalar(0), within: tf.scalar(0) };
    update(setup, empty, noise);
    return { ...empty, sums: [] } as never;
  }) as Part;
}

/** A clip norm that adapts is a factor of the noise. */
const gradientNoise = ({ bound }: StepSetup, noise: Noise): Tensor1D => (bound ? (noise.gradient.mul(bound) as Tensor1D) : noise.gradient);

/** From sums that hold the noise already. */
function update({ network, clip, bound, optimizer, expectedBatch }: StepSetup, { sums, within }: Part, noise: Noise): void {
  optimizer.applyGradients(Object.fromEntries(network.parameters.map(({ variable }, at) => [variable.name, sums[at]!])));
  if (!bound) return;
  const { quantile, learningRate } = clip.adaptive!;
  const share = within.add(noise.count).div(expectedBatch).add(0.5);
  bound.assign(bound.mul(tf.exp(share.sub(quantile).mul(-learningRate))));
}
