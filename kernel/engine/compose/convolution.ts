import type { backend_util, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { padOrCrop, type Margin } from "./pad-or-crop.js";

/** Sizes, strides, dilations and padding of a convolution whose tensors are [batch, height, width, channels]. */
export type ConvInfo = backend_util.Conv2DInfo;

/** What the input is padded with so that a "valid" convolution gives exactly the output; negative where it reads less than there is. */
export function inputMargins(info: ConvInfo): Margin[] {
  const { top, left } = info.padInfo;
  const height = (info.outHeight - 1) * info.strideHeight + (info.filterHeight - 1) * info.dilationHeight + 1;
  const width = (info.outWidth - 1) * info.strideWidth + (info.filterWidth - 1) * info.dilationWidth + 1;
  return [[0, 0], [top, height - info.inHeight - top], [left, width - info.inWidth - left], [0, 0]];
}

/** The part of a padded input that one filter tap sees: [batch, outHeight, outWidth, channels]. */
export function tapWindow(tf: TensorFlowJs, padded: Tensor4D, info: ConvInfo, row: number, column: number): Tensor4D {
  const { batchSize, inChannels, outHeight, outWidth, strideHeight, strideWidth } = info;
  const top = row * info.dilationHeight;
  const left = column * info.dilationWidth;
  const height = (outHeight - 1) * strideHeight + 1;
  const width = (outWidth - 1) * strideWidth + 1;
  const window = tf.slice(padded, [0, top, left, 0], [batchSize, height, width, inChannels]);
  if (strideHeight === 1 && strideWidth === 1) return window;
  return tf.stridedSlice(window, [0, 0, 0, 0], window.shape, [1, strideHeight, strideWidth, 1]) as Tensor4D;
}

/** Puts `stride - 1` zeros between neighbours: the gradient of a strided convolution is then one without strides. */
export function spreadOut(tf: TensorFlowJs, dy: Tensor4D, strideHeight: number, strideWidth: number): Tensor4D {
  if (strideHeight === 1 && strideWidth === 1) return dy;
  const [batch, height, width, channels] = dy.shape;
  const apart = tf.pad(tf.reshape(dy, [batch * height, 1, width, 1, channels]) as never, [[0, 0], [0, strideHeight - 1], [0, 0], [0, strideWidth - 1], [0, 0]]);
  const wide = tf.reshape(apart, [batch, height * strideHeight, width * strideWidth, channels]) as Tensor4D;
  return tf.slice(wide, [0, 0, 0, 0], [batch, (height - 1) * strideHeight + 1, (width - 1) * strideWidth + 1, channels]);
}

/** Margins of the spread-out output gradient for the convolution with the flipped filter that gives the input's gradient. */
export function gradientMargins(info: ConvInfo): Margin[] {
  const side = (taps: number, dilation: number, before: number, input: number, output: number, stride: number): Margin => {
    const first = (taps - 1) * dilation - before;
    return [first, input - 1 + before - (output - 1) * stride];
  };
  return [
    [0, 0],
    side(info.filterHeight, info.dilationHeight, info.padInfo.top, info.inHeight, info.outHeight, info.strideHeight),
    side(info.filterWidth, info.dilationWidth, info.padInfo.left, info.inWidth, info.outWidth, info.strideWidth),
    [0, 0],
  ];
}

/** Every filter tap, row by row. */
export function* taps(info: ConvInfo): Generator<[row: number, column: number]> {
  for (let row = 0; row < info.filterHeight; row++) for (let column = 0; column < info.filterWidth; column++) yield [row, column];
}

/** The input as a "valid" convolution needs it. */
export function padInput(tf: TensorFlowJs, x: Tensor4D, info: ConvInfo): Tensor4D {
  return padOrCrop(tf, x, inputMargins(info));
}
