import type { TensorFlowJs } from "../contract.js";
import { addresses } from "./fast-elementwise.js";
import { putFast, sizeOf } from "./simd/module.js";
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
    const notes = memory.wasm._malloc(rows * softmaxRowBytes) >>> 0;
    simd.run["softmax"]!(...addresses(memory, logits!, out), rows, classes * 4, notes);
    memory.wasm._free(notes);
    return out;
  });
  putFast(tf, "SoftmaxCrossEntropyWithLogits", ({ logits, labels }, _attrs, memory, simd) => {
    if (logits!.dtype !== "float32" || labels!.dtype !== "float32" || logits!.shape.length !== 2 || sizeOf(logits!.shape) === 0) return undefined;
    if (!tf.util.arraysEqual(logits!.shape, labels!.shape)) throw new Error(`expected labels of shape ${logits!.shape.join("x")}, got ${labels!.shape.join("x")}`);
    const [rows, classes] = logits!.shape as [number, number];
    const [loss, gradient] = [memory.makeOutput([rows], "float32"), memory.makeOutput([rows, classes], "float32")];
    const notes = memory.makeOutput([rows, softmaxRowBytes / 4], "float32");
    const [x, y, out, noteAt] = addresses(memory, logits!, labels!, gradient, notes) as [number, number, number, number];
    simd.run["softmax"]!(x, out, rows, classes * 4, noteAt);
    simd.run["crossEntropy"]!(x, y, out, rows, classes * 4, noteAt);
    const [noted, losses] = [memory.typedArrayFromHeap(notes), memory.typedArrayFromHeap(loss)];
    for (let row = 0; row < rows; row++) losses[row] = noted[row * 4 + 2]! + noted[row * 4 + 3]! * Math.log(noted[row * 4 + 1]!);
    (memory as unknown as { disposeData(id: object): void }).disposeData(notes.dataId);
    return [loss, gradient];
  });
}
