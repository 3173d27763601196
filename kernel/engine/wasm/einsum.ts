import type { Tensor } from "@tensorflow/tfjs";
import { composeEinsum } from "../compose/einsum.js";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";

/** `Einsum`, which WebAssembly lacks; the JavaScript backend's own fails where an operand is summed away whole (`ij,k->k`). */
export function addEinsum(tf: TensorFlowJs, backendName: "wasm" | "cpu"): void {
  replaceKernel(tf, backendName, "Einsum", (inputs, attrs) => composeEinsum(tf, attrs["equation"] as string, Object.values(inputs) as Tensor[]));
}
