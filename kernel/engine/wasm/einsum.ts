import type { Tensor } from "@tensorflow/tfjs";
import { composeEinsum } from "../compose/einsum.js";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";

/** `Einsum`, which WebAssembly lacks. */
export function addEinsum(tf: TensorFlowJs): void {
  replaceKernel(tf, "wasm", "Einsum", (inputs, attrs) => composeEinsum(tf, attrs["equation"] as string, Object.values(inputs) as Tensor[]));
}
