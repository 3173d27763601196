import type { Tensor } from "@tensorflow/tfjs";
import { computeInJavaScript } from "../fallback.js";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";

/**
 * Matrix products that transpose an operand, as every gradient of a dense layer does, take a path in WebAssembly that is 10 times
 * slower than transposing first. Integers, which WebAssembly refuses, are multiplied in JavaScript.
 */
export function repairMatMul(tf: TensorFlowJs): void {
  const javaScript = tf.getKernelsForBackend("cpu").find((kernel) => kernel.kernelName === "BatchMatMul")!;
  replaceKernel(tf, "wasm", "BatchMatMul", (inputs, attrs, original) => {
    const { a, b } = inputs as { a: Tensor; b: Tensor };
    const { transposeA, transposeB } = attrs as { transposeA?: boolean; transposeB?: boolean };
    if (a.dtype !== "float32" || b.dtype !== "float32") return computeInJavaScript(tf, javaScript, inputs, attrs);
    if (!transposeA && !transposeB) return original(inputs, attrs);
    const turned = { a: transposeA ? transposeLast(tf, a) : a, b: transposeB ? transposeLast(tf, b) : b };
    return original(turned, { ...attrs, transposeA: false, transposeB: false });
  });
}

function transposeLast(tf: TensorFlowJs, x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return tf.transpose(x, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
}
