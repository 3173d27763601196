import type { Sparse } from "./normalize.js";

/** Sparse times dense in double precision: `x` and the answer are rows of `size` numbers, one after another. */
export function multiplyRows({ rows, rowOf, columnOf, values }: Sparse, x: Float64Array, size: number): Float64Array {
  const result = new Float64Array(rows * size);
  for (let at = 0; at < values.length; at++) {
    const [to, from, value] = [rowOf[at] * size, columnOf[at] * size, values[at]];
    for (let k = 0; k < size; k++) result[to + k] += value * x[from + k];
  }
  return result;
}
