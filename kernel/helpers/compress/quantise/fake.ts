import * as tf from "@tensorflow/tfjs";
import { oneOf, shown, whole } from "../../arguments.js";
import { limitsOf } from "./affine.js";

export interface FakeOptions {
  /** "symmetric" (default, for weights) or "affine" (for activations). */
  mode?: "symmetric" | "affine";
  /** The axis with a scale for each place; default: one scale. */
  axis?: number;
  /** 2 to 8; default 8. */
  bits?: number;
  /** Two scalars: [low, high]. Default: the tensor's own, of this moment. */
  range?: readonly [low: tf.Tensor, high: tf.Tensor];
}

/**
 * Rounds a tensor to the values that 8-bit integers can stand for, but stays in floating point: what a network feels of its quantisation while it is trained. The gradient passes straight
 * through where the value was inside the range and is 0 outside. All in tensor operations, so it works in a compiled step.
 *
 * @throws `expected axis of a tensor with 2 axes, got 2`; `expected bits from 2 to 8, got 16`
 * @see Bengio et al. (2013) for the straight-through gradient; Jacob et al. (2018)
 * @example
 * compress.fakeQuantise(tf.tensor1d([-1, 0.3, 1]), { bits: 2 }) // [-1, 0, 1]
 */
export function fakeQuantise<T extends tf.Tensor>(x: T, options: FakeOptions = {}): T {
  const mode = oneOf({ mode: options.mode ?? "symmetric" }, ["symmetric", "affine"]);
  const bits = whole({ bits: options.bits ?? 8 }, 2);
  if (bits > 8) throw new RangeError(`expected bits from 2 to 8, got ${bits}`);
  const { axis, range } = options;
  if (axis !== undefined && !(Number.isInteger(axis) && axis >= 0 && axis < x.rank)) throw new RangeError(`expected axis of a tensor with ${x.rank} axes, got ${shown(axis)}`);
  const { qmin, qmax } = limitsOf(bits, mode);
  const axes = axis === undefined ? undefined : x.shape.map((_, at) => at).filter((at) => at !== axis);
  const through = tf.customGrad((...given: unknown[]) => {
    const [value, save] = given as [tf.Tensor, (saved: tf.Tensor[]) => void];
    const [low, high] = range ?? [tf.min(value, axes, axes !== undefined), tf.max(value, axes, axes !== undefined)];
    const scale = positiveScale(mode === "symmetric" ? tf.div(tf.maximum(tf.abs(low), tf.abs(high)), qmax) : tf.div(tf.sub(tf.maximum(high, 0), tf.minimum(low, 0)), qmax - qmin));
    const zero = mode === "symmetric" ? tf.scalar(0) : tf.clipByValue(tf.round(tf.sub(qmin, tf.div(tf.minimum(low, 0), scale))), qmin, qmax);
    const steps = tf.add(tf.round(tf.div(value, scale)), zero);
    const inside = tf.cast(tf.logicalAnd(tf.greaterEqual(steps, qmin), tf.lessEqual(steps, qmax)), "float32");
    save([inside]);
    const answer = tf.mul(tf.sub(tf.clipByValue(steps, qmin, qmax), zero), scale);
    return { value: answer, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, saved[0]!) };
  });
  return tf.tidy(() => through(x) as T);
}

/** A slice of zeros gets scale 1. */
const positiveScale = (scale: tf.Tensor): tf.Tensor => tf.add(scale, tf.cast(tf.equal(scale, 0), "float32"));
