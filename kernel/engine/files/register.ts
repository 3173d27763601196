import type { TensorFlowJs } from "../contract.js";

export function registerFileHandlers(tf: TensorFlowJs): void {
  void tf;
}
