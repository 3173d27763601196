import type { TensorFlowJs } from "../contract.js";
import { addresses } from "./fast-elementwise.js";
import { putFast, sizeOf } from "./simd/module.js";

/** Sums and means over the last axes (a loss, a normalisation) and over the first (the gradient of a bias), without transposing. */
export function addFastSums(tf: TensorFlowJs): void {
  for (const name of ["Sum", "Mean"]) {
    putFast(tf, name, ({ x }, attrs, memory, simd) => {
      const { axis, keepDims } = attrs as { axis?: number | number[]; keepDims?: boolean };
      const rank = x!.shape.length;
      if (x!.dtype !== "float32" || rank === 0 || sizeOf(x!.shape) === 0) return undefined;
      const axes = tf.util.parseAxisParam(axis as number[], x!.shape);
      if (axes.length === 0) return undefined;
      const summed = new Set(axes);
      const first = axes.every((_, index) => summed.has(index));
      const last = axes.every((_, index) => summed.has(rank - 1 - index));
      if (!first && !last) return undefined;
      const kept = x!.shape.filter((_, index) => !summed.has(index));
      const out = memory.makeOutput(keepDims ? x!.shape.map((length, index) => (summed.has(index) ? 1 : length)) : kept, "float32");
      const count = sizeOf(kept);
      const terms = sizeOf(x!.shape) / count;
      const [from, to] = addresses(memory, x!, out) as [number, number];
      if (last) simd.run["sumRows"]!(from, to, count, terms * 4);
      else {
        memory.typedArrayFromHeap(out).fill(0);
        simd.run["sumColumns"]!(from, to, terms, count * 4);
      }
      if (name === "Mean") {
        const values = memory.typedArrayFromHeap(out);
        for (let index = 0; index < values.length; index++) values[index]! /= terms;
      }
      return out;
    });
  }
}
