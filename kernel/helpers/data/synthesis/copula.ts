import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { known, shown, whole } from "../../arguments.js";
import { normalCdf, normalQuantile } from "../../privacy/mechanisms/special.js";
import { random } from "../random.js";
import { pearson, quantile, ranks, sorted, tally } from "../statistics/numbers.js";
import { kindOf } from "../table/kind.js";
import { chosen, frameOf, isMissing, type AnyRow, type Rows } from "../table/rows.js";
import { fromColumns, type Table } from "../table/table.js";

/** Learned from real rows; makes up as many as you like. It holds the rows' own values: it hides nobody. */
export interface Copula {
  readonly names: readonly string[];
  /** Correlation of the columns on the normal scale. */
  readonly correlation: readonly (readonly number[])[];
  /** `seed` default 1. */
  sample(count: number, options?: { seed?: number }): Table;
}

interface Margin {
  /** Place of each row on the normal scale; NaN where missing. */
  scores: Float64Array;
  missing: number;
  /** The value at a share from 0 to 1. */
  value(share: number): unknown;
}

/**
 * A Gaussian copula: each column keeps its own distribution (numbers and dates by their quantiles, whole numbers stay whole, categories by their shares), and columns go together as correlated normal variables do.
 * What it does not keep: dependence that a correlation does not see, rules between columns, and where values are missing together (each column is missing by chance, as often as before).
 * It is no protection: extreme values are real people's. For that see `synthesizePrivately`.
 *
 * @throws `expected at least 3 rows, got 2`; `unknown column: area (columns: ...)`; `expected values in column note, got none`; `expected numbers, dates or categories in column tags, got an array of 2`.
 * @see Nelsen, An Introduction to Copulas, 2006
 * @example
 * const rows = Array.from({ length: 200 }, (_, i) => ({ x: i, y: 2 * i + (i % 7), side: i % 4 ? "left" : "right" }));
 * const made = data.copula(rows).sample(1000, { seed: 1 });
 * made.columnNames() // ["x", "y", "side"]
 * Math.abs(made.filter((row) => row.side === "right").numRows() / 1000 - 0.25) < 0.04 // true
 */
export function copula(rows: Rows<object>, options: { columns?: readonly string[] } = {}): Copula {
  known(options, ["columns"]);
  const frame = frameOf(rows);
  if (frame.length < 3) throw new RangeError(`expected at least 3 rows, got ${frame.length}`);
  const names = Object.freeze([...chosen(frame, options.columns)]);
  const margins = names.map((name) => marginOf(name, frame.column(name)));
  const raw = margins.map((a, i) => margins.map((b, j) => (i === j ? 1 : pearson(a.scores, b.scores) || 0)));
  const { correlation, root } = repaired(raw);
  return Object.freeze({
    names,
    correlation: Object.freeze(correlation.map((row) => Object.freeze(row))),
    sample(count: number, { seed = 1 }: { seed?: number } = {}) {
      whole({ count }, 1);
      const draw = random(seed);
      const columns = names.map(() => new Array<unknown>(count));
      for (let row = 0; row < count; row++) {
        const free = names.map(() => draw.normal());
        margins.forEach((margin, at) => {
          const z = root[at]!.reduce((sum, weight, k) => sum + weight * free[k]!, 0);
          columns[at]![row] = draw.uniform() < margin.missing ? null : margin.value(normalCdf(z));
        });
      }
      return fromColumns<AnyRow>(Object.fromEntries(names.map((name, at) => [name, columns[at]!])), names);
    },
  });
}

function marginOf(name: string, values: readonly unknown[]): Margin {
  const there = values.filter((value) => !isMissing(value));
  if (there.length === 0) throw new RangeError(`expected values in column ${name}, got none`);
  const missing = 1 - there.length / values.length;
  const kind = kindOf(there);
  if (kind === "number" || kind === "date") {
    const order = sorted(there.map(Number));
    const integers = order.every(Number.isInteger);
    const rank = ranks(there.map(Number));
    const of = (share: number) => (integers ? order[Math.min(order.length - 1, Math.floor(share * order.length))]! : quantile(order, share));
    return { missing, scores: spread(values, Float64Array.from(rank, (one) => normalQuantile(one / (there.length + 1)))), value: (share) => (kind === "date" ? new Date(of(share)) : of(share)) };
  }
  if (kind !== "text" && kind !== "boolean") throw new TypeError(`expected numbers, dates or categories in column ${name}, got ${kind === "mixed" ? "a mix" : shown(there[0])}`);
  // Categories are neighbouring intervals of the normal scale, the commonest first; a row stands in the middle of its own.
  const shares = tally(there);
  const ends: number[] = [];
  let end = 0;
  for (const [, count] of shares) ends.push((end += count / there.length));
  const middles = new Map(shares.map(([value, count], at) => [value, normalQuantile(ends[at]! - count / there.length / 2)]));
  return {
    missing, scores: Float64Array.from(values, (value) => (isMissing(value) ? Number.NaN : middles.get(value)!)),
    value: (share) => shares[Math.max(0, ends.findIndex((one) => share <= one))]?.[0] ?? shares.at(-1)![0],
  };
}

/** Scores of the values that are there, put back in their rows. */
function spread(values: readonly unknown[], scores: Float64Array): Float64Array {
  let at = 0;
  return Float64Array.from(values, (value) => (isMissing(value) ? Number.NaN : scores[at++]!));
}

/** Correlations taken pair by pair may belong to no distribution: negative eigenvalues are cut off and the diagonal set to 1 again. `root` times normals has this correlation. */
export function repaired(matrix: readonly (readonly number[])[]): { correlation: number[][]; root: number[][] } {
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(new Matrix(matrix as number[][]), { assumeSymmetric: true });
  const vectors = eigenvectorMatrix.to2DArray();
  const roots = vectors.map((row) => row.map((value, k) => value * Math.sqrt(Math.max(0, realEigenvalues[k]!))));
  const root = roots.map((row) => {
    const length = Math.hypot(...row) || 1;
    return row.map((value) => value / length);
  });
  return { root, correlation: root.map((a) => root.map((b) => a.reduce((sum, value, k) => sum + value * b[k]!, 0))) };
}
