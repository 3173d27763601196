import type { TensorFlowJs } from "../contract.js";
import { addresses } from "./fast-elementwise.js";
import { putFast, sizeOf } from "./simd/module.js";

/** `tf.gather` of rows, as embeddings do: whole rows are copied, where tfjs's kernel computes the place of each number. */
export function addFastGather(tf: TensorFlowJs): void {
  putFast(tf, "GatherV2", ({ x, indices }, attrs, memory) => {
    const { axis, batchDims } = attrs as { axis: number; batchDims?: number };
    const numbers = x!.dtype === "float32" || x!.dtype === "int32";
    if (!numbers || axis !== 0 || batchDims || indices!.dtype !== "int32" || sizeOf(x!.shape) * sizeOf(indices!.shape) === 0) return undefined;
    const [rows, ...row] = x!.shape as [number, ...number[]];
    const length = sizeOf(row);
    const wrong = memory.typedArrayFromHeap(indices!).find((index) => index < 0 || index >= rows);
    if (wrong !== undefined) throw new Error(`GatherV2: the index value ${wrong} is not in [0, ${rows - 1}]`);
    const out = memory.makeOutput([...indices!.shape, ...row], x!.dtype);
    const [from, to] = addresses(memory, x!, out) as [number, number];
    const chosen = memory.typedArrayFromHeap(indices!);
    const heap = new Float32Array(chosen.buffer);
    for (let index = 0; index < chosen.length; index++) heap.copyWithin(to / 4 + index * length, from / 4 + chosen[index]! * length, from / 4 + (chosen[index]! + 1) * length);
    return out;
  });
}
