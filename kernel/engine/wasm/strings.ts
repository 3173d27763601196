import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { computeInJavaScript } from "../fallback.js";
import { onlyWhen } from "./only-when.js";

const kernels = ["Equal", "NotEqual", "Greater", "GreaterEqual", "Less", "LessEqual", "Fill", "Tile", "SparseToDense", "Select"];

/** WebAssembly's memory holds numbers only; these kernels read bytes of strings as numbers, or abort. */
export function repairStrings(tf: TensorFlowJs): void {
  const javaScript = new Map(tf.getKernelsForBackend("cpu").map((kernel) => [kernel.kernelName, kernel]));
  for (const name of kernels) {
    onlyWhen(tf, name, hasStrings, (inputs, attrs) => computeInJavaScript(tf, javaScript.get(name)!, inputs, attrs));
  }
}

function hasStrings(inputs: Record<string, Tensor | undefined>, attrs: Record<string, unknown>): boolean {
  if (attrs["dtype"] === "string") return true;
  for (const name in inputs) if (inputs[name]?.dtype === "string") return true;
  return false;
}
