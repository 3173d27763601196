import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { padOrCrop, type Margin } from "./pad-or-crop.js";

/** What tfjs hands to pooling kernels and their gradients, in 2 or 3 dimensions. */
export interface PoolAttrs {
  filterSize: number | number[];
  strides: number | number[];
  pad: "valid" | "same" | number | object;
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/** What the input is padded with so that a "valid" pooling gives exactly the output; negative where it reads less than there is. */
export function poolMargins(tf: TensorFlowJs, x: Tensor, { filterSize, strides, pad, dimRoundingMode }: PoolAttrs): Margin[] {
  const margin = (before: number, size: number, out: number, stride: number, filter: number): Margin => [before, (out - 1) * stride + filter - size - before];
  if (x.rank === 5) {
    const info = tf.backend_util.computePool3DInfo(x.shape as [number, number, number, number, number], filterSize as number, strides as number, 1, pad as number, dimRoundingMode);
    const { front, top, left } = info.padInfo;
    return [
      [0, 0],
      margin(front, info.inDepth, info.outDepth, info.strideDepth, info.filterDepth),
      margin(top, info.inHeight, info.outHeight, info.strideHeight, info.filterHeight),
      margin(left, info.inWidth, info.outWidth, info.strideWidth, info.filterWidth),
      [0, 0],
    ];
  }
  const info = tf.backend_util.computePool2DInfo(x.shape as [number, number, number, number], filterSize as number, strides as number, 1, pad as number, dimRoundingMode);
  const { top, left } = info.padInfo;
  return [
    [0, 0],
    margin(top, info.inHeight, info.outHeight, info.strideHeight, info.filterHeight),
    margin(left, info.inWidth, info.outWidth, info.strideWidth, info.filterWidth),
    [0, 0],
  ];
}

/** Ones where the input is and zeros where padding is, for one example and channel; its average is the share of a window that counts. */
export function insideOnes(tf: TensorFlowJs, x: Tensor, margins: Margin[]): Tensor {
  const shape = x.shape.map((size, axis) => (axis === 0 || axis === x.rank - 1 ? 1 : size));
  return padOrCrop(tf, tf.ones(shape), margins);
}

/** A 1x1 window whose output has the input's shape: tfjs hands the input through, whatever stride and padding say. */
export function poolsNothing(x: Tensor, { filterSize, strides }: PoolAttrs, margins: Margin[]): boolean {
  if ([filterSize].flat().some((size) => size !== 1)) return false;
  const stride = [strides].flat();
  return margins.slice(1, -1).every(([before, after], axis) => {
    const size = x.shape[axis + 1]!;
    return (size + before + after - 1) / (stride[axis] ?? stride[0]!) + 1 === size;
  });
}
