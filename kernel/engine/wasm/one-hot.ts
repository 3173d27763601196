import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";

/** WebAssembly's `OneHot` writes the bits of integers whatever the type (and four bytes for each bool): made as integers, then converted. */
export function repairOneHot(tf: TensorFlowJs): void {
  replaceKernel(tf, "wasm", "OneHot", (inputs, attrs, original) => {
    const { dtype = "int32", onValue = 1, offValue = 0 } = attrs as { dtype?: "int32" | "float32" | "bool"; onValue?: number; offValue?: number };
    if (dtype === "int32") return original(inputs, attrs);
    const hot = original(inputs, { ...attrs, dtype: "int32", onValue: 1, offValue: 0 }) as Tensor;
    if (dtype === "bool" && onValue === 1 && offValue === 0) return tf.cast(hot, "bool");
    const scaled = tf.add(tf.mul(tf.cast(hot, "float32"), onValue - offValue), offValue);
    return tf.cast(scaled, dtype);
  });
}
