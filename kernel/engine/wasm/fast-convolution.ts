import type { backend_util, TensorInfo, Tensor4D } from "@tensorflow/tfjs";
import { conv2dInputGradient } from "../compose/conv2d-gradient.js";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";
import { addresses } from "./fast-elementwise.js";
import { putFast, sizeOf, withScratch, type Simd, type WasmBackend } from "./simd/module.js";

type Shape4D = [number, number, number, number];

interface Attrs {
  strides: [number, number] | number;
  pad: "valid" | "same" | number | backend_util.ExplicitPadding;
  dataFormat?: "NHWC" | "NCHW";
  dimRoundingMode?: "floor" | "round" | "ceil";
  filterShape: Shape4D;
  inputShape: Shape4D;
  filterSize: [number, number] | number;
}

/** Images are taken in groups whose patches fit in this many bytes: the second pass finds them in the cache, and memory stays small. */
const groupBytes = 1 << 20;

/** The gradients of convolution and of max pooling, which tfjs lacks on WebAssembly or computes one number at a time. */
export function addFastConvolution(tf: TensorFlowJs): void {
  putFast(tf, "Conv2DBackpropFilter", ({ x, dy }, attributes, memory, simd) => {
    const { strides, pad, dataFormat, dimRoundingMode, filterShape } = attributes as unknown as Attrs;
    if (dataFormat === "NCHW" || x!.dtype !== "float32" || dy!.dtype !== "float32") return undefined;
    const info = tf.backend_util.computeConv2DInfo(x!.shape as Shape4D, filterShape, strides, 1, pad, dimRoundingMode);
    return sizeOf(dy!.shape) * sizeOf(x!.shape) * sizeOf(filterShape) === 0 ? undefined : filterGradient(x!, dy!, info, memory, simd);
  });
  replaceKernel(tf, "wasm", "Conv2DBackpropInput", ({ dy, filter }, attributes, original) => {
    const { strides, pad, dataFormat, dimRoundingMode, inputShape } = attributes as unknown as Attrs;
    const info = dataFormat === "NCHW" ? undefined : tf.backend_util.computeConv2DInfo(inputShape, filter!.shape as Shape4D, strides, 1, pad, dimRoundingMode);
    // A transposed convolution may be asked for an output that does not belong to its input: tfjs's kernel knows what it means by that.
    if (!info || !tf.util.arraysEqual(info.outShape, dy!.shape) || sizeOf(dy!.shape) * sizeOf(filter!.shape) === 0) return original({ dy: dy!, filter: filter! }, attributes);
    return conv2dInputGradient(tf, dy as Tensor4D, filter as Tensor4D, info);
  });
  putFast(tf, "MaxPoolGrad", ({ dy, input }, attributes, memory, simd) => {
    const { filterSize, strides, pad, dimRoundingMode } = attributes as unknown as Attrs;
    if (dy!.dtype !== "float32" || input!.dtype !== "float32") return undefined;
    const info = tf.backend_util.computePool2DInfo(input!.shape as Shape4D, filterSize, strides, 1, pad, dimRoundingMode);
    const out = memory.makeOutput(input!.shape, "float32");
    memory.typedArrayFromHeap(out).fill(0);
    simd.run["maxPoolGradient"]!(...addresses(memory, input!, dy!, out), info.batchSize, ...geometry(info));
    return out;
  });
}

export function geometry(info: backend_util.Conv2DInfo): number[] {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo } = info;
  return [inHeight, inWidth, inChannels, outHeight, outWidth, filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo.top, padInfo.left];
}

/** patches^T dy, group by group of images. */
function filterGradient(x: TensorInfo, dy: TensorInfo, info: backend_util.Conv2DInfo, memory: WasmBackend, simd: Simd): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth } = info;
  const taps = filterHeight * filterWidth * inChannels;
  const group = Math.min(batchSize, Math.max(1, Math.floor(groupBytes / (outHeight * outWidth * taps * 4))));
  const out = memory.makeOutput([filterHeight, filterWidth, inChannels, outChannels], "float32");
  const [xAt, dyAt, outAt] = addresses(memory, x, dy, out) as [number, number, number];
  const patchBytes = group * outHeight * outWidth * taps * 4;
  withScratch(memory, patchBytes + taps * outChannels * 4, (scratch) => {
    for (let image = 0; image < batchSize; image += group) {
      const images = Math.min(group, batchSize - image);
      simd.run["patches"]!(xAt + image * inHeight * inWidth * inChannels * 4, scratch, images, ...geometry(info));
      const to = image === 0 ? outAt : scratch + patchBytes;
      simd.run["matMul"]!(scratch, 1, taps, dyAt + image * outHeight * outWidth * outChannels * 4, outChannels, 1, to, taps, outChannels, images * outHeight * outWidth, 0, 0, simd.scratch);
      if (image > 0) simd.run["Add"]!(outAt, to, outAt, 1, taps * outChannels * 4, 0, 0, 0, 0);
    }
  });
  return out;
}
