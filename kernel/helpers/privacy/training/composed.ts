import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor1D } from "@tensorflow/tfjs";
import { wholeOf, type Factor, type OuterFactor, type RowsFactor } from "./factors.js";

/** The gradients of one parameter for all examples of a batch. */
export interface ExampleGradients {
  /** Squared L2 norms [B]. */
  readonly squared: Tensor1D;
  /**
   * Sum over the examples of weight[i] G[i], in the parameter's shape.
   * @param used [B], true for examples that count: what the others hold, infinite or not a number, does not get in.
   */
  sum(weights: Tensor1D, used: Tensor1D): Tensor;
}

/** For an example of T positions: T x T products, or the gradient in full? The cheaper (Bu et al. 2022, mixed ghost norm). */
export const ghostIsCheaper = (positions: number, m: number, n: number): boolean => positions === 1 || 2 * positions * positions <= m * n;

/** By operations that every backend has. */
export function composed(factor: Factor, shape: readonly number[]): ExampleGradients {
  if (factor.kind === "rows") return ofRows(factor, shape);
  return factor.kind === "outer" ? ofOuter(factor, shape) : ofWhole(wholeOf(factor, shape), shape);
}

function ofOuter(factor: OuterFactor, shape: readonly number[]): ExampleGradients {
  const { right, windows, finite } = factor;
  const [batch, positions, n] = right.shape as [number, number, number];
  const left = windows ? undefined : factor.left();
  if (!ghostIsCheaper(positions, windows?.m ?? left!.shape[2]!, n)) return ofWhole(left ? tf.matMul(left, right, true, false) : wholeOf(factor, shape), shape);
  const seen = left ?? factor.left();
  const flat = (tensor: Tensor) => tensor.reshape([batch * positions, tensor.shape[2]!]);
  const squared = positions === 1 ? tf.mul(squares(seen), squares(right)) : tf.relu(tf.sum(tf.mul(tf.matMul(seen, seen, false, true), tf.matMul(right, right, false, true)), [1, 2]));
  return {
    squared: squared as Tensor1D,
    sum(weights, used) {
      const weighted = scale(right, weights, used);
      const clean = finite ? seen : only(seen, used);
      return tf.matMul(flat(clean), flat(weighted), true, false).reshape([...shape]);
    },
  };
}

function ofRows({ ids, rows, right }: RowsFactor, shape: readonly number[]): ExampleGradients {
  const [batch, positions, n] = right.shape as [number, number, number];
  // Positions with the same id add up before the norm is taken.
  const numbers = ids.toFloat();
  // 1 where two ids are equal, by their distance (exact below 2^24).
  const same = tf.relu(tf.sub(1, tf.abs(tf.sub(numbers.reshape([batch, positions, 1]), numbers.reshape([batch, 1, positions])))));
  const squared = tf.relu(tf.sum(tf.mul(same, tf.matMul(right, right, false, true)), [1, 2]));
  return {
    squared: squared as Tensor1D,
    sum(weights, used) {
      const weighted = scale(right, weights, used).reshape([batch * positions, n]);
      return tf.unsortedSegmentSum(weighted, ids.reshape([batch * positions]).toInt() as Tensor1D, rows).reshape([...shape]);
    },
  };
}

function ofWhole(values: Tensor, shape: readonly number[]): ExampleGradients {
  const batch = values.shape[0]!;
  const flat = values.reshape([batch, values.size / batch]);
  return {
    squared: squares(flat) as Tensor1D,
    sum: (weights, used) => tf.matMul(weights.reshape([1, batch]), only(flat, used)).reshape([...shape]),
  };
}

/** Sum of squares of each example. */
function squares(tensor: Tensor): Tensor {
  return tf.sum(tf.square(tensor.reshape([tensor.shape[0]!, -1])), 1);
}

/** Each example times its weight; zeros where it does not count, whose weight is 0. */
function scale(tensor: Tensor, weights: Tensor1D, used: Tensor1D): Tensor {
  return masked(tensor, weights) ?? only(tensor, used).mul(weights.reshape([-1, 1, 1]));
}

/** By the one operation of TensorFlow's that lets nothing through where the weight is 0; undefined on other backends. */
function masked(tensor: Tensor, weights: Tensor1D): Tensor | undefined {
  if (!tf.getKernel("MulNoNan", tf.getBackend())) return undefined;
  const flat = tensor.reshape([tensor.shape[0]!, -1]);
  return (tf.engine().runKernel("MulNoNan", { x: flat, y: weights.reshape([-1, 1]) }) as Tensor).reshape(tensor.shape);
}

/** Zeros where an example does not count: 0 times infinity would be NaN. */
function only(tensor: Tensor, used: Tensor1D): Tensor {
  const product = masked(tensor, used.toFloat());
  if (product) return product;
  const flat = tensor.reshape([tensor.shape[0]!, -1]);
  const zeros = tf.zerosLike(flat);
  return tf.where(tf.greater(zeros.add(used.toFloat().reshape([-1, 1])), zeros), flat, zeros).reshape(tensor.shape);
}
