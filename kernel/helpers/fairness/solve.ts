/** Solves the symmetric, not negative system `matrix x = right` in place; a direction without a pivot (a column that others already explain, or a constant one) gets 0. */
export function solveSymmetric(matrix: Float64Array[], right: Float64Array): Float64Array {
  const n = right.length;
  const x = new Float64Array(n);
  const size = matrix.map((row, i) => row[i]);
  const dropped = new Uint8Array(n);
  for (let k = 0; k < n; k++) {
    if (!(matrix[k][k] > 1e-12 * size[k])) {
      dropped[k] = 1;
      continue;
    }
    for (let i = k + 1; i < n; i++) {
      const factor = matrix[i][k] / matrix[k][k];
      if (factor === 0) continue;
      for (let j = k; j < n; j++) matrix[i][j] -= factor * matrix[k][j];
      right[i] -= factor * right[k];
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    if (dropped[k]) continue;
    let rest = right[k];
    for (let j = k + 1; j < n; j++) rest -= matrix[k][j] * x[j];
    x[k] = rest / matrix[k][k];
  }
  return x;
}
