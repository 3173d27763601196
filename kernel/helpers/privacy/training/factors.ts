import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor1D } from "@tensorflow/tfjs";
import type { Window } from "./layers/patches.js";

/**
 * One part of the gradient of every example, G[i], for one parameter of the shape [m, n] (others are reshaped to it).
 * The gradient itself need not be made: its norm, and any weighted sum over the examples, follow from the parts.
 */
export type Factor =
  | OuterFactor
  | RowsFactor
  /** G[i] = the sum over t of value[i, t]; [B, T, n]. */
  | { readonly kind: "summed"; readonly value: Tensor }
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
  /** Where left is what a convolution sees of x [B, ...space, C] at each place of its output; `instantiate` gives G[i] in pieces, one after the other. */
  readonly windows?: { readonly x: Tensor; readonly window: Window; readonly m: number; instantiate(): Tensor[] };
}

/** The same where left is one-hot: row ids[i, t] gets right[i, t]. Ids [B, T], int32. */
export interface RowsFactor {
  readonly kind: "rows";
  readonly ids: Tensor;
  readonly rows: number;
  readonly right: Tensor;
}

/** All parts of a parameter as one: a parameter used in several places has the norm of the sum, not the sum of the norms. */
export function joined(factors: readonly Factor[], shape: readonly number[]): Factor {
  if (factors.length === 1) return factors[0]!;
  if (factors.every((factor) => factor.kind === "outer" || factor.kind === "rows")) {
    const outers = factors.map(asOuter);
    const rights = outers.map(({ right }) => right);
    return { kind: "outer", left: () => tf.concat(outers.map((outer) => outer.left()), 1), right: tf.concat(rights, 1), finite: outers.every(({ finite }) => finite) };
  }
  return { kind: "whole", value: factors.map((factor) => wholeOf(factor, shape)).reduce((sum, value) => sum.add(value)) };
}

/** Ids as one-hot vectors, for a table that is used elsewhere too (tied weights). */
function asOuter(factor: OuterFactor | RowsFactor): OuterFactor {
  if (factor.kind === "outer") return factor;
  return { kind: "outer", left: () => tf.oneHot(factor.ids.toInt() as Tensor1D, factor.rows).toFloat(), right: factor.right, finite: true };
}

/** Each example's gradient in full [B, ...shape]. */
export function wholeOf(factor: Factor, shape: readonly number[]): Tensor {
  const perExample = (value: Tensor): Tensor => value.reshape([value.shape[0]!, ...shape]);
  switch (factor.kind) {
    case "whole": return perExample(factor.value);
    case "summed": return perExample(factor.value.shape[1] === 1 ? factor.value : tf.sum(factor.value, 1));
    case "rows": return wholeOf(asOuter(factor), shape);
    case "outer": return perExample(factor.windows ? tf.concat(factor.windows.instantiate(), 1) : tf.matMul(factor.left(), factor.right, true, false));
  }
}
