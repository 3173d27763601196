import type { TensorFlowJs } from "../contract.js";
import { addJavaScriptKernels } from "../fallback.js";
import { addConv2dFilterGradient } from "./convolution.js";
import { addDepthwiseGradients } from "./depthwise.js";
import { addEinsum } from "./einsum.js";
import { repairOneHot } from "./one-hot.js";
import { addSegmentSum } from "./segment-sum.js";

/** Add the kernels that training needs and the `wasm` backend lacks, and mend the wrong ones. Call once, before the backend is used. */
export function repairWasm(tf: TensorFlowJs): void {
  addConv2dFilterGradient(tf);
  addDepthwiseGradients(tf);
  addSegmentSum(tf);
  addEinsum(tf);
  repairOneHot(tf);
  addJavaScriptKernels(tf, "wasm");
}
