import type { TensorFlowJs } from "../contract.js";
import { fuseGradients } from "../fused/register.js";
import { addAveragePoolSecondOrder } from "./average-pool.js";
import { addComparisonGradients } from "./comparisons.js";
import { addConv2dSecondOrder, addDilatedConv2dGradient } from "./conv2d.js";
import { addDepthwiseSecondOrder, addDilatedDepthwiseGradient } from "./depthwise.js";
import { addEinsumGradient } from "./einsum.js";
import { addGatherNdGradient } from "./gather-nd.js";
import { connectSavedOutputs } from "./saved-outputs.js";

/** Register the gradients that tfjs-core lacks, and shorter ones for those it has. The former are made of ordinary operations and hold on every backend. Call once for a `tf`. */
export function repairGradients(tf: TensorFlowJs): void {
  connectSavedOutputs(tf);
  addDilatedConv2dGradient(tf);
  addConv2dSecondOrder(tf);
  addDilatedDepthwiseGradient(tf);
  addDepthwiseSecondOrder(tf);
  addEinsumGradient(tf);
  addGatherNdGradient(tf);
  addAveragePoolSecondOrder(tf);
  addComparisonGradients(tf);
  fuseGradients(tf);
}
