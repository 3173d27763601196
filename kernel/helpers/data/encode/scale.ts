import { known, whole } from "../../arguments.js";
import { quantile, sorted } from "../statistics/numbers.js";

/** Learned from training rows, to be applied to any rows; column by column. */
interface Applied {
  apply(rows: readonly (readonly number[])[]): number[][];
}

export interface MinMaxScaler extends Applied {
  readonly min: readonly number[];
  readonly max: readonly number[];
}

export interface RobustScaler extends Applied {
  readonly median: readonly number[];
  /** Interquartile range; 1 for a column whose quartiles are equal. */
  readonly range: readonly number[];
}

export interface Binner extends Applied {
  /** Of each column, increasing; the first and last are the smallest and largest training values. */
  readonly edges: readonly (readonly number[])[];
}

/**
 * Columns moved and stretched so that the training values fill [from, to]; other rows may fall outside. A constant column becomes `from`.
 *
 * @throws `expected at least 1 row, got 0`; `expected rows of 2 numbers, got 3 in row 4`; `expected finite numbers, got NaN in row 0`; `expected range from below to, got 1 and 0`.
 * @example
 * data.minMax([[0], [10]]).apply([[5], [20]]) // [[0.5], [2]]
 */
export function minMax(rows: readonly (readonly number[])[], options: { range?: readonly [from: number, to: number] } = {}): MinMaxScaler {
  known(options, ["range"]);
  const [from, to] = options.range ?? [0, 1];
  if (!(from < to)) throw new RangeError(`expected range from below to, got ${from} and ${to}`);
  const columns = columnsOf(rows);
  const min = Object.freeze(columns.map((values) => values[0]!));
  const max = Object.freeze(columns.map((values) => values.at(-1)!));
  return Object.freeze({ min, max, apply: apply(columns.length, (value, at) => from + ((value - min[at]!) / (max[at]! - min[at]! || 1)) * (to - from)) });
}

/**
 * (x - median) / interquartile range, column by column: a few wild values do not move it.
 *
 * @throws as `minMax`.
 * @example
 * data.robust([[1], [2], [3], [4], [1000]]).apply([[4]]) // [[0.5]]
 */
export function robust(rows: readonly (readonly number[])[]): RobustScaler {
  const columns = columnsOf(rows);
  const median = Object.freeze(columns.map((values) => quantile(values, 0.5)));
  const range = Object.freeze(columns.map((values) => quantile(values, 0.75) - quantile(values, 0.25) || 1));
  return Object.freeze({ median, range, apply: apply(columns.length, (value, at) => (value - median[at]!) / range[at]!) });
}

/**
 * Each column as the number of its bin, 0 to bins - 1; bins hold equally many training values, up to ties. Bins are [edge, next edge), the last with its end; values outside go to the first or last bin.
 * Equal edges are joined, so a column with few values has fewer bins.
 *
 * @param options `bins`, at least 2 (default 4).
 * @throws as `minMax`; `expected bins to be a whole number >= 2, got 1`.
 * @example
 * data.quantileBins([[1], [2], [3], [4]], { bins: 2 }).apply([[1], [2.5], [9]]) // [[0], [1], [1]]
 */
export function quantileBins(rows: readonly (readonly number[])[], options: { bins?: number } = {}): Binner {
  known(options, ["bins"]);
  const bins = whole({ bins: options.bins ?? 4 }, 2);
  const edges = Object.freeze(columnsOf(rows).map((values) => Object.freeze([...new Set(Array.from({ length: bins + 1 }, (_, at) => quantile(values, at / bins)))])));
  return Object.freeze({ edges, apply: apply(edges.length, (value, at) => binOf(edges[at]!, value)) });
}

/** Place among inner edges. */
export function binOf(edges: readonly number[], value: number): number {
  let bin = 0;
  while (bin + 2 < edges.length && value >= edges[bin + 1]!) bin += 1;
  return bin;
}

/** Sorted columns. */
function columnsOf(rows: readonly (readonly number[])[]): Float64Array[] {
  if (rows.length === 0) throw new RangeError("expected at least 1 row, got 0");
  const width = rows[0]!.length;
  check(rows, width);
  return Array.from({ length: width }, (_, at) => sorted(rows.map((row) => row[at]!)));
}

const apply = (width: number, make: (value: number, column: number) => number) => (rows: readonly (readonly number[])[]): number[][] => {
  check(rows, width);
  return rows.map((row) => row.map(make));
};

function check(rows: readonly (readonly number[])[], width: number): void {
  rows.forEach((row, at) => {
    if (row.length !== width) throw new RangeError(`expected rows of ${width} numbers, got ${row.length} in row ${at}`);
    for (const value of row) if (!Number.isFinite(value)) throw new RangeError(`expected finite numbers, got ${String(value)} in row ${at}`);
  });
}
