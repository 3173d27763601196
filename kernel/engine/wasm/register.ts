import { addChannelsFirst } from "../compose/channels-first.js";
import type { TensorFlowJs } from "../contract.js";
import { addJavaScriptKernels } from "../fallback.js";
import { repairCast } from "./cast.js";
import { repairClip } from "./clip.js";
import { addConv2dFilterGradient } from "./convolution.js";
import { addDepthwiseGradients } from "./depthwise.js";
import { addEinsum } from "./einsum.js";
import { addExampleGradients } from "./example-gradients/register.js";
import { addFastConvolution } from "./fast-convolution.js";
import { addFastElementwise } from "./fast-elementwise.js";
import { addFastGather } from "./fast-gather.js";
import { addFastMatMul } from "./fast-mat-mul.js";
import { addFastSoftmax } from "./fast-softmax.js";
import { addFastSums } from "./fast-sums.js";
import { repairFusedBias } from "./fused-bias.js";
import { repairIdentity } from "./identity.js";
import { repairMatMul } from "./mat-mul.js";
import { repairOneHot } from "./one-hot.js";
import { repairAveragePoolGradient, repairSmallestPool } from "./pooling.js";
import { addSegmentSum } from "./segment-sum.js";
import { repairSlice } from "./slice.js";
import { repairStrings } from "./strings.js";

/** Add the kernels that training needs and the `wasm` backend lacks, and mend the wrong and slow ones. Call once, before the backend is used. */
export function repairWasm(tf: TensorFlowJs): void {
  // tfjs's threads serve its own matrix products and convolutions only, need a second memory that kernels of ours cannot share, and
  // start eight workers. One thread with our kernels is faster; a page that is cross-origin isolated would get them unasked.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  addConv2dFilterGradient(tf);
  addDepthwiseGradients(tf);
  addSegmentSum(tf);
  addEinsum(tf, "wasm");
  repairOneHot(tf);
  repairMatMul(tf);
  repairIdentity(tf);
  repairCast(tf);
  repairClip(tf);
  repairSlice(tf);
  repairStrings(tf);
  repairFusedBias(tf);
  addChannelsFirst(tf, "wasm", "Conv2D");
  addChannelsFirst(tf, "wasm", "FusedConv2D");
  repairSmallestPool(tf);
  repairAveragePoolGradient(tf, "wasm");
  addJavaScriptKernels(tf, "wasm");
  addFastMatMul(tf);
  addFastConvolution(tf);
  addFastElementwise(tf);
  addFastSums(tf);
  addFastGather(tf);
  addFastSoftmax(tf);
  addExampleGradients(tf);
}
