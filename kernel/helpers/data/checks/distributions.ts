import { allFinite, known, whole } from "../../arguments.js";
import { quantile, sorted } from "../statistics/numbers.js";
import { upperGamma } from "./gamma.js";

export interface TestResult {
  readonly statistic: number;
  /** Chance of a statistic at least as large where both come from one distribution. */
  readonly pValue: number;
}

/**
 * Two-sample Kolmogorov-Smirnov test: the largest gap between the two empirical distributions. The p-value is exact up to 4 million pairs of values (SciPy's method "exact"; with ties it is an upper bound, as there),
 * beyond that the limit distribution.
 *
 * @throws `expected at least 1 value in b, got 0`; `expected finite numbers in a, got NaN at index 3`.
 * @see Hodges 1958
 * @example
 * data.ksTest([1, 2, 3, 4], [3, 4, 5, 6]) // { statistic: 0.5, pValue: 0.7714 }
 */
export function ksTest(a: readonly number[], b: readonly number[]): TestResult {
  for (const [name, values] of Object.entries({ a, b })) if (values.length === 0) throw new RangeError(`expected at least 1 value in ${name}, got 0`);
  const [first, second] = [sorted(allFinite({ a })), sorted(allFinite({ b }))];
  const [n, m] = [first.length, second.length];
  // In whole steps of 1 / (n m), so that the exact count compares equal numbers as equal.
  let gap = 0;
  for (let i = 0, j = 0; i < n || j < m; ) {
    const value = Math.min(i < n ? first[i]! : Infinity, j < m ? second[j]! : Infinity);
    while (i < n && first[i] === value) i += 1;
    while (j < m && second[j] === value) j += 1;
    gap = Math.max(gap, Math.abs(i * m - j * n));
  }
  const statistic = gap / (n * m);
  return Object.freeze({ statistic, pValue: n * m <= 4e6 ? exactTail(n, m, gap) : limitTail(statistic * Math.sqrt((n * m) / (n + m))) });
}

/** The share of lattice paths from (0, 0) to (n, m) that come as far from the diagonal as the gap; as probabilities, row by row, so that nothing overflows, and without a difference, so that small ones are exact. */
function exactTail(n: number, m: number, gap: number): number {
  if (gap === 0) return 1;
  // outside[j]: chance that a random path to (i, j) has touched the bound.
  const outside = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      if (Math.abs(i * m - j * n) >= gap) outside[j] = 1;
      else if (i + j > 0) outside[j] = ((i > 0 ? outside[j]! * i : 0) + (j > 0 ? outside[j - 1]! * j : 0)) / (i + j);
    }
  }
  return Math.min(1, outside[m]!);
}

/** Kolmogorov's limit distribution, upper tail. */
function limitTail(x: number): number {
  if (x < 0.2) return 1;
  let total = 0;
  for (let k = 1; k <= 100; k++) {
    const term = Math.exp(-2 * k * k * x * x);
    total += k % 2 ? term : -term;
    if (term < 1e-18) break;
  }
  return Math.max(0, Math.min(1, 2 * total));
}

/**
 * Pearson's chi-squared test of independence of a table of counts, without continuity correction (SciPy's `chi2_contingency`, `correction=False`). Rows and columns of zeros are left out.
 *
 * @param counts one row a group, one number a category.
 * @returns also `freedom`, and `least`, the smallest expected count: below 5 the p-value is rough.
 * @throws `expected counts >= 0, got -1`; `expected rows of 2 numbers, got 3 in row 1`; `expected at least 2 rows and 2 columns with counts, got 1 and 2`.
 * @example
 * data.chiSquaredTest([[10, 20], [20, 10]]) // { statistic: 6.666667, freedom: 1, least: 15 }
 * data.chiSquaredTest([[10, 20], [20, 10]]).pValue // 0.009823
 */
export function chiSquaredTest(counts: readonly (readonly number[])[]): TestResult & { readonly freedom: number; readonly least: number } {
  counts.forEach((row, at) => {
    if (row.length !== counts[0]!.length) throw new RangeError(`expected rows of ${counts[0]!.length} numbers, got ${row.length} in row ${at}`);
    for (const count of row) if (!(count >= 0 && Number.isFinite(count))) throw new RangeError(`expected counts >= 0, got ${count}`);
  });
  const rows = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = (counts[0] ?? []).map((_, at) => counts.reduce((sum, row) => sum + row[at]!, 0));
  const total = rows.reduce((sum, count) => sum + count, 0);
  const [r, c] = [rows, columns].map((sums) => sums.filter((sum) => sum > 0).length) as [number, number];
  if (r < 2 || c < 2) throw new RangeError(`expected at least 2 rows and 2 columns with counts, got ${r} and ${c}`);
  let statistic = 0;
  let least = Infinity;
  counts.forEach((row, i) => row.forEach((count, j) => {
    const expected = (rows[i]! * columns[j]!) / total;
    if (expected === 0) return;
    statistic += (count - expected) ** 2 / expected;
    least = Math.min(least, expected);
  }));
  const freedom = (r - 1) * (c - 1);
  return Object.freeze({ statistic, pValue: upperGamma(freedom / 2, statistic / 2), freedom, least });
}

/**
 * Population stability index: sum of (p - q) ln(p / q) over categories, or over bins that cut the first values into equal parts. Custom: below 0.1 stable, above 0.25 moved.
 * An empty bin counts as half a value, so that the index stays finite.
 *
 * @param options `bins` of numbers, at least 2, default 10.
 * @throws `expected at least 1 value in before, got 0`.
 * @example
 * data.psi(["a", "a", "b", "b"], ["a", "b", "b", "b"]) // 0.2747
 */
export function psi(before: readonly (number | string | boolean)[], after: readonly (number | string | boolean)[], options: { bins?: number } = {}): number {
  known(options, ["bins"]);
  const bins = whole({ bins: options.bins ?? 10 }, 2);
  for (const [name, values] of Object.entries({ before, after })) if (values.length === 0) throw new RangeError(`expected at least 1 value in ${name}, got 0`);
  const numeric = [...before, ...after].every((value) => typeof value === "number");
  let binOf = (value: number | string | boolean): unknown => value;
  if (numeric) {
    const order = sorted(before as number[]);
    const edges = [...new Set(Array.from({ length: bins - 1 }, (_, at) => quantile(order, (at + 1) / bins)))];
    binOf = (value) => edges.filter((edge) => edge < (value as number)).length;
  }
  const [p, q] = [before, after].map((values) => {
    const counts = new Map<unknown, number>();
    for (const value of values) counts.set(binOf(value), (counts.get(binOf(value)) ?? 0) + 1);
    return counts;
  }) as [Map<unknown, number>, Map<unknown, number>];
  let total = 0;
  for (const bin of new Set([...p.keys(), ...q.keys()])) {
    const one = (p.get(bin) ?? 0.5) / before.length;
    const other = (q.get(bin) ?? 0.5) / after.length;
    total += (one - other) * Math.log(one / other);
  }
  return total;
}
