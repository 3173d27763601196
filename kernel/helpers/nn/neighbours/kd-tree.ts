import type { Table } from "../examples/read.js";
import type { Compared } from "./distance.js";
import type { Nearest } from "./nearest.js";

const leafSize = 24;

/**
 * Points in boxes, halved at the median of the widest coordinate again and again (Bentley 1975): a search leaves out every box that begins farther away than the k-th nearest so far.
 * The points of a box lie one after the other, so that a leaf is read in one go.
 */
export class KdTree {
  private readonly points: Float64Array;
  private readonly order: Int32Array;
  private readonly boxes: { from: number; to: number; low: Float64Array; high: Float64Array; left: number; right: number }[] = [];

  constructor(private readonly table: Table) {
    const { values, rows, width } = table;
    this.order = Int32Array.from({ length: rows }, (_, row) => row);
    this.split(0, rows);
    this.points = new Float64Array(rows * width);
    this.order.forEach((row, at) => this.points.set(values.subarray(row * width, (row + 1) * width), at * width));
  }

  private split(from: number, to: number): number {
    const { values, width } = this.table;
    const [low, high] = [new Float64Array(width).fill(Infinity), new Float64Array(width).fill(-Infinity)];
    for (let i = from; i < to; i++) for (let k = 0, at = this.order[i] * width; k < width; k++) {
      const value = values[at + k];
      if (value < low[k]) low[k] = value;
      if (value > high[k]) high[k] = value;
    }
    const box = this.boxes.length;
    const entry = { from, to, low, high, left: -1, right: -1 };
    this.boxes.push(entry);
    let widest = 0;
    for (let k = 1; k < width; k++) if (high[k] - low[k] > high[widest] - low[widest]) widest = k;
    if (to - from <= leafSize || high[widest] === low[widest]) return box;
    const middle = (from + to) >> 1;
    this.select(from, to - 1, middle, widest);
    entry.left = this.split(from, middle);
    entry.right = this.split(middle, to);
    return box;
  }

  /** Orders the places so that by this column none before `middle` is above it and none after it below (Hoare's selection). */
  private select(from: number, to: number, middle: number, column: number): void {
    const { order } = this;
    const { values, width } = this.table;
    while (from < to) {
      const pivot = values[order[(from + to) >> 1] * width + column];
      let [i, j] = [from, to];
      while (i <= j) {
        while (values[order[i] * width + column] < pivot) i++;
        while (values[order[j] * width + column] > pivot) j--;
        if (i <= j) {
          const row = order[i];
          order[i++] = order[j];
          order[j--] = row;
        }
      }
      if (middle <= j) to = j;
      else if (middle >= i) from = i;
      else return;
    }
  }

  /** The nearest to the query that stands at `at` of `query`; `nearest` is filled. */
  search(query: Float64Array, at: number, compare: Compared, nearest: Nearest): void {
    const { points, order, boxes } = this;
    const { width } = this.table;
    const corner = new Float64Array(width);
    /** How far the nearest corner or side of a box is. */
    const toBox = (box: number): number => {
      const { low, high } = boxes[box];
      for (let k = 0; k < width; k++) corner[k] = Math.min(Math.max(query[at + k], low[k]), high[k]);
      return compare(query, at, corner, 0);
    };
    const visit = (box: number): void => {
      const { from, to, left, right } = boxes[box];
      if (left < 0) {
        for (let i = from; i < to; i++) nearest.add(compare(query, at, points, i * width), order[i]);
        return;
      }
      const [a, b] = [toBox(left), toBox(right)];
      // Equally far is looked at: an equally near neighbour of lower index may be there.
      for (const [next, far] of a <= b ? [[left, a], [right, b]] : [[right, b], [left, a]]) if (far <= nearest.bound()) visit(next);
    };
    visit(0);
  }
}
