import type { Tensor } from "@tensorflow/tfjs";
import { inputMargins, type ConvInfo } from "../compose/convolution.js";
import { opposite, padOrCrop } from "../compose/pad-or-crop.js";
import type { TensorFlowJs } from "../contract.js";
import type { ConvAttrs } from "../gradients/conv-attrs.js";
import { replaceKernel } from "../kernels.js";

type Shape4D = [number, number, number, number];

/** Numeric and explicit padding where tfjs-node knows only "valid" and "same": put on first, taken off gradients. */
export function repairConvolution(tf: TensorFlowJs): void {
  const padded = (kernelName: string, depthwise: boolean, describe: (inputs: Record<string, Tensor>, attrs: Record<string, unknown>) => [Shape4D, Shape4D]) => {
    replaceKernel(tf, "tensorflow", kernelName, (inputs, attrs, original) => {
      const { strides, pad, dilations, dataFormat, dimRoundingMode } = attrs as unknown as ConvAttrs;
      if (typeof pad === "string" || pad === 0 || dataFormat === "NCHW") return original(inputs, attrs);
      const [inShape, filterShape] = describe(inputs, attrs);
      const info = tf.backend_util.computeConv2DInfo(inShape, filterShape, strides, dilations ?? 1, pad, dimRoundingMode, depthwise);
      const valid = { ...attrs, pad: "valid", dimRoundingMode: undefined };
      if (!("inputShape" in attrs)) return original({ ...inputs, x: padOrCrop(tf, inputs["x"]!, inputMargins(info)) }, valid);
      const wide = original(inputs, { ...valid, inputShape: paddedShape(inShape, info) }) as Tensor;
      return padOrCrop(tf, wide, opposite(inputMargins(info)));
    });
  };
  const forward = (inputs: Record<string, Tensor>): [Shape4D, Shape4D] => [inputs["x"]!.shape as Shape4D, inputs["filter"]!.shape as Shape4D];
  const toFilter = (inputs: Record<string, Tensor>, attrs: Record<string, unknown>): [Shape4D, Shape4D] => [inputs["x"]!.shape as Shape4D, attrs["filterShape"] as Shape4D];
  const toInput = (inputs: Record<string, Tensor>, attrs: Record<string, unknown>): [Shape4D, Shape4D] => [attrs["inputShape"] as Shape4D, inputs["filter"]!.shape as Shape4D];
  for (const [name, depthwise] of [["Conv2D", false], ["FusedConv2D", false], ["DepthwiseConv2dNative", true], ["FusedDepthwiseConv2D", true]] as const) padded(name, depthwise, forward);
  for (const [name, depthwise] of [["Conv2DBackpropFilter", false], ["DepthwiseConv2dNativeBackpropFilter", true]] as const) padded(name, depthwise, toFilter);
  for (const [name, depthwise] of [["Conv2DBackpropInput", false], ["DepthwiseConv2dNativeBackpropInput", true]] as const) padded(name, depthwise, toInput);
}

function paddedShape(shape: Shape4D, info: ConvInfo): number[] {
  return inputMargins(info).map(([before, after], axis) => shape[axis]! + before + after);
}
