/** Means and standard deviations learned from training rows, to be applied to any rows. */
export interface Standardizer {
  mean: number[];
  /** Population standard deviation (divided by n); 1 for a constant column, which so becomes 0. */
  deviation: number[];
  /** (x - mean) / deviation, column by column. */
  apply(rows: readonly (readonly number[])[]): number[][];
}

/**
 * Learn each column's mean and standard deviation. Learn from training rows only, then apply to both parts.
 *
 * @throws `expected at least 1 row, got 0`; `expected rows of 2 numbers, got 3 in row 4`.
 * @example data.standardize([[1], [3]]).apply([[5]]) // [[3]]
 */
export function standardize(rows: readonly (readonly number[])[]): Standardizer {
  if (rows.length === 0) throw new RangeError("expected at least 1 row, got 0");
  const width = rows[0].length;
  checkWidth(rows, width);
  const mean = Array.from({ length: width }, (_, at) => rows.reduce((sum, row) => sum + row[at], 0) / rows.length);
  const deviation = mean.map((m, at) => Math.sqrt(rows.reduce((sum, row) => sum + (row[at] - m) ** 2, 0) / rows.length) || 1);
  return {
    mean,
    deviation,
    apply: (others) => {
      checkWidth(others, width);
      return others.map((row) => row.map((value, at) => (value - mean[at]) / deviation[at]));
    },
  };
}

function checkWidth(rows: readonly (readonly number[])[], width: number): void {
  const wrong = rows.findIndex((row) => row.length !== width);
  if (wrong >= 0) throw new RangeError(`expected rows of ${width} numbers, got ${rows[wrong].length} in row ${wrong}`);
}
