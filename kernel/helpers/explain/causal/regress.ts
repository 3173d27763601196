import { solveSymmetric } from "../linear/solve.js";

/** Least squares; `weights` leaves rows out (0) or in (1). */
export function leastSquares(x: Float64Array, width: number, y: ArrayLike<number>, weights?: ArrayLike<number>): Float64Array {
  const a = new Float64Array(width * width);
  const b = new Float64Array(width);
  for (let row = 0; row < y.length; row++) {
    const w = weights ? weights[row] : 1;
    if (w === 0) continue;
    for (let i = 0; i < width; i++) {
      const value = w * x[row * width + i];
      b[i] += value * y[row];
      for (let j = 0; j < width; j++) a[i * width + j] += value * x[row * width + j];
    }
  }
  return solveSymmetric(a, b, width);
}

/** Logistic regression by Newton's method, no penalty. Throws where the covariates tell the treated from the others without error. */
export function propensities(x: Float64Array, width: number, treated: ArrayLike<number>): Float64Array {
  const beta = new Float64Array(width);
  const p = new Float64Array(treated.length);
  for (let round = 0; round < 50; round++) {
    const a = new Float64Array(width * width);
    const b = new Float64Array(width);
    for (let row = 0; row < treated.length; row++) {
      p[row] = 1 / (1 + Math.exp(-dot(x, row, width, beta)));
      const w = p[row] * (1 - p[row]);
      for (let i = 0; i < width; i++) {
        const value = x[row * width + i];
        b[i] += value * (treated[row] - p[row]);
        for (let j = 0; j < width; j++) a[i * width + j] += w * value * x[row * width + j];
      }
    }
    const step = solveSymmetric(a, b, width);
    let largest = 0;
    for (let i = 0; i < width; i++) {
      beta[i] += step[i];
      largest = Math.max(largest, Math.abs(step[i]));
    }
    if (largest < 1e-10) {
      for (let row = 0; row < p.length; row++) p[row] = 1 / (1 + Math.exp(-dot(x, row, width, beta)));
      return p;
    }
  }
  throw new RangeError("expected covariates that leave both treatments possible (overlap), got ones that tell them apart without error");
}

export function dot(x: Float64Array, row: number, width: number, beta: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += x[row * width + i] * beta[i];
  return sum;
}
