import type { Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { gradientMargins, padInput, spreadOut, taps, tapWindow, type ConvInfo } from "./convolution.js";
import { padOrCrop } from "./pad-or-crop.js";

/** Gradient of a 2-D convolution for its filter [height, width, in, out]: one matrix product over all taps. Any stride or dilation. */
export function conv2dFilterGradient(tf: TensorFlowJs, x: Tensor4D, dy: Tensor4D, info: ConvInfo): Tensor4D {
  const { inChannels, outChannels, filterHeight, filterWidth } = info;
  const places = info.batchSize * info.outHeight * info.outWidth;
  const padded = padInput(tf, x, info);
  const flatDy = tf.reshape(dy, [places, outChannels]) as Tensor2D;
  // Taps are transposed one by one: the product of two plain matrices is the fast path of every backend.
  const columns = [...taps(info)].map(([row, column]) => tf.transpose(tf.reshape(tapWindow(tf, padded, info, row, column), [places, inChannels])) as Tensor2D);
  const product = tf.matMul(columns.length === 1 ? columns[0]! : tf.concat(columns, 0), flatDy);
  return tf.reshape(product, [filterHeight, filterWidth, inChannels, outChannels]) as Tensor4D;
}

/** Gradient of a 2-D convolution for its input: a convolution with the flipped filter. Any stride or dilation. */
export function conv2dInputGradient(tf: TensorFlowJs, dy: Tensor4D, filter: Tensor4D, info: ConvInfo): Tensor4D {
  const spread = padOrCrop(tf, spreadOut(tf, dy, info.strideHeight, info.strideWidth), gradientMargins(info));
  const flipped = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]) as Tensor4D;
  return tf.conv2d(spread, flipped, 1, "valid", "NHWC", [info.dilationHeight, info.dilationWidth]);
}
