import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";

/** Clipping keeps NaN, so that a training that has gone wrong shows; WebAssembly's turns it into the lower bound. */
export function repairClip(tf: TensorFlowJs): void {
  replaceKernel(tf, "wasm", "ClipByValue", (inputs, attrs, original) => {
    const x = inputs["x"]!;
    const clipped = original(inputs, attrs) as Tensor;
    return x.dtype === "float32" ? tf.where(tf.isNaN(x), x, clipped) : clipped;
  });
}
