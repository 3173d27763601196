import type { Table } from "../examples/read.js";

/** Each column's values by rank: trees compare small integers, and sort them by counting. Made once, shared by all trees of a forest. */
export interface RankedColumns {
  rows: number;
  width: number;
  /** Of column f, row r at [f * rows + r]: index into `distinct[f]`. */
  ranks: Int32Array;
  /** The different values of each column, ascending. */
  distinct: readonly Float64Array[];
}

export function rankColumns({ values, rows, width }: Table): RankedColumns {
  const ranks = new Int32Array(rows * width);
  const column = new Float64Array(rows);
  const distinct = Array.from({ length: width }, (_, feature) => {
    for (let row = 0; row < rows; row++) column[row] = values[row * width + feature];
    const sorted = column.slice().sort();
    let count = 1;
    for (let at = 1; at < rows; at++) if (sorted[at] !== sorted[count - 1]) sorted[count++] = sorted[at];
    for (let row = 0, from = feature * rows; row < rows; row++) {
      let [low, high] = [0, count - 1];
      const value = column[row];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (sorted[middle] < value) low = middle + 1;
        else high = middle;
      }
      ranks[from + row] = low;
    }
    return sorted.slice(0, count);
  });
  return { rows, width, ranks, distinct };
}

/** Between two neighbouring values, so that the lower one goes left and the higher one right even where no number lies between. */
export function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

const few = 48;

/** Sorts parts of a list of rows by a column's ranks: by insertion where few, else by counting digits of 11 bits. Stable. */
export function rankSorter(rows: number, ranks: Int32Array): (samples: Int32Array, from: number, to: number, column: number, most: number) => Int32Array {
  const bits = 11;
  const buckets = 1 << bits;
  const counts = new Int32Array(buckets);
  let [a, b] = [new Int32Array(rows), new Int32Array(rows)];
  const keys = new Int32Array(few);
  return (samples, from, to, column, most) => {
    const n = to - from;
    if (n <= few) {
      for (let i = 0; i < n; i++) {
        const row = samples[from + i];
        const key = ranks[column + row];
        let at = i - 1;
        for (; at >= 0 && keys[at] > key; at--) {
          keys[at + 1] = keys[at];
          a[at + 1] = a[at];
        }
        keys[at + 1] = key;
        a[at + 1] = row;
      }
      return a;
    }
    let source = samples;
    let start = from;
    for (let shift = 0; shift === 0 || most >> shift > 0; shift += bits) {
      const width = Math.min(buckets, (most >> shift) + 1);
      counts.fill(0, 0, width);
      for (let i = start; i < start + n; i++) counts[(ranks[column + source[i]] >> shift) & (buckets - 1)]++;
      let sum = 0;
      for (let k = 0; k < width; k++) {
        const count = counts[k];
        counts[k] = sum;
        sum += count;
      }
      for (let i = start; i < start + n; i++) {
        const row = source[i];
        b[counts[(ranks[column + row] >> shift) & (buckets - 1)]++] = row;
      }
      [a, b] = [b, a];
      source = a;
      start = 0;
    }
    return a;
  };
}
