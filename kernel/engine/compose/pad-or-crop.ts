import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";

/** How much to add before and after an axis; negative cuts off. */
export type Margin = [before: number, after: number];

/** Pads every axis by its margin with `value`, or cuts where the margin is negative. */
export function padOrCrop<T extends Tensor>(tf: TensorFlowJs, x: T, margins: Margin[], value = 0): T {
  if (margins.every(([before, after]) => before === 0 && after === 0)) return x;
  const begin = margins.map(([before]) => Math.max(0, -before));
  const size = x.shape.map((length, axis) => length - begin[axis]! - Math.max(0, -margins[axis]![1]));
  const cropped = size.some((length, axis) => length !== x.shape[axis]) ? tf.slice(x, begin, size) : x;
  const padding = margins.map(([before, after]): Margin => [Math.max(0, before), Math.max(0, after)]);
  return padding.some(([before, after]) => before + after > 0) ? (tf.pad(cropped, padding, value) as T) : (cropped as T);
}

/** The margins that undo `margins`. */
export function opposite(margins: Margin[]): Margin[] {
  return margins.map(([before, after]) => [-before, -after]);
}
