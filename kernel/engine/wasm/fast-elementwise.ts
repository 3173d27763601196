import type { TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { binaryNames } from "./simd/elementwise.js";
import { putFast, sizeOf, type WasmBackend } from "./simd/module.js";

/** Sums, products and roots of floats, four at a time. */
export function addFastElementwise(tf: TensorFlowJs): void {
  for (const name of binaryNames) {
    putFast(tf, name, ({ a, b }, _attrs, memory, simd) => {
      if (a!.dtype !== "float32" || b!.dtype !== "float32") return undefined;
      const plan = planRows(a!.shape, b!.shape);
      if (!plan) return undefined;
      const out = memory.makeOutput(plan.shape, "float32");
      simd.run[name]!(...addresses(memory, a!, b!, out), plan.rows, plan.length * 4, plan.aStep * 4, plan.bStep * 4, Number(plan.aOne), Number(plan.bOne));
      return out;
    });
  }
  for (const name of ["Sqrt", "Square"]) {
    putFast(tf, name, ({ x }, _attrs, memory, simd) => {
      if (x!.dtype !== "float32") return undefined;
      const out = memory.makeOutput(x!.shape, "float32");
      simd.run[name]!(...addresses(memory, x!, out), sizeOf(x!.shape) * 4);
      return out;
    });
  }
  putFast(tf, "ReluGrad", ({ dy, x }, _attrs, memory, simd) => {
    if (dy!.dtype !== "float32" || x!.dtype !== "float32") return undefined;
    const out = memory.makeOutput(dy!.shape, "float32");
    simd.run["reluGradient"]!(...addresses(memory, dy!, x!, out), sizeOf(dy!.shape) * 4);
    return out;
  });
}

export function addresses(memory: WasmBackend, ...tensors: TensorInfo[]): number[] {
  return tensors.map(({ dataId }) => memory.getMemoryOffset(dataId));
}

interface Plan {
  shape: number[];
  rows: number;
  length: number;
  aStep: number;
  bStep: number;
  aOne: boolean;
  bOne: boolean;
}

/** How two shapes broadcast as rows: equal shapes, one number, the last axes only (a bias), or one number a row (`keepDims`). */
export function planRows(a: number[], b: number[]): Plan | undefined {
  const [sizeA, sizeB] = [sizeOf(a), sizeOf(b)];
  const large = sizeA > sizeB || (sizeA === sizeB && a.length >= b.length) ? a : b;
  const size = Math.max(sizeA, sizeB);
  if (sizeA === 0 || sizeB === 0) return undefined;
  const plain = { shape: large, rows: 1, length: size, aStep: 0, bStep: 0, aOne: false, bOne: false };
  const small = large === a ? b : a;
  if (small.length > large.length) return undefined;
  if (sizeA === sizeB) return endsWith(large, small) ? plain : undefined;
  if (Math.min(sizeA, sizeB) === 1) return { ...plain, aOne: sizeA === 1, bOne: sizeB === 1 };
  const padded = [...Array<number>(large.length - small.length).fill(1), ...small];
  const firstEqual = padded.findIndex((length) => length !== 1);
  if (padded.every((length, axis) => axis < firstEqual || length === large[axis])) {
    const length = sizeOf(small);
    return { ...plain, rows: size / length, length, aStep: large === a ? length : 0, bStep: large === b ? length : 0 };
  }
  let same = 0;
  while (same < large.length && padded[same] === large[same]) same += 1;
  if (!padded.slice(same).every((length) => length === 1)) return undefined;
  const length = sizeOf(large.slice(same));
  return { ...plain, rows: size / length, length, aStep: large === a ? length : 1, bStep: large === b ? length : 1, aOne: small === a, bOne: small === b };
}

/** True where `small` is `large` but for leading ones. */
function endsWith(large: number[], small: number[]): boolean {
  const extra = large.length - small.length;
  return large.every((length, axis) => (axis < extra ? length === 1 : length === small[axis - extra]));
}
