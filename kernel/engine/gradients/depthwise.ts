import type { Tensor4D } from "@tensorflow/tfjs";
import { depthwiseFilterGradient, depthwiseInputGradient } from "../compose/depthwise-gradient.js";
import type { TensorFlowJs } from "../contract.js";
import { asConvAttrs, isDilated } from "./conv-attrs.js";
import { extendGradient } from "./extend.js";

/** `depthwiseConv2d` (and so `separableConv2d`) with dilation: tfjs refuses its gradient. */
export function addDilatedDepthwiseGradient(tf: TensorFlowJs): void {
  extendGradient(tf, "DepthwiseConv2dNative", (original) => (dy, saved, attributes) => {
    const { strides, pad, dilations, dimRoundingMode } = asConvAttrs(attributes);
    if (!isDilated(dilations)) return original(dy, saved, attributes);
    const [x, filter] = saved as [Tensor4D, Tensor4D];
    const info = tf.backend_util.computeConv2DInfo(x.shape, filter.shape, strides, dilations!, pad, dimRoundingMode, true);
    return {
      x: () => depthwiseInputGradient(tf, dy as Tensor4D, filter, info),
      filter: () => depthwiseFilterGradient(tf, x, dy as Tensor4D, info),
    };
  });
}

/** The gradients of a depthwise convolution's two gradients; every input enters linearly. */
export function addDepthwiseSecondOrder(tf: TensorFlowJs): void {
  const run = (kernelName: string, inputs: Record<string, Tensor4D>, attrs: object) => tf.engine().runKernel(kernelName, inputs, attrs as never) as Tensor4D;
  const forward = (x: Tensor4D, filter: Tensor4D, attrs: object) => run("DepthwiseConv2dNative", { x, filter }, attrs);
  tf.registerGradient({
    kernelName: "DepthwiseConv2dNativeBackpropFilter",
    inputsToSave: ["x", "dy"],
    gradFunc: (dFilter, saved, attrs) => {
      const [x, dy] = saved as [Tensor4D, Tensor4D];
      return {
        x: () => run("DepthwiseConv2dNativeBackpropInput", { dy, filter: dFilter as Tensor4D }, { ...attrs, inputShape: x.shape }),
        dy: () => forward(x, dFilter as Tensor4D, attrs),
      };
    },
  });
  tf.registerGradient({
    kernelName: "DepthwiseConv2dNativeBackpropInput",
    inputsToSave: ["dy", "filter"],
    gradFunc: (dx, saved, attrs) => {
      const [dy, filter] = saved as [Tensor4D, Tensor4D];
      return {
        dy: () => forward(dx as Tensor4D, filter, attrs),
        filter: () => run("DepthwiseConv2dNativeBackpropFilter", { x: dx as Tensor4D, dy }, { ...attrs, filterShape: filter.shape }),
      };
    },
  });
}
