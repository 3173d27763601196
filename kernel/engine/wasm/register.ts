import type { TensorFlowJs } from "../contract.js";
/** Add the kernels that training needs and the `wasm` backend lacks. */
export function repairWasm(tf: TensorFlowJs): void {
  void tf;
}
