import { shown } from "../../arguments.js";

export interface Histogram {
  readonly least: number;
  readonly largest: number;
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** Upper ends of the buckets, growing; counts beside them. Values up to and with an end, above the one before. */
  readonly limits: readonly number[];
  readonly counts: readonly number[];
}

/** TensorBoard's usual buckets: each end 1.1 times the one before, from 1e-12 to 1e20, on both sides of 0. */
const positive = (() => {
  const ends: number[] = [];
  for (let end = 1e-12; end < 1e20; end *= 1.1) ends.push(end);
  return ends;
})();
const ends = [...positive.map((end) => -end).reverse(), 0, ...positive, Number.MAX_VALUE];

/** @throws `expected finite numbers in weights, got NaN at index 3`; `expected numbers in weights, got none` */
export function histogram(values: ArrayLike<number>, name: string): Histogram {
  if (values.length === 0) throw new RangeError(`expected numbers in ${name}, got none`);
  const counts = new Map<number, number>();
  let [least, largest, sum, sumOfSquares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (!Number.isFinite(value)) throw new RangeError(`expected finite numbers in ${name}, got ${shown(value)} at index ${at}`);
    [least, largest, sum, sumOfSquares] = [Math.min(least, value), Math.max(largest, value), sum + value, sumOfSquares + value * value];
    const bucket = bucketOf(value);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  const used = [...counts.keys()].sort((a, b) => a - b);
  // The bucket before the first, empty, says where the first begins.
  const all = used[0]! > 0 ? [used[0]! - 1, ...used] : used;
  const filled = Array.from({ length: all.at(-1)! - all[0]! + 1 }, (_, at) => all[0]! + at);
  return { least, largest, count: values.length, sum, sumOfSquares, limits: filled.map((bucket) => ends[bucket]!), counts: filled.map((bucket) => counts.get(bucket) ?? 0) };
}

function bucketOf(value: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= ends[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
