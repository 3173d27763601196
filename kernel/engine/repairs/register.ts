import { addChannelsFirst } from "../compose/channels-first.js";
import type { TensorFlowJs } from "../contract.js";
import { addJavaScriptKernels } from "../fallback.js";
import { fuseTensorFlow } from "../fused/register.js";
import { repairConcat } from "./concat.js";
import { repairConvolution } from "./convolution.js";
import { repairDtypes } from "./dtypes.js";
import { repairEinsum } from "./einsum.js";
import { repairPooling } from "./pooling.js";
import { repairRound } from "./round.js";
import { repairScatterNd } from "./scatter-nd.js";

/** Mend the kernels of the `tensorflow` backend that are wrong, and lend it the missing ones. Call once, after they are registered. */
export function repairTensorFlow(tf: TensorFlowJs): void {
  repairRound(tf);
  repairConcat(tf);
  repairEinsum(tf);
  repairConvolution(tf);
  addChannelsFirst(tf, "tensorflow", "FusedConv2D");
  repairDtypes(tf);
  repairPooling(tf);
  repairScatterNd(tf);
  fuseTensorFlow(tf);
  addJavaScriptKernels(tf, "tensorflow");
}
