import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "@tensorflow/tfjs";

export interface Window {
  /** One number for each spatial axis. */
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: "same" | "valid";
}

/**
 * What a convolution sees at each of its positions: x [B, ...space, C] to [B, ...positions, taps, C], taps in the order of the kernel's first axes.
 * Made of slices, which every backend has.
 */
export function patches(x: Tensor, { size, strides, dilations, padding }: Window): Tensor {
  const space = x.shape.slice(1, -1);
  const reach = size.map((taps, axis) => (taps - 1) * dilations[axis]! + 1);
  const positions = space.map((length, axis) => Math.ceil((padding === "same" ? length : length - reach[axis]! + 1) / strides[axis]!));
  const missing = space.map((length, axis) => (padding === "same" ? Math.max(0, (positions[axis]! - 1) * strides[axis]! + reach[axis]! - length) : 0));
  const padded = missing.some((count) => count > 0) ? tf.pad(x, [[0, 0], ...missing.map((count): [number, number] => [count >> 1, count - (count >> 1)]), [0, 0]]) : x;
  const [batch, channels] = [x.shape[0]!, x.shape.at(-1)!];
  const slices = offsets(size).map((offset) => {
    const begin = [0, ...offset.map((at, axis) => at * dilations[axis]!), 0];
    if (strides.every((stride) => stride === 1)) return tf.slice(padded, begin, [batch, ...positions, channels]);
    const end = [batch, ...positions.map((count, axis) => begin[axis + 1]! + (count - 1) * strides[axis]! + 1), channels];
    return tf.stridedSlice(padded, begin, end, [1, ...strides, 1]);
  });
  const joined = slices.length === 1 ? slices[0]! : tf.concat(slices, -1);
  return joined.reshape([batch, ...positions, slices.length, channels]);
}

/** All places in a window, the last axis running fastest. */
function offsets(size: readonly number[]): number[][] {
  return size.reduce<number[][]>((places, length) => places.flatMap((place) => Array.from({ length }, (_, at) => [...place, at])), [[]]);
}
