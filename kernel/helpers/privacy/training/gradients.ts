import * as tf from "@tensorflow/tfjs";
import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import { clipFactor, clipFactors, type Clip } from "./clip.js";
import { composed } from "./composed.js";
import { canFuse, fusedSums } from "./fused.js";
import type { Factor } from "./factors.js";
import type { Network } from "./model/network.js";
import { plainTape, take, type Taken } from "./tape.js";

/** What a batch gives; all tensors. */
export interface Clipped {
  /** Sum over the examples of factor times gradient, for each parameter. */
  readonly sums: readonly Tensor[];
  /** [B], as they are. */
  readonly losses: Tensor1D;
  /** For each group of parameters that are clipped together [B]; 0 where an example does not count. */
  readonly factors: readonly Tensor1D[];
  /** Squared norms of each parameter's gradients [parameters, B]. */
  readonly squared: Tensor2D;
}

export interface SumOptions {
  /** Takes the place of the clip norm where that is a variable (adaptive clipping). */
  readonly bound?: Scalar | undefined;
  /** The sums are divided by this public number, which costs nothing here. Default 1. */
  readonly divisor?: number;
  /** The inputs hold finite numbers only. */
  readonly finite?: boolean;
  /** Added to the sums: noise for all parameters, one after the other. */
  readonly plus?: Tensor1D | undefined;
}

/** L2 norm of each example's whole gradient [B]. */
export const normsOf = (squared: Tensor2D): Tensor1D => tf.sqrt(tf.sum(squared, 0));

/** Numbers for all parameters, one after the other, in the parameters' shapes. */
export const inShapes = (flat: Tensor1D, shapes: readonly (readonly number[])[]): Tensor[] =>
  tf.split(flat, shapes.map((shape) => shape.reduce((product, length) => product * length, 1))).map((piece, at) => piece.reshape([...shapes[at]!]));

/**
 * Per-example gradients of a batch, clipped and summed.
 * @param mask [B], 1 for an example, 0 for padding
 */
export function clippedGradients(network: Network, clip: Clip, x: readonly Tensor[], y: Tensor, mask: Tensor1D, options: SumOptions = {}): Clipped {
  if (network.method === "loop") return oneByOne(network, clip, x, y, mask, options);
  return take(network.parameters, options.finite ? x : [], (tape) => network.losses(tape, x, y), (taken) => clipAndSum(taken, clip, mask, options) as never) as unknown as Clipped;
}

const clipAndSum = (taken: Taken, clip: Clip, mask: Tensor1D, options: SumOptions): Clipped => (canFuse() ? byKernel : byOperations)(taken, clip, mask, options);

function byOperations({ losses, factors: parts, shapes }: Taken, clip: Clip, mask: Tensor1D, { bound, divisor = 1, plus }: SumOptions): Clipped {
  const gradients = parts.map((factor, at) => composed(factor, shapes[at]!));
  const squared = tf.relu(tf.stack(gradients.map((gradient) => gradient.squared))) as Tensor2D;
  const total = tf.sum(squared, 0) as Tensor1D;
  // A gradient that is infinite or not a number would tell of itself in the sum: it counts as zero.
  const finite = tf.isFinite(total) as Tensor1D;
  const used = tf.logicalAnd(finite, tf.greater(mask, 0));
  const factors = clip.names.map((_, group) => {
    const mine = clip.groups.flatMap((its, at) => (its === group ? [at] : []));
    const norm = tf.sqrt(mine.length === gradients.length ? total : tf.sum(tf.gather(squared, mine), 0)) as Tensor1D;
    return tf.where(used, clipFactors(norm, bound ?? clip.norms[group]!, clip.rule), tf.zerosLike(norm)) as Tensor1D;
  });
  const weights = divisor === 1 ? factors : factors.map((factor) => factor.div(divisor) as Tensor1D);
  const sums = gradients.map((gradient, at) => gradient.sum(weights[clip.groups[at]!]!, finite));
  const added = plus && inShapes(plus, shapes);
  return { sums: added ? sums.map((sum, at) => sum.add(added[at]!)) : sums, losses, factors, squared };
}

/** In one operation, where nothing is compiled: the backend reads numbers at once. */
function byKernel({ losses, factors: parts, shapes }: Taken, clip: Clip, mask: Tensor1D, { bound, divisor = 1, plus }: SumOptions): Clipped {
  const counts = mask.dataSync();
  const norms = bound ? bound.dataSync() : clip.norms;
  const factors = clip.names.map(() => new Float32Array(counts.length));
  const weights = new Float32Array(parts.length);
  const groupSquares = new Float32Array(clip.names.length);
  const { sums, squared } = fusedSums(parts, shapes, (squares, example) => {
    // Infinite or not a number: as above, it counts as zero.
    if (!(counts[example]! > 0) || !Number.isFinite(Math.fround(squares.reduce((sum, one) => Math.fround(sum + one), 0)))) return undefined;
    groupSquares.fill(0);
    squares.forEach((one, at) => (groupSquares[clip.groups[at]!]! += one));
    groupSquares.forEach((sum, group) => (factors[group]![example] = clipFactor(Math.sqrt(sum), norms[group]!, clip.rule)));
    weights.forEach((_, at) => (weights[at] = factors[clip.groups[at]!]![example]! / divisor));
    return weights;
  }, plus);
  return { sums, losses, factors: factors.map((factor) => tf.tensor1d(factor)), squared };
}

/** Exact for whatever TensorFlow can differentiate: a backward pass to the parameters for each example. */
function oneByOne(network: Network, clip: Clip, x: readonly Tensor[], y: Tensor, mask: Tensor1D, options: SumOptions): Clipped {
  const variables = network.parameters.map(({ variable }) => variable);
  const shapes = variables.map(({ shape }) => shape);
  const row = <T extends Tensor>(tensor: T, at: number): T => tf.slice(tensor, [at], [1]);
  return tf.tidy(() => {
    let sums: Tensor[] | undefined;
    const parts = Array.from({ length: y.shape[0]! }, (_, at) => {
      const { sums: more, ...rest } = tf.tidy(() => {
        const { value, grads } = tf.variableGrads(() => network.losses(plainTape(true), x.map((one) => row(one, at)), row(y, at)).asScalar(), [...variables]);
        const factors = variables.map((variable): Factor => ({ kind: "whole", value: (grads[variable.name] ?? tf.zerosLike(variable)).expandDims(0) }));
        return clipAndSum({ losses: value.reshape([1]), factors, shapes }, clip, row(mask, at), at === 0 ? options : { ...options, plus: undefined }) as never;
      }) as Clipped;
      const before: Tensor[] | undefined = sums;
      sums = before ? before.map((sum, k) => sum.add(more[k]!)) : [...more];
      tf.dispose([before ?? [], before ? [...more] : []]);
      return rest;
    });
    const join = <T extends Tensor>(tensors: T[], axis = 0): T => tf.concat(tensors as Tensor[], axis) as T;
    return {
      sums: sums!, losses: join(parts.map(({ losses }) => losses)),
      factors: clip.names.map((_, group) => join(parts.map(({ factors }) => factors[group]!))), squared: join(parts.map(({ squared }) => squared), 1),
    } as never;
  }) as Clipped;
}
