import type { TensorFlowJs } from "../contract.js";
import { addEinsum } from "../wasm/einsum.js";
import { repairAveragePoolGradient } from "../wasm/pooling.js";
import type { TierResult } from "./tensorflow.js";

/** tfjs's own JavaScript backend: slow, complete, the yardstick of tests. */
export async function startCpu(tf: TensorFlowJs): Promise<TierResult> {
  repairAveragePoolGradient(tf, "cpu");
  addEinsum(tf, "cpu");
  await tf.setBackend("cpu");
  // Otherwise its first tensor prints advice to install tfjs-node.
  (tf.backend() as unknown as { firstUse: boolean }).firstUse = false;
  return { label: "JavaScript (slow, for tests)", gpu: false };
}
