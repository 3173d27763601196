import type { Tensor } from "@tensorflow/tfjs";
import { opposite, padOrCrop, type Margin } from "../compose/pad-or-crop.js";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel, type Compute } from "../kernels.js";

interface Attrs {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: "valid" | "same" | number | object;
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/** TensorFlow pools with "valid" and "same" only: other padding is put on first, and taken off the gradients. */
export function repairPooling(tf: TensorFlowJs): void {
  const wrap = (kernelName: string, input: string, work: (margins: Margin[]) => Compute): void => {
    replaceKernel(tf, "tensorflow", kernelName, (inputs, attrs, original) => {
      const margins = poolMargins(tf, inputs[input]!, attrs as unknown as Attrs);
      if (!margins) return original(inputs, attrs);
      if (isIdentity(inputs[input]!, attrs as unknown as Attrs, margins)) return tf.clone(inputs[kernelName.endsWith("Grad") ? "dy" : input]!);
      return work(margins)(inputs, { ...attrs, pad: "valid", dimRoundingMode: undefined }, original);
    });
  };
  for (const kind of ["", "3D"]) {
    wrap(`MaxPool${kind}`, "x", (margins) => ({ x }, attrs, original) => original({ x: padOrCrop(tf, x!, margins, lowest(x!)) }, attrs));
    wrap(`AvgPool${kind}`, "x", (margins) => ({ x }, attrs, original) => {
      const sums = original({ x: padOrCrop(tf, x!, margins) }, attrs) as Tensor;
      return tf.divNoNan(sums, original({ x: insideShare(tf, x!, margins) }, attrs) as Tensor);
    });
    wrap(`MaxPool${kind}Grad`, "input", (margins) => ({ dy, input, output }, attrs, original) => {
      const wide = padOrCrop(tf, input!, margins, lowest(input!));
      return padOrCrop(tf, original({ dy: dy!, input: wide, output: output! }, attrs) as Tensor, opposite(margins));
    });
    wrap(`AvgPool${kind}Grad`, "input", (margins) => ({ dy, input }, attrs, original) => {
      const wide = padOrCrop(tf, input!, margins);
      const share = tf.engine().runKernel(`AvgPool${kind}`, { x: insideShare(tf, input!, margins) }, attrs as never) as Tensor;
      return padOrCrop(tf, original({ dy: tf.divNoNan(dy!, share), input: wide }, attrs) as Tensor, opposite(margins));
    });
  }
}

/** Padding that TensorFlow does not know, as margins that make a "valid" pooling give exactly the output; else undefined. */
function poolMargins(tf: TensorFlowJs, x: Tensor, { filterSize, strides, pad, dimRoundingMode }: Attrs): Margin[] | undefined {
  if (pad === "valid" || pad === "same" || pad === 0) return undefined;
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
  const info = tf.backend_util.computePool2DInfo(x.shape as [number, number, number, number], filterSize, strides, 1, pad as number, dimRoundingMode);
  const { top, left } = info.padInfo;
  return [
    [0, 0],
    margin(top, info.inHeight, info.outHeight, info.strideHeight, info.filterHeight),
    margin(left, info.inWidth, info.outWidth, info.strideWidth, info.filterWidth),
    [0, 0],
  ];
}

/** A 1x1 window whose output has the input's shape: the other backends hand the input through, whatever stride and padding say. */
function isIdentity(x: Tensor, { filterSize, strides }: Attrs, margins: Margin[]): boolean {
  if ([filterSize].flat().some((size) => size !== 1)) return false;
  const stride = [strides].flat();
  const outputs = margins.slice(1, -1).map(([before, after], axis) => (x.shape[axis + 1]! + before + after - 1) / (stride[axis] ?? stride[0]!) + 1);
  return outputs.every((size, axis) => size === x.shape[axis + 1]);
}

/** Ones where the input is and zeros where padding is; its average is the share of a window that counts. */
function insideShare(tf: TensorFlowJs, x: Tensor, margins: Margin[]): Tensor {
  const shape = x.shape.map((size, axis) => (axis === 0 || axis === x.rank - 1 ? 1 : size));
  return padOrCrop(tf, tf.ones(shape), margins);
}

function lowest(x: Tensor): number {
  return x.dtype === "int32" ? -(2 ** 31) : Number.NEGATIVE_INFINITY;
}
