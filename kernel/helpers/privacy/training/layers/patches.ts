import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "@tensorflow/tfjs";

export interface Window {
  /** One number for each spatial axis. */
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: "same" | "valid";
}

/** How many positions a window has along each axis, and what is filled up around them. */
function placement(space: readonly number[], { size, strides, dilations, padding }: Window): { positions: number[]; missing: number[] } {
  const reach = size.map((taps, axis) => (taps - 1) * dilations[axis]! + 1);
  const positions = space.map((length, axis) => Math.ceil((padding === "same" ? length : length - reach[axis]! + 1) / strides[axis]!));
  const missing = space.map((length, axis) => (padding === "same" ? Math.max(0, (positions[axis]! - 1) * strides[axis]! + reach[axis]! - length) : 0));
  return { positions, missing };
}

/**
 * What a convolution sees at each of its positions, tap by tap in the order of the kernel's first axes: x [B, ...space, C] to tensors [B, positions, C].
 * Made of slices, which every backend has.
 */
export function tapsOf(x: Tensor, window: Window): Tensor[] {
  const { size, strides, dilations } = window;
  const { positions, missing } = placement(x.shape.slice(1, -1), window);
  const padded = missing.some((count) => count > 0) ? tf.pad(x, [[0, 0], ...missing.map((count): [number, number] => [count >> 1, count - (count >> 1)]), [0, 0]]) : x;
  const [batch, channels] = [x.shape[0]!, x.shape.at(-1)!];
  const whole = strides.every((stride) => stride === 1);
  // The last axis and the channels as one: WebAssembly copies whole rows.
  const rows = padded.reshape([...padded.shape.slice(0, -2), -1]);
  return offsets(size).map((offset) => {
    const begin = [0, ...offset.map((at, axis) => at * dilations[axis]!), 0];
    if (whole) return tf.slice(rows, [...begin.slice(0, -2), begin.at(-2)! * channels], [batch, ...positions.slice(0, -1), positions.at(-1)! * channels]).reshape([batch, -1, channels]);
    const end = [batch, ...positions.map((count, axis) => begin[axis + 1]! + (count - 1) * strides[axis]! + 1), channels];
    return tf.stridedSlice(padded, begin, end, [1, ...strides, 1]).reshape([batch, -1, channels]);
  });
}

/** The same as one tensor [B, positions, taps * C]. */
export function patches(x: Tensor, window: Window): Tensor {
  const slices = tapsOf(x, window);
  return slices.length === 1 ? slices[0]! : tf.concat(slices, -1);
}

/**
 * Each example's kernel gradient [B, taps, C, out] from what came back to the positions [B, positions, out], without making the patches:
 * in pieces along the taps, which nobody needs in one.
 */
export function kernelGradients(x: Tensor, window: Window, gradient: Tensor): Tensor[] {
  const slices = tapsOf(x, window);
  const [batch, channels] = [x.shape[0]!, x.shape.at(-1)!];
  // One channel: the taps are the rows of one matrix.
  if (channels === 1) return [tf.matMul(tf.concat(slices.map((slice) => slice.reshape([batch, 1, -1])), 1), gradient)];
  return slices.map((slice) => tf.matMul(slice, gradient, true, false));
}

/** All places in a window, the last axis running fastest. */
function offsets(size: readonly number[]): number[][] {
  return size.reduce<number[][]>((places, length) => places.flatMap((place) => Array.from({ length }, (_, at) => [...place, at])), [[]]);
}
