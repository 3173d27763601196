import { fraction, known, whole } from "../../arguments.js";
import { checkRows, type Rows } from "../rows.js";
import { solveSymmetric } from "../solve.js";

export interface CorrelationInput {
  rows: Rows;
  /** The sensitive columns, counted from 0. They are left out of the result. */
  sensitive: readonly number[];
  /** 1: no correlation is left. 0: nothing changes. Default 1. */
  alpha?: number;
}

export interface CorrelationRemoval {
  /** Without the sensitive columns. */
  rows: number[][];
  /** The same for new rows, with the means and coefficients of the rows it was fitted on. */
  transform(rows: Rows): number[][];
}

/**
 * Takes from each feature what a linear regression on the sensitive columns explains of it. Afterwards no feature is correlated with them; dependence that is not linear stays, and the
 * label is not touched. A constant sensitive column explains nothing. Source: fairlearn `CorrelationRemover`, whose numbers it gives.
 *
 * @throws `expected sensitive < 2, got 2`; `expected a column that is not sensitive, got none`.
 * @example fairness.correlationRemover({ rows: [[0, 1], [0, 3], [1, 5], [1, 7]], sensitive: [0] }).rows // [[3], [5], [3], [5]]
 */
export function correlationRemover(input: CorrelationInput): CorrelationRemoval {
  known(input, ["rows", "sensitive", "alpha"]);
  const rows = checkRows("rows", input.rows);
  const alpha = fraction({ alpha: input.alpha ?? 1 });
  const width = rows[0].length;
  const sensitive = [...new Set(input.sensitive.map((column) => whole({ sensitive: column })))];
  if (sensitive.length === 0) throw new RangeError("expected at least one of sensitive, got none");
  for (const column of sensitive) if (column >= width) throw new RangeError(`expected sensitive < ${width}, got ${column}`);
  const others = Array.from({ length: width }, (_, j) => j).filter((j) => !sensitive.includes(j));
  if (others.length === 0) throw new RangeError("expected a column that is not sensitive, got none");
  const means = sensitive.map((s) => rows.reduce((sum, row) => sum + row[s], 0) / rows.length);
  const centred = (row: ArrayLike<number>) => sensitive.map((s, k) => row[s] - means[k]);
  const products = (): Float64Array[] => sensitive.map(() => new Float64Array(sensitive.length));
  const gram = products();
  const cross = others.map(() => new Float64Array(sensitive.length));
  for (const row of rows) {
    const s = centred(row);
    s.forEach((a, i) => s.forEach((b, j) => (gram[i][j] += a * b)));
    others.forEach((j, k) => s.forEach((a, i) => (cross[k][i] += a * row[j])));
  }
  const coefficients = cross.map((right) => solveSymmetric(gram.map((row) => row.slice()), right));
  const transform = (table: Rows): number[][] => {
    if (checkRows("rows", table)[0].length !== width) throw new RangeError(`expected rows of ${width} columns, got ${table[0].length}`);
    return table.map((row) => {
      const s = centred(row);
      return others.map((j, k) => row[j] - alpha * s.reduce((sum, a, i) => sum + a * coefficients[k][i], 0));
    });
  };
  return Object.freeze({ rows: transform(rows), transform });
}
