import type { backend_util, Tensor, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { conv2dFilterGradient } from "../compose/conv2d-gradient.js";
import { replaceKernel } from "../kernels.js";

interface Attrs {
  strides: [number, number] | number;
  pad: "valid" | "same" | number | backend_util.ExplicitPadding;
  dataFormat: "NHWC" | "NCHW";
  dimRoundingMode?: "floor" | "round" | "ceil";
  filterShape: [number, number, number, number];
}

/** `Conv2DBackpropFilter`, which WebAssembly lacks: without it no convolution trains. */
export function addConv2dFilterGradient(tf: TensorFlowJs): void {
  replaceKernel(tf, "wasm", "Conv2DBackpropFilter", (inputs, attributes) => {
    const { strides, pad, dataFormat, dimRoundingMode, filterShape } = attributes as unknown as Attrs;
    const last = (x: Tensor) => (dataFormat === "NCHW" ? tf.transpose(x, [0, 2, 3, 1]) : x) as Tensor4D;
    const x = last(inputs["x"]!);
    const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
    return conv2dFilterGradient(tf, x, last(inputs["dy"]!), info);
  });
}
