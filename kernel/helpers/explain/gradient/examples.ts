import { table, type Table } from "../table.js";
import type { Examples } from "./contract.js";

/** Examples as rows, and the shape of one. */
export function readExamples(x: Examples): Table & { shape: number[] } {
  if ("dataSync" in x) {
    if (x.shape.length < 2) throw new RangeError(`expected x of shape [examples, ...], got [${x.shape.join(", ")}]`);
    const shape = x.shape.slice(1);
    const width = shape.reduce((a, b) => a * b, 1);
    const flat = x.dataSync() as ArrayLike<number>;
    return { ...table({ x: Array.from({ length: x.shape[0] }, (_, row) => Array.from({ length: width }, (__, at) => flat[row * width + at])) }), shape };
  }
  const rows = table({ x });
  return { ...rows, shape: [rows.width] };
}
