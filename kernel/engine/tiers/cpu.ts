import type { TensorFlowJs } from "../contract.js";
import type { TierResult } from "./tensorflow.js";

/** tfjs's own JavaScript backend: slow, complete, the yardstick of tests. */
export async function startCpu(tf: TensorFlowJs): Promise<TierResult> {
  await tf.setBackend("cpu");
  return { label: "JavaScript (slow, for tests)", gpu: false };
}
