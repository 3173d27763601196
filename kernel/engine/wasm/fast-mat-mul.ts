import type { TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { putFast, sizeOf, type Simd, type WasmBackend } from "./simd/module.js";

interface Attrs {
  transposeA?: boolean;
  transposeB?: boolean;
  activation?: string;
}

/** Matrix products, in batches and with transposed operands, without copies and without tfjs's 80 microseconds a call. */
export function addFastMatMul(tf: TensorFlowJs): void {
  putFast(tf, "BatchMatMul", ({ a, b }, attrs, memory, simd) => multiply(tf, a!, b!, attrs, memory, simd));
  putFast(tf, "_FusedMatMul", ({ a, b, bias, preluActivationWeights }, attrs, memory, simd) => {
    const { activation = "linear" } = attrs as Attrs;
    if (preluActivationWeights || (activation !== "linear" && activation !== "relu")) return undefined;
    const columns = (attrs as Attrs).transposeB ? b!.shape.at(-2)! : b!.shape.at(-1)!;
    if (bias && (bias.dtype !== "float32" || bias.shape.length !== 1 || bias.shape[0] !== columns)) return undefined;
    return multiply(tf, a!, b!, attrs, memory, simd, bias && memory.getMemoryOffset(bias.dataId), activation === "relu");
  });
}

function multiply(tf: TensorFlowJs, a: TensorInfo, b: TensorInfo, attrs: Attrs, memory: WasmBackend, simd: Simd, bias = 0, relu = false): TensorInfo | undefined {
  if (a.dtype !== "float32" || b.dtype !== "float32" || a.shape.length < 2 || b.shape.length < 2) return undefined;
  const [rows, depth] = (attrs.transposeA ? a.shape.slice(-2).reverse() : a.shape.slice(-2)) as [number, number];
  const [depthB, columns] = (attrs.transposeB ? b.shape.slice(-2).reverse() : b.shape.slice(-2)) as [number, number];
  if (depth !== depthB) return undefined;
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [countA, countB] = [sizeOf(batchA), sizeOf(batchB)];
  // Batches are equal, or one operand is the same for all; tfjs's kernel is asked about the rest.
  if (countA !== countB && countA !== 1 && countB !== 1) return undefined;
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
  const count = Math.max(countA, countB);
  if (sizeOf(batch) !== count || count * rows * columns * depth === 0) return undefined;

  const out = memory.makeOutput([...batch, rows, columns], "float32");
  const [aAt, bAt, outAt] = [a, b, out].map(({ dataId }) => memory.getMemoryOffset(dataId)) as [number, number, number];
  const [aRow, aColumn] = attrs.transposeA ? [1, rows] : [depth, 1];
  const [bRow, bColumn] = attrs.transposeB ? [1, depth] : [columns, 1];
  const [aStep, bStep] = [countA === 1 ? 0 : rows * depth * 4, countB === 1 ? 0 : depth * columns * 4];
  const matMul = simd.run["matMul"]!;
  for (let index = 0; index < count; index++)
    matMul(aAt + index * aStep, aRow, aColumn, bAt + index * bStep, bRow, bColumn, outAt + index * rows * columns * 4, rows, columns, depth, bias, Number(relu), simd.scratch);
  return out;
}
