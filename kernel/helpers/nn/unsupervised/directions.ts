import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from "ml-matrix";
import { matrixOf } from "../linear/solve.js";

/** Variances along directions, falling, min(rows, columns) of them; the directions by their place. */
export interface Directions {
  variances: number[];
  direction(k: number): number[];
}

export function bySingularValues(centred: Float64Array, rows: number, width: number): Directions {
  const svd = new SingularValueDecomposition(matrixOf(centred, rows, width), { computeLeftSingularVectors: false, computeRightSingularVectors: true, autoTranspose: true });
  const right = svd.rightSingularVectors;
  return { variances: svd.diagonal.slice(0, Math.min(rows, width)).map((value) => value ** 2 / (rows - 1)), direction: (k) => Array.from({ length: width }, (_, j) => right.get(j, k)) };
}

export function byCovariance(centred: Float64Array, rows: number, width: number): Directions {
  const sums = new Float64Array(width * width);
  for (let row = 0, from = 0; row < rows; row++, from += width) for (let j = 0; j < width; j++) {
    const value = centred[from + j];
    if (value !== 0) for (let i = 0, at = j * width; i <= j; i++) sums[at + i] += value * centred[from + i];
  }
  const matrix = new Matrix(width, width);
  for (let j = 0; j < width; j++) for (let i = 0; i <= j; i++) {
    matrix.set(j, i, sums[j * width + i] / (rows - 1));
    matrix.set(i, j, sums[j * width + i] / (rows - 1));
  }
  const { realEigenvalues: values, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const order = Array.from(values.keys()).sort((a, b) => values[b] - values[a]).slice(0, Math.min(rows, width));
  // A variance is not negative; rounding may be.
  return { variances: order.map((at) => Math.max(0, values[at])), direction: (k) => Array.from({ length: width }, (_, j) => vectors.get(j, order[k])) };
}
