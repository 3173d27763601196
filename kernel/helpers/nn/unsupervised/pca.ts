import { say } from "../../../display/language.js";
import { known, oneOf, shown } from "../../arguments.js";
import { number } from "../../../display/number.js";
import type { Points, Rows } from "../examples/contract.js";
import { readPoints, readRows, toTable } from "../examples/read.js";
import { frozen, shownBy, tableUnder } from "../show.js";
import { byCovariance, bySingularValues } from "./directions.js";

export interface PcaOptions {
  /** How many components; or, above 0 and below 1, as many as explain this share of the variance. Default: min(rows, columns). */
  components?: number;
  /** Divide the scores by their deviations, so that each has variance 1. Default false. */
  whiten?: boolean;
  /**
   * "svd": of the centred rows, exact for the smallest variances too. "covariance": eigenvectors of the covariance matrix, faster for many rows; variances below 1e-15 of the largest are rounding.
   * "auto" (default): for up to 1,000 columns "covariance" from ten times as many rows as columns on, or from as many rows as columns on where rows * columns^2 passes 2e8 (seconds of "svd"); else "svd".
   */
  solver?: "auto" | "svd" | "covariance";
}

export interface Pca {
  readonly features: readonly string[];
  /** A row a component, of length 1; rows are at right angles. The entry of largest magnitude is positive. */
  readonly components: readonly (readonly number[])[];
  /** Variance (divided by n - 1) along each. */
  readonly explainedVariance: readonly number[];
  /** The same as a share of the whole, dropped components included. */
  readonly explainedVarianceRatio: readonly number[];
  readonly singularValues: readonly number[];
  readonly mean: readonly number[];
  /** Scores: a row a row given, a column a component. */
  readonly transform: (rows: Rows) => number[][];
  /** From scores back to features; exact where no component was dropped. */
  readonly inverse: (scores: readonly ArrayLike<number>[]) => number[][];
}

/**
 * Principal components: the directions in which points vary most. Features of different units want `data.standardize` first.
 * A component's sign means nothing; here its largest entry is positive (the first of equals), as in scikit-learn since 1.5.
 *
 * Source: Pearson (1901), Hotelling (1933); the numbers of scikit-learn's `PCA`.
 *
 * @throws `expected at least 2 points, got 1`; `expected components from 1 to 2, or a share above 0 and below 1, got 3`; `expected points that differ, got 3 equal ones`
 * @example
 * const found = nn.pca([[0, 0], [1, 1], [2, 2]], { components: 1 });
 * found.components // [[0.707, 0.707]]
 * found.explainedVarianceRatio // [1.000]
 * found.inverse(found.transform([[5, 5]])) // [[5.000, 5.000]]
 */
export function pca(points: Points, options: PcaOptions = {}): Pca {
  known(options, ["components", "whiten", "solver"]);
  const { values, rows, width, features } = readPoints(points);
  if (rows < 2) throw new RangeError(`expected at least 2 points, got ${rows}`);
  const mean = new Float64Array(width);
  for (let at = 0; at < values.length; at++) mean[at % width] += values[at] / rows;
  const centred = values.map((value, at) => value - mean[at % width]);
  const solver = oneOf({ solver: options.solver ?? "auto" }, ["auto", "svd", "covariance"]);
  const most = Math.min(rows, width);
  const covariance = solver === "covariance" || (solver === "auto" && width <= 1000 && (rows >= 10 * width || (rows >= width && rows * width ** 2 > 2e8)));
  const { variances, direction } = (covariance ? byCovariance : bySingularValues)(centred, rows, width);
  const whole = variances.reduce((a, b) => a + b, 0);
  if (!(whole > 0)) throw new RangeError(`expected points that differ, got ${rows} equal ones`);
  const ratios = variances.map((value) => value / whole);
  const count = howMany(options.components ?? most, ratios, most);
  const components = Array.from({ length: count }, (_, k) => {
    const entries = direction(k);
    const peak = entries.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    return peak < 0 ? entries.map((value) => -value) : entries;
  });
  const scale = Array.from({ length: count }, (_, k) => (options.whiten ? Math.sqrt(variances[k]) : 1));
  const flat = options.whiten ? scale.findIndex((value) => value < 1e-12 * scale[0]) : -1;
  if (flat >= 0) throw new RangeError(`expected components to have some variance to whiten, got none along component ${flat}: keep ${flat}`);
  const result: Pca = frozen({
    features, components, explainedVariance: variances.slice(0, count), explainedVarianceRatio: ratios.slice(0, count), singularValues: variances.slice(0, count).map((value) => Math.sqrt(value * (rows - 1))), mean: Array.from(mean),
    transform: (given: Rows) => {
      const table = readRows(given, features);
      return Array.from({ length: table.rows }, (_, row) => components.map((entries, k) => {
        let sum = 0;
        for (let j = 0; j < width; j++) sum += (table.values[row * width + j] - mean[j]) * entries[j];
        return sum / scale[k];
      }));
    },
    inverse: (scores: readonly ArrayLike<number>[]) => {
      const table = toTable("scores", scores, count);
      return Array.from({ length: table.rows }, (_, row) => Array.from({ length: width }, (__, j) => {
        let sum = mean[j];
        for (let k = 0; k < count; k++) sum += table.values[row * count + k] * scale[k] * components[k][j];
        return sum;
      }));
    },
  });
  const told = ratios.slice(0, count).reduce((a, b) => a + b, 0);
  return shownBy({ ...result }, () => tableUnder(say(`${count} of ${most} principal components, ${number(100 * told, 3)}% of the variance`, `${most} 个主成分中的 ${count} 个，占方差的 ${number(100 * told, 3)}%`), components.map((entries, k) => ({ component: k, variance: variances[k], share: ratios[k], ...Object.fromEntries(entries.map((value, j) => [features[j], value])) }))));
}

function howMany(components: number, ratios: readonly number[], most: number): number {
  if (components > 0 && components < 1) {
    let sum = 0;
    const enough = ratios.findIndex((ratio) => (sum += ratio) >= components - 1e-12);
    return enough < 0 ? most : enough + 1;
  }
  if (!Number.isInteger(components) || components < 1 || components > most) throw new RangeError(`expected components from 1 to ${most}, or a share above 0 and below 1, got ${shown(components)}`);
  return components;
}
