import type { backend_util, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { depthwiseFilterGradient, depthwiseInputGradient } from "../compose/depthwise-gradient.js";
import { replaceKernel } from "../kernels.js";

type Shape4D = [number, number, number, number];

interface Attrs {
  strides: [number, number] | number;
  pad: "valid" | "same" | number | backend_util.ExplicitPadding;
  dilations?: [number, number] | number;
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/** Both gradients of the depthwise convolution, which WebAssembly lacks; the separable layer needs them too. */
export function addDepthwiseGradients(tf: TensorFlowJs): void {
  const describe = (inShape: Shape4D, filterShape: Shape4D, attributes: Record<string, unknown>) => {
    const { strides, pad, dilations, dimRoundingMode } = attributes as unknown as Attrs;
    return tf.backend_util.computeConv2DInfo(inShape, filterShape, strides, dilations ?? 1, pad, dimRoundingMode, true);
  };
  replaceKernel(tf, "wasm", "DepthwiseConv2dNativeBackpropFilter", ({ x, dy }, attrs) => {
    const info = describe(x!.shape as Shape4D, attrs["filterShape"] as Shape4D, attrs);
    return depthwiseFilterGradient(tf, x as Tensor4D, dy as Tensor4D, info);
  });
  replaceKernel(tf, "wasm", "DepthwiseConv2dNativeBackpropInput", ({ dy, filter }, attrs) => {
    const info = describe(attrs["inputShape"] as Shape4D, filter!.shape as Shape4D, attrs);
    return depthwiseInputGradient(tf, dy as Tensor4D, filter as Tensor4D, info);
  });
}
