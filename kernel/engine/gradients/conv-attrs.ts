import type { backend_util } from "@tensorflow/tfjs";

type Pair = [number, number];

/** What tfjs hands to the kernels and gradients of 2-D convolutions. */
export interface ConvAttrs {
  strides: Pair | number;
  pad: "valid" | "same" | number | backend_util.ExplicitPadding;
  dilations?: Pair | number | undefined;
  dataFormat?: "NHWC" | "NCHW" | undefined;
  dimRoundingMode?: "floor" | "round" | "ceil" | undefined;
}

export interface InputAttrs extends ConvAttrs {
  inputShape: [number, number, number, number];
}

export interface FilterAttrs extends ConvAttrs {
  filterShape: [number, number, number, number];
}

export function asConvAttrs(attrs: unknown): ConvAttrs {
  return attrs as ConvAttrs;
}

export function isDilated(dilations: ConvAttrs["dilations"]): boolean {
  return [dilations ?? 1].flat().some((rate) => rate > 1);
}
