import { say } from "../../../display/language.js";
import { known, nonNegative } from "../../arguments.js";
import type { Examples, Regressor } from "../examples/contract.js";
import { readTargets } from "../examples/labels.js";
import { readExamples, readRows } from "../examples/read.js";
import { shownBy, tableUnder } from "../show.js";
import { number } from "../../../display/number.js";
import { leastSquares } from "./solve.js";

export interface LinearRegressionOptions {
  /** Ridge: the penalty l2 * sum of squared coefficients on the sum of squared errors (scikit-learn's `alpha`); the intercept is free. Default 0. */
  l2?: number;
  /** Default true. */
  intercept?: boolean;
}

export interface LinearRegression extends Regressor {
  /** One a feature. */
  readonly coefficients: readonly number[];
  readonly intercept: number;
  /** On the training rows: share of the variance explained, and mean squared error. */
  readonly r2: number;
  readonly mse: number;
}

/**
 * Linear regression, exactly: the coefficients with the least sum of squared errors (plus `l2` times their squares), by QR and not by steps.
 *
 * Source: ordinary least squares and ridge regression (Hoerl and Kennard 1970); the numbers of scikit-learn's `LinearRegression` and `Ridge`.
 *
 * @throws `expected columns that do not repeat each other, got "b" as a sum of multiples of the others: leave it out, or set l2 > 0` (a constant column repeats the intercept)
 * @example
 * const line = nn.linearRegression({ x: [[1], [2], [3]], y: [3, 5, 7] });
 * line.coefficients // [2.000]
 * line.intercept // 1.000
 * nn.linearRegression({ x: [[1], [2], [3]], y: [3, 5, 7] }, { l2: 2 }).coefficients // [1.000]
 */
export function linearRegression(data: Examples<number>, options: LinearRegressionOptions = {}): LinearRegression {
  known(options, ["l2", "intercept"]);
  const l2 = nonNegative({ l2: options.l2 ?? 0 });
  const { intercept: free = true } = options;
  const examples = readExamples(data);
  const { values, rows, width, features } = examples;
  const y = readTargets(examples.yName, examples.y);
  const weights = examples.weights ?? new Float64Array(rows).fill(1);
  const total = weights.reduce((a, b) => a + b, 0);
  const means = new Float64Array(width);
  let mean = 0;
  for (let row = 0; row < rows; row++) {
    mean += (weights[row] * y[row]) / total;
    for (let k = 0; k < width; k++) means[k] += (weights[row] * values[row * width + k]) / total;
  }
  // Around the means the intercept drops out; the penalty is as many more rows, sqrt(l2) on the diagonal.
  const more = l2 > 0 ? width : 0;
  const x = new Float64Array((rows + more) * width);
  const target = new Float64Array(rows + more);
  const [origins, centre] = free ? [means, mean] : [new Float64Array(width), 0];
  for (let row = 0; row < rows; row++) {
    const root = Math.sqrt(weights[row]);
    target[row] = root * (y[row] - centre);
    for (let k = 0; k < width; k++) {
      const value = values[row * width + k];
      const moved = value - origins[k];
      // What is left of a constant column is rounding.
      x[row * width + k] = Math.abs(moved) <= 1e-14 * Math.abs(value) ? 0 : root * moved;
    }
  }
  for (let k = 0; k < more; k++) x[(rows + k) * width + k] = Math.sqrt(l2);
  const found = leastSquares(x, rows + more, width, target);
  if ("dependent" in found) {
    const why = rows <= width ? `${rows} rows are too few for ${width} columns` : `got "${features[found.dependent]}" as a sum of multiples of the others${free ? " or as a constant" : ""}`;
    throw new RangeError(`expected columns that do not repeat each other, ${why}: leave some out, or set l2 > 0`);
  }
  const beta = found.solution;
  const intercept = free ? mean - beta.reduce((sum, b, k) => sum + b * means[k], 0) : 0;
  const predict = (given: unknown): number[] => {
    const table = readRows(given, features);
    return Array.from({ length: table.rows }, (_, row) => {
      let sum = intercept;
      for (let k = 0; k < width; k++) sum += beta[k] * table.values[row * width + k];
      return sum;
    });
  };
  let [wrong, around] = [0, 0];
  for (let row = 0; row < rows; row++) {
    let said = intercept;
    for (let k = 0; k < width; k++) said += beta[k] * values[row * width + k];
    wrong += weights[row] * (y[row] - said) ** 2;
    around += weights[row] * (y[row] - mean) ** 2;
  }
  const r2 = around > 0 ? 1 - wrong / around : wrong > 0 ? 0 : 1;
  const model: LinearRegression = { features, coefficients: Object.freeze(Array.from(beta)), intercept, r2, mse: wrong / total, predict };
  return shownBy(model, () => tableUnder(say(`Linear regression${l2 > 0 ? `, l2 ${l2}` : ""}: R2 ${number(r2)}, mean squared error ${number(model.mse)} on ${rows} training rows`, `线性回归${l2 > 0 ? `，l2 ${l2}` : ""}：${rows} 行训练数据上 R2 ${number(r2)}，均方误差 ${number(model.mse)}`),
    [...(free ? [{ feature: "intercept", coefficient: intercept }] : []), ...features.map((feature, k) => ({ feature, coefficient: beta[k] }))]));
}
