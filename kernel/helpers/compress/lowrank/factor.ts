import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { allFinite, known, whole } from "../../arguments.js";

export interface RankOptions {
  /** Columns that stay. One of `rank` and `energy`. */
  rank?: number;
  /** The smallest rank whose squared singular values are this part of all, above 0 up to 1. */
  energy?: number;
}

export interface Factors {
  readonly rank: number;
  /** [rows, rank]: left singular vectors times the roots of the singular values; row by row. */
  readonly left: Float32Array;
  /** [rank, columns]: roots of the singular values times right singular vectors. */
  readonly right: Float32Array;
  readonly singularValues: Float64Array;
  /** Part of the sum of squares that stays. */
  readonly energy: number;
}

/**
 * The best approximation of a matrix by a product of two thin ones (Eckart-Young): `left x right`, from the singular value decomposition. Smaller where `rank (rows + columns) < rows columns`.
 *
 * @param matrix rows of numbers
 * @throws `expected one of rank and energy, got 0`; `expected rank from 1 to 2, got 3`; `expected energy above 0 up to 1, got 90`
 * @example
 * const { rank, energy } = compress.factorise([[2, 0], [0, 1]], { rank: 1 });
 * [rank, energy] // [1, 0.8]
 */
export function factorise(matrix: readonly ArrayLike<number>[], options: RankOptions): Factors {
  known(options, ["rank", "energy"]);
  const given = [options.rank, options.energy].filter((one) => one !== undefined).length;
  if (given !== 1) throw new TypeError(`expected one of rank and energy, got ${given}`);
  if (matrix.length === 0 || matrix[0]!.length === 0) throw new RangeError("expected a matrix with at least one row and column, got none");
  const columns = matrix[0]!.length;
  matrix.forEach((row, at) => {
    if (row.length !== columns) throw new RangeError(`expected rows of ${columns} numbers, got ${row.length} in row ${at}`);
    allFinite({ matrix: row });
  });
  const most = Math.min(matrix.length, columns);
  if (options.rank !== undefined && whole({ rank: options.rank }, 1) > most) throw new RangeError(`expected rank from 1 to ${most}, got ${options.rank}`);
  if (options.energy !== undefined && !(options.energy > 0 && options.energy <= 1)) throw new RangeError(`expected energy above 0 up to 1, got ${options.energy}`);
  const svd = new SingularValueDecomposition(new Matrix(matrix.map((row) => Array.from(row))), { autoTranspose: true });
  const values = Float64Array.from(svd.diagonal.slice(0, most));
  const total = values.reduce((sum, value) => sum + value * value, 0);
  const rank = options.rank ?? enough(values, total, options.energy!);
  const left = new Float32Array(matrix.length * rank);
  const right = new Float32Array(rank * columns);
  let kept = 0;
  for (let k = 0; k < rank; k++) {
    const root = Math.sqrt(values[k]!);
    kept += values[k]! ** 2;
    for (let row = 0; row < matrix.length; row++) left[row * rank + k] = root * svd.leftSingularVectors.get(row, k);
    for (let column = 0; column < columns; column++) right[k * columns + column] = root * svd.rightSingularVectors.get(column, k);
  }
  return Object.freeze({ rank, left, right, singularValues: values, energy: total === 0 ? 1 : kept / total });
}

function enough(values: Float64Array, total: number, energy: number): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) {
    sum += values[k]! ** 2;
    if (sum >= energy * total * (1 - 1e-12)) return k + 1;
  }
  return values.length;
}
