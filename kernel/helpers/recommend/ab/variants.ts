import { shown } from "../../arguments.js";

/** What is compared, by the names of the variants: the first is the one that the second is compared with. */
export type Variants<T> = Readonly<Record<string, T>>;

export interface Pair<T> {
  readonly names: readonly [string, string];
  readonly values: readonly [T, T];
}

/** Exactly two variants: a test compares. */
export function twoVariants<T>(variants: Variants<T>): Pair<T> {
  const entries = Object.entries(variants ?? {});
  if (entries.length !== 2) throw new RangeError(`expected two variants, got ${entries.length}${entries.length > 0 ? ` (${entries.map(([name]) => name).join(", ")})` : ""}`);
  return { names: [entries[0][0], entries[1][0]], values: [entries[0][1], entries[1][1]] };
}

export interface Summary {
  readonly n: number;
  readonly mean: number;
  /** Of the sample, divided by n - 1. */
  readonly variance: number;
}

/** Of at least two finite numbers. */
export function summarize(name: string, values: ArrayLike<number>): Summary {
  const n = values?.length ?? 0;
  if (n < 2) throw new RangeError(`expected at least 2 numbers in ${name}, got ${n}`);
  let [mean, squares] = [0, 0];
  for (let at = 0; at < n; at++) {
    if (!Number.isFinite(values[at])) throw new RangeError(`expected finite numbers in ${name}, got ${shown(values[at])} at index ${at}`);
    const step = values[at] - mean;
    mean += step / (at + 1);
    squares += step * (values[at] - mean);
  }
  return { n, mean, variance: squares / (n - 1) };
}
