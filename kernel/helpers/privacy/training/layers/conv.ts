import * as tf from "@tensorflow/tfjs";
import type { Tensor, Variable } from "@tensorflow/tfjs";
import { known, oneOf, shown, whole } from "../../../arguments.js";
import type { Tape, Use } from "../tape.js";
import { biasUse } from "./dense.js";
import { kernelGradients, patches, tapsOf, type Window } from "./patches.js";

export interface ConvOptions {
  /** One number, or one for each spatial axis. Default 1. */
  strides?: number | readonly number[];
  /** Default "valid". */
  padding?: "same" | "valid";
  /** Default 1. */
  dilations?: number | readonly number[];
}

export function windowOf(size: readonly number[], options: ConvOptions): Window {
  known(options, ["strides", "padding", "dilations"]);
  const each = (name: string, value: number | readonly number[] = 1) => {
    const list = typeof value === "number" ? size.map(() => value) : value;
    if (list.length !== size.length) throw new RangeError(`expected ${name} to be one number or ${size.length}, got ${shown(value)}`);
    return list.map((one) => whole({ [name]: one }, 1));
  };
  return { size, strides: each("strides", options.strides), dilations: each("dilations", options.dilations), padding: oneOf({ padding: options.padding ?? "valid" }, ["same", "valid"]) };
}

/** A convolution over 1, 2 or 3 axes, channels last; kernel [...size, in, out]. */
export function conv(tape: Tape, x: Tensor, kernel: Variable, bias: Variable | undefined, options: ConvOptions = {}): Tensor {
  const axes = x.rank - 2;
  if (axes < 1 || axes > 3 || kernel.rank !== axes + 2) throw new RangeError(`expected an input [batch, 1 to 3 axes, channels] and a kernel [size of each axis, in, out], got ${shown(x.shape.join(" x "))} and ${shown(kernel.shape.join(" x "))}`);
  const window = windowOf(kernel.shape.slice(0, axes), options);
  const saved = tape.trains(kernel) ? tape.keep(x) : x;
  const product = convolve(x, tape.value(kernel), window);
  const finite = tape.finite(x);
  // At each position a dense layer whose input is the window.
  const use: Use = {
    variable: kernel,
    factor(gradient) {
      const positions = gradient.shape.slice(1, -1).reduce((product_, size) => product_ * size, 1);
      const [batch, out] = [gradient.shape[0]!, gradient.shape.at(-1)!];
      const right = gradient.reshape([batch, positions, out]);
      return { kind: "outer", left: () => patches(saved, window), right, finite, windows: { x: saved, window, m: kernel.size / out, instantiate: () => kernelGradients(saved, window, right) } };
    },
  };
  return tape.tap(bias ? product.add(tape.value(bias)) : product, [use, biasUse(bias)]);
}

function convolve(x: Tensor, kernel: Tensor, { strides, dilations, padding }: Window): Tensor {
  if (x.rank === 3) return tf.conv1d(x as tf.Tensor3D, kernel as tf.Tensor3D, strides[0]!, padding, "NWC", dilations[0]!);
  if (x.rank === 4) return tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, strides as [number, number], padding, "NHWC", dilations as [number, number]);
  return tf.conv3d(x as tf.Tensor5D, kernel as tf.Tensor5D, strides as [number, number, number], padding, "NDHWC", dilations as [number, number, number]);
}

/** Each channel on its own; kernel [height, width, channels, multiplier]. */
export function depthwiseConv(tape: Tape, x: Tensor, kernel: Variable, bias: Variable | undefined, options: ConvOptions = {}): Tensor {
  if (x.rank !== 4 || kernel.rank !== 4) throw new RangeError(`expected an input of rank 4 and a kernel [height, width, channels, multiplier], got ${shown(x.shape.join(" x "))} and ${shown(kernel.shape.join(" x "))}`);
  const window = windowOf(kernel.shape.slice(0, 2), options);
  const saved = tape.trains(kernel) ? tape.keep(x) : x;
  const product = tf.depthwiseConv2d(x as tf.Tensor4D, tape.value(kernel) as tf.Tensor4D, window.strides as [number, number], window.padding, "NHWC", window.dilations as [number, number]);
  const use: Use = {
    variable: kernel,
    factor(gradient) {
      const [channels, multiplier] = kernel.shape.slice(2) as [number, number];
      const batch = gradient.shape[0]!;
      // For each channel: windows [B, T, taps] times gradients [B, T, multiplier].
      const windows = tf.stack(tapsOf(saved, window), 1).transpose([0, 3, 1, 2]);
      const gradients = gradient.reshape([batch, -1, channels, multiplier]).transpose([0, 2, 1, 3]);
      return { kind: "whole", value: tf.matMul(windows, gradients).transpose([0, 2, 1, 3]) };
    },
  };
  return tape.tap(bias ? product.add(tape.value(bias)) : product, [use, biasUse(bias)]);
}

/** A depthwise convolution, then a 1 x 1 one; kernels [height, width, channels, multiplier] and [1, 1, channels * multiplier, out]. */
export function separableConv(tape: Tape, x: Tensor, depthwise: Variable, pointwise: Variable, bias: Variable | undefined, options: ConvOptions = {}): Tensor {
  return conv(tape, depthwiseConv(tape, x, depthwise, undefined, options), pointwise, bias);
}
