import type { DataType } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { computeInJavaScript } from "../fallback.js";
import { replaceKernel } from "../kernels.js";

/** Types that TensorFlow's kernel refuses and tfjs allows. */
const refused: [kernel: string, input: string, dtype: DataType][] = [
  ["Greater", "a", "string"],
  ["GreaterEqual", "a", "string"],
  ["Less", "a", "string"],
  ["LessEqual", "a", "string"],
  ["LeakyRelu", "x", "int32"],
  ["Step", "x", "int32"],
  ["Diag", "x", "bool"],
];

/** Computed by tfjs's JavaScript kernel where TensorFlow's own refuses the type. */
export function repairDtypes(tf: TensorFlowJs): void {
  const javaScript = new Map(tf.getKernelsForBackend("cpu").map((kernel) => [kernel.kernelName, kernel]));
  for (const [name, input, dtype] of refused) {
    replaceKernel(tf, "tensorflow", name, (inputs, attrs, original) =>
      inputs[input]!.dtype === dtype ? computeInJavaScript(tf, javaScript.get(name)!, inputs, attrs) : original(inputs, attrs));
  }
}
