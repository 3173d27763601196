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
    const turned = { a: transposeA ? transposeLast(tf, a) : a, b: transposeB ? transposeLast(tf, b) : ownWeights(tf, b) };
    return original(turned, { ...attrs, transposeA: false, transposeB: false });
  });
  replaceKernel(tf, "wasm", "_FusedMatMul", (inputs, attrs, original) => original({ ...inputs, b: ownWeights(tf, inputs["b"]!) }, attrs));
}

/** The matrix shape in which values were last multiplied from the right. */
const shapes = new WeakMap<object, string>();

/**
 * WebAssembly keeps a packed copy of the right-hand matrix by the identity of its values and does not look at the shape again.
 * Values that come back in another shape (`reshape` shares them) would be read and written out of bounds: they are copied first.
 */
function ownWeights(tf: TensorFlowJs, b: Tensor): Tensor {
  const shape = b.shape.slice(-2).join("x");
  const known = shapes.get(b.dataId);
  if (known === undefined) shapes.set(b.dataId, shape);
  return known === undefined || known === shape ? b : tf.add(b, 0);
}

function transposeLast(tf: TensorFlowJs, x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return tf.transpose(x, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
}
