import type { Tensor4D } from "@tensorflow/tfjs";
import { conv2dFilterGradient, conv2dInputGradient } from "../compose/conv2d-gradient.js";
import type { TensorFlowJs } from "../contract.js";
import { asConvAttrs, isDilated, type FilterAttrs, type InputAttrs } from "./conv-attrs.js";
import { extendGradient } from "./extend.js";

/** `conv2d` with dilation: tfjs refuses its gradient. */
export function addDilatedConv2dGradient(tf: TensorFlowJs): void {
  extendGradient(tf, "Conv2D", (original) => (dy, saved, attributes) => {
    const { strides, pad, dilations, dataFormat, dimRoundingMode } = asConvAttrs(attributes);
    if (!isDilated(dilations)) return original(dy, saved, attributes);
    if (dataFormat === "NCHW") throw new Error('expected dataFormat "NHWC" for the gradient of conv2d with dilation, got "NCHW"');
    const [x, filter] = saved as [Tensor4D, Tensor4D];
    const info = tf.backend_util.computeConv2DInfo(x.shape, filter.shape, strides, dilations!, pad, dimRoundingMode);
    return {
      x: () => conv2dInputGradient(tf, dy as Tensor4D, filter, info),
      filter: () => conv2dFilterGradient(tf, x, dy as Tensor4D, info),
    };
  });
}

/** The gradient of a convolution's filter gradient, which second-order gradients (penalties, influence) need. Both inputs enter it linearly. */
export function addConv2dSecondOrder(tf: TensorFlowJs): void {
  tf.registerGradient({
    kernelName: "Conv2DBackpropFilter",
    inputsToSave: ["x", "dy"],
    gradFunc: (dFilter, saved, attributes) => {
      const { strides, pad, dataFormat, dimRoundingMode } = asConvAttrs(attributes as unknown as FilterAttrs);
      const [x, dy] = saved as [Tensor4D, Tensor4D];
      const attrs: InputAttrs = { strides, pad, dataFormat, dimRoundingMode, inputShape: x.shape };
      return {
        x: () => tf.engine().runKernel("Conv2DBackpropInput", { dy, filter: dFilter as Tensor4D }, attrs as never) as Tensor4D,
        dy: () => tf.conv2d(x, dFilter as Tensor4D, strides, pad as never, dataFormat, 1, dimRoundingMode),
      };
    },
  });
}
