import type { TensorFlowJs } from "../contract.js";
import { addEinsum } from "../wasm/einsum.js";
import { repairAveragePoolGradient } from "../wasm/pooling.js";

/** Mend tfjs's JavaScript backend, which is always there: a learner can switch to it, and other backends borrow its kernels. */
export function repairJavaScript(tf: TensorFlowJs): void {
  repairAveragePoolGradient(tf, "cpu");
  addEinsum(tf, "cpu");
  // Otherwise its first tensor prints advice to install tfjs-node.
  (tf.findBackend("cpu") as unknown as { firstUse: boolean }).firstUse = false;
}
