import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor1D } from "@tensorflow/tfjs";
import { wholeOf, type Factor, type OuterFactor, type RowsFactor } from "./factors.js";

/** The gradients of one parameter for all examples of a batch. */
export interface ExampleGradients {
  /** Squared L2 norms [B]; of a norm near 0 rounding may make a negative number. */
  readonly squared: Tensor1D;
  /**
   * Sum over the examples of weight[i] G[i], in the parameter's shape.
   * @param finite [B], whether the norm of the example's whole gradient is a number; of the others, whose weight is 0, nothing gets in
   */
  sum(weights: Tensor1D, finite: Tensor1D): Tensor;
}

/** For an example of T positions: T x T products, or the gradient in full? The cheaper (Bu et al. 2022, mixed ghost norm). */
export const ghostIsCheaper = (positions: number, m: number, n: number): boolean => positions === 1 || 2 * positions * positions <= m * n;

/** By operations that every backend has. */
export function composed(factor: Factor, shape: readonly number[]): ExampleGradients {
  if (factor.kind === "rows") return ofRows(factor, shape);
  return factor.kind === "outer" ? ofOuter(factor, shape) : ofPieces([wholeOf(factor, shape)], shape);
}

function ofOuter(factor: OuterFactor, shape: readonly number[]): ExampleGradients {
  const { right, windows, finite: leftIsFinite } = factor;
  const [batch, positions, n] = right.shape as [number, number, number];
  const left = windows ? undefined : factor.left();
  if (!ghostIsCheaper(positions, windows?.m ?? left!.shape[2]!, n)) return ofPieces(windows ? windows.instantiate() : [tf.matMul(left!, right, true, false)], shape);
  const seen = left ?? factor.left();
  const flat = (tensor: Tensor) => tensor.reshape([batch * positions, tensor.shape[2]!]);
  const squared = positions === 1 ? tf.mul(squares(seen), squares(right)) : tf.sum(tf.mul(tf.matMul(seen, seen, false, true), tf.matMul(right, right, false, true)), [1, 2]);
  return {
    squared: squared as Tensor1D,
    sum(weights, finite) {
      const [x, y] = [leftIsFinite ? seen : only(seen, finite), only(right, finite)];
      // The narrower one is sooner weighed.
      const weighted = x.size < y.size ? [weigh(x, weights), y] : [x, weigh(y, weights)];
      return tf.matMul(flat(weighted[0]!), flat(weighted[1]!), true, false).reshape([...shape]);
    },
  };
}

function ofRows({ ids, rows, right }: RowsFactor, shape: readonly number[]): ExampleGradients {
  const [batch, positions, n] = right.shape as [number, number, number];
  // Positions with the same id add up before the norm is taken.
  const numbers = ids.toFloat();
  // 1 where two ids are equal, by their distance (exact below 2^24).
  const same = tf.relu(tf.sub(1, tf.abs(tf.sub(numbers.reshape([batch, positions, 1]), numbers.reshape([batch, 1, positions])))));
  const squared = tf.sum(tf.mul(same, tf.matMul(right, right, false, true)), [1, 2]);
  return {
    squared: squared as Tensor1D,
    sum(weights, finite) {
      const weighted = weigh(only(right, finite), weights).reshape([batch * positions, n]);
      return tf.unsortedSegmentSum(weighted, ids.reshape([batch * positions]).toInt() as Tensor1D, rows).reshape([...shape]);
    },
  };
}

/** Gradients in full, or in pieces one after the other [B, ...]. */
function ofPieces(pieces: readonly Tensor[], shape: readonly number[]): ExampleGradients {
  const flat = pieces.map((piece) => piece.reshape([piece.shape[0]!, -1]));
  return {
    squared: flat.map(squares).reduce((sum, one) => sum.add(one)) as Tensor1D,
    sum: (weights, finite) => tf.concat(flat.map((piece) => tf.matMul(weights.reshape([1, -1]), only(piece, finite))), 1).reshape([...shape]),
  };
}

/** Sum of squares of each example. */
function squares(tensor: Tensor): Tensor {
  return tf.sum(tf.square(tensor.reshape([tensor.shape[0]!, -1])), 1);
}

/** Each example times its weight. */
const weigh = (tensor: Tensor, weights: Tensor1D): Tensor => tensor.mul(weights.reshape([-1, ...ones(tensor)]));

/** Zeros for an example that is not finite: 0 times infinity would be NaN. */
function only(tensor: Tensor, finite: Tensor1D): Tensor {
  const mask = finite.toFloat().reshape([-1, ...ones(tensor)]);
  // The one operation of TensorFlow's that lets nothing through where the factor is 0; compiled, it is left out while all are finite.
  if (tf.getKernel("MulNoNan", tf.getBackend())) return tf.engine().runKernel("MulNoNan", { x: tensor, y: mask });
  const zeros = tf.zerosLike(tensor);
  return tf.where(tf.greater(zeros.add(mask), zeros), tensor, zeros);
}

const ones = (tensor: Tensor): number[] => tensor.shape.slice(1).map(() => 1);
