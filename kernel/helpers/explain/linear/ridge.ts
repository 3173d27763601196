import { solveSymmetric } from "./solve.js";

export interface LinearFit {
  intercept: number;
  coefficients: Float64Array;
  /** Weighted share of the variance that the line explains (R squared); NaN where the targets do not vary. */
  score: number;
}

/**
 * Weighted least squares with a penalty `alpha` on the squared coefficients; the intercept is free.
 *
 * @param x rows x width, one after the other
 * @param columns which columns take part
 */
export function ridge(x: Float64Array, width: number, y: ArrayLike<number>, weights: ArrayLike<number>, alpha: number, columns: readonly number[]): LinearFit {
  const [rows, n] = [y.length, columns.length];
  let varies = false;
  for (let r = 1; r < rows; r++) varies ||= y[r] !== y[0];
  if (!varies) return { intercept: y[0], coefficients: new Float64Array(n), score: Number.NaN };
  let total = 0;
  let meanY = 0;
  const mean = new Float64Array(n);
  for (let r = 0; r < rows; r++) {
    total += weights[r];
    meanY += weights[r] * y[r];
    for (let i = 0; i < n; i++) mean[i] += weights[r] * x[r * width + columns[i]];
  }
  meanY /= total;
  for (let i = 0; i < n; i++) mean[i] /= total;
  const a = new Float64Array(n * n);
  const b = new Float64Array(n);
  const centred = new Float64Array(n);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < n; i++) centred[i] = x[r * width + columns[i]] - mean[i];
    for (let i = 0; i < n; i++) {
      const weighted = weights[r] * centred[i];
      b[i] += weighted * (y[r] - meanY);
      for (let j = 0; j <= i; j++) a[i * n + j] += weighted * centred[j];
    }
  }
  for (let i = 0; i < n; i++) {
    a[i * n + i] += alpha;
    for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j];
  }
  const coefficients = solveSymmetric(a, b, n);
  let intercept = meanY;
  for (let i = 0; i < n; i++) intercept -= coefficients[i] * mean[i];
  let [residual, spread] = [0, 0];
  for (let r = 0; r < rows; r++) {
    let guess = intercept;
    for (let i = 0; i < n; i++) guess += coefficients[i] * x[r * width + columns[i]];
    residual += weights[r] * (y[r] - guess) ** 2;
    spread += weights[r] * (y[r] - meanY) ** 2;
  }
  return { intercept, coefficients, score: 1 - residual / spread };
}
