import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";

/** TensorFlow 2.21 rounds integers to zero, silently. An integer is its own rounding. */
export function repairRound(tf: TensorFlowJs): void {
  replaceKernel(tf, "tensorflow", "Round", (inputs, attrs, original) =>
    inputs["x"]!.dtype === "int32" ? tf.clone(inputs["x"]!) : original(inputs, attrs));
}
