import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { allFinite } from "../../arguments.js";

/**
 * Singular values of a matrix, the largest first: how strongly it stretches along each of its directions. Their squares add up to the sum
 * of the squares of its numbers, so a part of them says which part of the matrix so many directions hold.
 *
 * Three times as fast as `factorise`, which also works out the directions.
 *
 * @param matrix rows of numbers
 * @throws `expected a matrix with at least one row and column, got none`; rows of different length
 * @example compress.singularValues([[0, 2], [1, 0]]) // [2, 1]
 */
export function singularValues(matrix: readonly ArrayLike<number>[]): Float64Array {
  if (matrix.length === 0 || matrix[0]!.length === 0) throw new RangeError("expected a matrix with at least one row and column, got none");
  const columns = matrix[0]!.length;
  matrix.forEach((row, at) => {
    if (row.length !== columns) throw new RangeError(`expected rows of ${columns} numbers, got ${row.length} in row ${at}`);
    allFinite({ matrix: row });
  });
  const { diagonal } = new SingularValueDecomposition(new Matrix(matrix.map((row) => Array.from(row))), { autoTranspose: true, computeLeftSingularVectors: false, computeRightSingularVectors: false });
  return Float64Array.from(diagonal.slice(0, Math.min(matrix.length, columns)));
}
