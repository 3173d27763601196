import { CholeskyDecomposition, Matrix, QrDecomposition } from "ml-matrix";

/** Rows that stand flat in one array, as ml-matrix takes them. */
export function matrixOf(values: Float64Array, rows: number, width: number): Matrix {
  return new Matrix(Array.from({ length: rows }, (_, row) => values.subarray(row * width, (row + 1) * width)));
}

/**
 * Least squares by Householder QR of columns scaled to length 1.
 *
 * @returns the solution, or the first column that the ones before it make up (within 1e-10 of its length)
 */
export function leastSquares(values: Float64Array, rows: number, width: number, target: Float64Array): { solution: Float64Array } | { dependent: number } {
  const length = new Float64Array(width);
  for (let at = 0; at < values.length; at++) length[at % width] += values[at] ** 2;
  for (let k = 0; k < width; k++) {
    length[k] = Math.sqrt(length[k]);
    if (length[k] === 0) return { dependent: k };
  }
  if (rows < width) return { dependent: rows };
  const qr = new QrDecomposition(matrixOf(values.map((value, at) => value / length[at % width]), rows, width));
  const triangle = qr.upperTriangularMatrix;
  for (let k = 0; k < width; k++) if (Math.abs(triangle.get(k, k)) < 1e-10) return { dependent: k };
  const solution = qr.solve(Matrix.columnVector(target));
  return { solution: Float64Array.from({ length: width }, (_, k) => solution.get(k, 0) / length[k]) };
}

/** Solves a symmetric positive definite system; undefined where it is not. */
export function solveDefinite(matrix: Matrix, right: Float64Array): Float64Array | undefined {
  const cholesky = new CholeskyDecomposition(matrix);
  if (!cholesky.isPositiveDefinite()) return undefined;
  const solution = cholesky.solve(Matrix.columnVector(right));
  return Float64Array.from({ length: right.length }, (_, k) => solution.get(k, 0));
}
