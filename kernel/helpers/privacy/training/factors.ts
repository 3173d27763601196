import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor1D } from "@tensorflow/tfjs";

/**
 * One part of the gradient of every example, G[i], for one parameter of the shape [m, n] (others are reshaped to it).
 * The gradient itself need not be made: its norm, and any weighted sum over the examples, follow from the parts.
 */
export type Factor =
  | OuterFactor
  /** The same where left is one-hot: row ids[i, t] gets right[i, t]. Ids [B, T], int32. */
  | { readonly kind: "rows"; readonly ids: Tensor; readonly rows: number; readonly right: Tensor }
  /** G[i] = value[i]; [B, ...]. */
  | { readonly kind: "whole"; readonly value: Tensor };

/** G[i] = sum over t of left[i, t] right[i, t]^T. */
export interface OuterFactor {
  readonly kind: "outer";
  /** [B, T, m]; made when it is asked for. */
  left(): Tensor;
  /** [B, T, n]. */
  readonly right: Tensor;
  /** Left is known to hold finite numbers only. */
  readonly finite?: boolean;
  /** T and m, where `instantiate` is given: a shorter way to all G[i] [B, ...] than by left. */
  readonly size?: readonly [positions: number, m: number];
  instantiate?(): Tensor;
}

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
export const ghostIsCheaper = (positions: number, m: number, n: number): boolean => 2 * positions * positions <= m * n;

/** All parts of a parameter together: a parameter used in several places has the norm of the sum, not the sum of the norms. */
export function combine(factors: readonly Factor[], shape: readonly number[]): ExampleGradients {
  const [first] = factors;
  if (factors.length === 1 && first!.kind === "rows") return ofRows(first!, shape);
  if (factors.length === 1 && first!.kind === "outer" && first!.instantiate) {
    const [positions, m] = first!.size!;
    if (positions > 1 && !ghostIsCheaper(positions, m, first!.right.shape[2]!)) return ofWhole(first!.instantiate(), shape);
  }
  if (factors.every(({ kind }) => kind !== "whole")) return ofOuters(factors.map(asOuter), shape);
  const values = factors.map((factor) => (factor.kind === "whole" ? perExample(factor.value, shape) : instantiate(asOuter(factor), shape)));
  return ofWhole(values.reduce((sum, value) => sum.add(value)), shape);
}

type Outer = { left: Tensor; right: Tensor; finite: boolean };

/** Ids as one-hot vectors, for a table that is used elsewhere too (tied weights). */
function asOuter(factor: Factor): Outer {
  if (factor.kind === "outer") return { left: factor.left(), right: factor.right, finite: factor.finite === true };
  if (factor.kind === "rows") return { left: tf.oneHot(factor.ids.toInt() as Tensor1D, factor.rows).toFloat(), right: factor.right, finite: true };
  throw new TypeError("expected an outer product");
}

const perExample = (value: Tensor, shape: readonly number[]): Tensor => value.reshape([value.shape[0]!, ...shape]);
const instantiate = ({ left, right }: Pick<Outer, "left" | "right">, shape: readonly number[]): Tensor => perExample(tf.matMul(left, right, true, false), shape);

function ofOuters(outers: readonly Outer[], shape: readonly number[]): ExampleGradients {
  const join = (tensors: Tensor[]) => (tensors.length === 1 ? tensors[0]! : tf.concat(tensors, 1));
  const left = join(outers.map((outer) => outer.left));
  const right = join(outers.map((outer) => outer.right));
  const [batch, positions, m] = left.shape as [number, number, number];
  const n = right.shape[2]!;
  if (positions > 1 && !ghostIsCheaper(positions, m, n)) return ofWhole(instantiate({ left, right }, shape), shape);
  const flat = (tensor: Tensor) => tensor.reshape([batch * positions, tensor.shape[2]!]);
  const squared = positions === 1 ? tf.mul(squares(left), squares(right)) : tf.relu(tf.sum(tf.mul(tf.matMul(left, left, false, true), tf.matMul(right, right, false, true)), [1, 2]));
  return {
    squared: squared as Tensor1D,
    sum(weights, used) {
      const weighted = scale(right, weights, used);
      const clean = outers.every(({ finite }) => finite) ? left : only(left, used);
      return tf.matMul(flat(clean), flat(weighted), true, false).reshape([...shape]);
    },
  };
}

function ofRows({ ids, rows, right }: Factor & { kind: "rows" }, shape: readonly number[]): ExampleGradients {
  const [batch, positions, n] = right.shape as [number, number, number];
  // Positions with the same id add up before the norm is taken.
  const numbers = ids.toFloat();
  // 1 where two ids are equal, by their distance (exact below 2^24): WebAssembly is slow at comparing across axes.
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
  // Repeated as numbers: WebAssembly is slow at repeating truth values.
  return tf.where(tf.greater(zeros.add(used.toFloat().reshape([-1, 1])), zeros), flat, zeros).reshape(tensor.shape);
}
