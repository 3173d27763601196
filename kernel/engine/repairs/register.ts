import type { TensorFlowJs } from "../contract.js";

/** Replace or add the kernels of the `tensorflow` backend that are wrong or missing. */
export function repairTensorFlow(tf: TensorFlowJs): void {
  void tf;
}
