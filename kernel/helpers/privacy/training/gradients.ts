import * as tf from "@tensorflow/tfjs";
import type { Scalar, Tensor, Tensor1D } from "@tensorflow/tfjs";
import { clipFactors, type Clip } from "./clip.js";
import { combine } from "./factors.js";
import type { Network } from "./model/network.js";
import { plainTape, take, type Taken } from "./tape.js";

/** What a batch gives; all tensors. */
export interface Clipped {
  /** Sum over the examples of factor times gradient, for each parameter. */
  readonly sums: readonly Tensor[];
  /** [B], as they are. */
  readonly losses: Tensor1D;
  /** L2 norm of each example's whole gradient [B]. */
  readonly norms: Tensor1D;
  /** For each group of parameters that are clipped together [B]; 0 where an example does not count. */
  readonly factors: readonly Tensor1D[];
  /** Squared norms of each parameter's gradients [B]. */
  readonly squared: readonly Tensor1D[];
}

export interface SumOptions {
  /** Takes the place of the clip norm where that is a variable (adaptive clipping). */
  readonly bound?: Scalar | undefined;
  /** The sums are divided by this public number, which costs nothing here. Default 1. */
  readonly divisor?: number;
  /** The inputs hold finite numbers only. */
  readonly finite?: boolean;
}

/**
 * Per-example gradients of a batch, clipped and summed.
 * @param mask [B], 1 for an example, 0 for padding
 */
export function clippedGradients(network: Network, clip: Clip, x: readonly Tensor[], y: Tensor, mask: Tensor1D, options: SumOptions = {}): Clipped {
  if (network.method === "loop") return oneByOne(network, clip, x, y, mask, options);
  return take(network.parameters, options.finite ? x : [], (tape) => network.losses(tape, x, y), (taken) => clipAndSum(taken, clip, mask, options) as never) as unknown as Clipped;
}

function clipAndSum({ losses, gradients }: Taken, clip: Clip, mask: Tensor1D, { bound, divisor = 1 }: SumOptions): Clipped {
  const squared = gradients.map((gradient) => gradient.squared);
  const total = squared.reduce((sum, one) => sum.add(one));
  // A gradient that is infinite or not a number would tell of itself in the sum: it counts as zero.
  const used = tf.logicalAnd(tf.isFinite(total), tf.greater(mask, 0)) as Tensor1D;
  const factors = clip.names.map((_, group) => {
    const norm = tf.sqrt(squared.filter((_one, at) => clip.groups[at] === group).reduce((sum, one) => sum.add(one))) as Tensor1D;
    return tf.where(used, clipFactors(norm, bound ?? clip.norms[group]!, clip.rule), tf.zerosLike(norm)) as Tensor1D;
  });
  const weights = divisor === 1 ? factors : factors.map((factor) => factor.div(divisor) as Tensor1D);
  const sums = gradients.map((gradient, at) => gradient.sum(weights[clip.groups[at]!]!, used));
  return { sums, losses, norms: tf.sqrt(total) as Tensor1D, factors, squared };
}

/** Exact for whatever TensorFlow can differentiate: a backward pass to the parameters for each example. */
function oneByOne(network: Network, clip: Clip, x: readonly Tensor[], y: Tensor, mask: Tensor1D, options: SumOptions): Clipped {
  const variables = network.parameters.map(({ variable }) => variable);
  const row = <T extends Tensor>(tensor: T, at: number): T => tf.slice(tensor, [at], [1]);
  return tf.tidy(() => {
    let sums: Tensor[] | undefined;
    const parts = Array.from({ length: y.shape[0]! }, (_, at) => {
      const { sums: more, ...rest } = tf.tidy(() => {
        const { value, grads } = tf.variableGrads(() => network.losses(plainTape(true), x.map((one) => row(one, at)), row(y, at)).asScalar(), [...variables]);
        const gradients = variables.map((variable) => combine([{ kind: "whole", value: (grads[variable.name] ?? tf.zerosLike(variable)).expandDims(0) }], variable.shape));
        return clipAndSum({ losses: value.reshape([1]), gradients }, clip, row(mask, at), options) as never;
      }) as Clipped;
      const before: Tensor[] | undefined = sums;
      sums = before ? before.map((sum, k) => sum.add(more[k]!)) : [...more];
      tf.dispose([before ?? [], before ? [...more] : []]);
      return rest;
    });
    const join = (tensors: Tensor1D[]) => tf.concat(tensors, 0);
    return {
      sums: sums!, losses: join(parts.map(({ losses }) => losses)), norms: join(parts.map(({ norms }) => norms)),
      factors: clip.names.map((_, group) => join(parts.map(({ factors }) => factors[group]!))), squared: variables.map((_, k) => join(parts.map(({ squared }) => squared[k]!))),
    } as never;
  }) as Clipped;
}
