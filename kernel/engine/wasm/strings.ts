import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { computeInJavaScript } from "../fallback.js";
import { replaceKernel } from "../kernels.js";

const kernels = ["Equal", "NotEqual", "Greater", "GreaterEqual", "Less", "LessEqual", "Fill", "Tile", "SparseToDense", "Select"];

/** WebAssembly's memory holds numbers only; these kernels read bytes of strings as numbers, or abort. */
export function repairStrings(tf: TensorFlowJs): void {
  const javaScript = new Map(tf.getKernelsForBackend("cpu").map((kernel) => [kernel.kernelName, kernel]));
  for (const name of kernels) {
    replaceKernel(tf, "wasm", name, (inputs, attrs, original) => {
      const hasStrings = attrs["dtype"] === "string" || Object.values(inputs).some((tensor: Tensor | undefined) => tensor?.dtype === "string");
      return hasStrings ? computeInJavaScript(tf, javaScript.get(name)!, inputs, attrs) : original(inputs, attrs);
    });
  }
}
