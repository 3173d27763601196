import type { TensorFlowJs } from "../contract.js";
import { addresses } from "./fast-elementwise.js";
import { putFast, sizeOf, withScratch } from "./simd/module.js";
import { softmaxRowBytes } from "./simd/softmax-cross-entropy.js";

/**
 * `Softmax` over the last axis, and `SoftmaxCrossEntropyWithLogits`: from logits and labels [rows, classes] the loss of each row
 * [rows] and its gradient for the logits [rows, classes], in one pass.
 */
export function addFastSoftmax(tf: TensorFlowJs): void {
  putFast(tf, "Softmax", ({ logits }, attrs, memory, simd) => {
    const rank = logits!.shape.length;
    const { dim = -1 } = attrs as { dim?: number };
    if (logits!.dtype !== "float32" || rank === 0 || sizeOf(logits!.shape) === 0 || (dim !== -1 && dim !== rank - 1)) return undefined;
    const classes = logits!.shape[rank - 1]!;
    const rows = sizeOf(logits!.shape) / classes;
    const out = memory.makeOutput(logits!.shape, "float32");
    const [from, to] = addresses(memory, logits!, out) as [number, number];
    withScratch(memory, rows * softmaxRowBytes, (notes) => simd.run["softmax"]!(from, to, rows, classes * 4, notes));
    return out;
  });
  putFast(tf, "SoftmaxCrossEntropyWithLogits", ({ logits, labels }, _attrs, memory, simd) => {
    if (logits!.dtype !== "float32" || labels!.dtype !== "float32" || logits!.shape.length !== 2 || sizeOf(logits!.shape) === 0) return undefined;
    if (!tf.util.arraysEqual(logits!.shape, labels!.shape)) throw new Error(`expected labels of shape ${logits!.shape.join("x")}, got ${labels!.shape.join("x")}`);
    const [rows, classes] = logits!.shape as [number, number];
    const [loss, gradient] = [memory.makeOutput([rows], "float32"), memory.makeOutput([rows, classes], "float32")];
    const [x, y, out, losses] = addresses(memory, logits!, labels!, gradient, loss) as [number, number, number, number];
    withScratch(memory, rows * softmaxRowBytes, (notes) => {
      simd.run["softmax"]!(x, out, rows, classes * 4, notes);
      simd.run["crossEntropy"]!(x, y, out, rows, classes * 4, notes);
      const heap = new Float32Array(memory.typedArrayFromHeap(loss).buffer);
      for (let row = 0; row < rows; row++) {
        const [, sum, part, total] = heap.subarray(notes / 4 + row * 4, notes / 4 + row * 4 + 4) as unknown as [number, number, number, number];
        heap[losses / 4 + row] = part + total * Math.log(sum);
      }
    });
    return [loss, gradient];
  });
}
