import type { DataType } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";

/** Numbers become booleans by asking whether they are not zero; WebAssembly's cast keeps their lowest byte. */
export function repairCast(tf: TensorFlowJs): void {
  replaceKernel(tf, "wasm", "Cast", (inputs, attrs, original) => {
    const x = inputs["x"]!;
    const toBool = (attrs["dtype"] as DataType) === "bool" && (x.dtype === "float32" || x.dtype === "int32");
    return toBool ? tf.notEqual(x, tf.scalar(0, x.dtype)) : original(inputs, attrs);
  });
}
