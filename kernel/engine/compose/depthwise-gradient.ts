import type { Tensor, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { gradientMargins, padInput, spreadOut, taps, tapWindow, type ConvInfo } from "./convolution.js";
import { padOrCrop } from "./pad-or-crop.js";

/** Gradient of a depthwise convolution for its filter [height, width, channels, multiplier]. Any stride or dilation. */
export function depthwiseFilterGradient(tf: TensorFlowJs, x: Tensor4D, dy: Tensor4D, info: ConvInfo): Tensor4D {
  const { inChannels, filterHeight, filterWidth } = info;
  const multiplier = info.outChannels / inChannels;
  const places = info.batchSize * info.outHeight * info.outWidth;
  const padded = padInput(tf, x, info);
  const perChannel = tf.reshape(dy, [places, inChannels, multiplier]);
  const ones = tf.ones([1, places]);
  // Summing over all places as a matrix product: reductions over the first axis are slow on WebAssembly.
  const rows = [...taps(info)].map(([row, column]) => {
    const window = tf.reshape(tapWindow(tf, padded, info, row, column), [places, inChannels, 1]);
    return tf.matMul(ones, tf.reshape(tf.mul(window, perChannel), [places, inChannels * multiplier]) as Tensor);
  });
  return tf.reshape(rows.length === 1 ? rows[0]! : tf.concat(rows, 0), [filterHeight, filterWidth, inChannels, multiplier]) as Tensor4D;
}

/** Gradient of a depthwise convolution for its input: depthwise convolutions with the flipped filter, one for each multiplier. */
export function depthwiseInputGradient(tf: TensorFlowJs, dy: Tensor4D, filter: Tensor4D, info: ConvInfo): Tensor4D {
  const { inChannels, batchSize } = info;
  const multiplier = info.outChannels / inChannels;
  const spread = padOrCrop(tf, spreadOut(tf, dy, info.strideHeight, info.strideWidth), gradientMargins(info));
  const [, height, width] = spread.shape;
  const flipped = tf.reverse(filter, [0, 1]) as Tensor4D;
  const parts = Array.from({ length: multiplier }, (_, m) => {
    const ofMultiplier = multiplier === 1 ? spread
      : (tf.reshape(tf.slice(tf.reshape(spread, [batchSize * height * width, inChannels, multiplier]), [0, 0, m], [-1, -1, 1]), [batchSize, height, width, inChannels]) as Tensor4D);
    const taps = tf.slice(flipped, [0, 0, 0, m], [-1, -1, -1, 1]);
    return tf.depthwiseConv2d(ofMultiplier, taps, 1, "valid", "NHWC", [info.dilationHeight, info.dilationWidth]);
  });
  return parts.length === 1 ? parts[0]! : tf.addN(parts);
}
