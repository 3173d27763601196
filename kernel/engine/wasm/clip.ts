import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";
import { putFast, sizeOf } from "./simd/module.js";

/** Clipping keeps NaN, so that a training that has gone wrong shows; WebAssembly's turns it into the lower bound. */
export function repairClip(tf: TensorFlowJs): void {
  replaceKernel(tf, "wasm", "ClipByValue", (inputs, attrs, original) => {
    const x = inputs["x"]!;
    const clipped = original(inputs, attrs) as Tensor;
    return x.dtype === "float32" ? tf.where(tf.isNaN(x), x, clipped) : clipped;
  });
  putFast(tf, "ClipByValue", ({ x }, attrs, memory, simd) => {
    if (x!.dtype !== "float32") return undefined;
    const { clipValueMin, clipValueMax } = attrs as { clipValueMin: number; clipValueMax: number };
    const out = memory.makeOutput(x!.shape, "float32");
    simd.run["clip"]!(memory.getMemoryOffset(x!.dataId), memory.getMemoryOffset(out.dataId), sizeOf(x!.shape) * 4, clipValueMin, clipValueMax);
    return out;
  });
}
