import { squaredWithin } from "./distance.js";
import type { Nearest } from "./nearest.js";
import type { Table } from "../examples/read.js";

/** Rounding of two ways to add up the same squares, and more. */
const slack = 1 + 1e-12;

/**
 * The nearest by Euclid, every point looked at, for four queries at a time: a point's numbers are read once for the four.
 * Which points are looked at closely is decided there; their distances are those that a search in boxes gives.
 */
export function nearestFour(points: Table, queries: Float64Array, first: number, count: number, nearest: readonly Nearest[]): void {
  const { values, rows, width } = points;
  // Fewer than four: the last one again, and not taken.
  const start = Array.from({ length: 4 }, (_, n) => (first + Math.min(n, count - 1)) * width);
  const q0 = start[0];
  const q1 = start[1];
  const q2 = start[2];
  const q3 = start[3];
  const bounds = new Float64Array(4).fill(Infinity);
  const far = new Float64Array(4);
  for (let other = 0, at = 0; other < rows; other++, at += width) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let k = 0; k < width; k++) {
      const value = values[at + k];
      const p = queries[q0 + k] - value;
      const q = queries[q1 + k] - value;
      const r = queries[q2 + k] - value;
      const s = queries[q3 + k] - value;
      a += p * p;
      b += q * q;
      c += r * r;
      d += s * s;
    }
    if (a > bounds[0] && b > bounds[1] && c > bounds[2] && d > bounds[3]) continue;
    far[0] = a;
    far[1] = b;
    far[2] = c;
    far[3] = d;
    for (let n = 0; n < count; n++) if (far[n] <= bounds[n]) {
      nearest[n].add(squaredWithin(queries, start[n], values, at, width, Infinity), other);
      bounds[n] = nearest[n].bound() * slack;
    }
    // The places that are not taken never ask to look closely.
    for (let n = count; n < 4; n++) bounds[n] = -1;
  }
}
