/**
 * Solves `a x = b` for a symmetric positive semi-definite `a` (n x n, one after the other; overwritten) by Cholesky.
 * A pivot below `1e-12` of the largest diagonal is a column that the others already say: its unknown is 0.
 *
 * @param b right-hand sides, n x k; overwritten with the solution
 */
export function solveSymmetric(a: Float64Array, b: Float64Array, n: number, k = 1): Float64Array {
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, a[i * n + i]);
  const least = largest * 1e-12;
  const dead = new Uint8Array(n);
  for (let j = 0; j < n; j++) {
    let pivot = a[j * n + j];
    for (let m = 0; m < j; m++) pivot -= a[j * n + m] ** 2;
    dead[j] = pivot <= least ? 1 : 0;
    const root = dead[j] ? 1 : Math.sqrt(pivot);
    a[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      let sum = a[i * n + j];
      for (let m = 0; m < j; m++) sum -= a[i * n + m] * a[j * n + m];
      a[i * n + j] = dead[j] ? 0 : sum / root;
    }
    if (dead[j]) for (let m = 0; m < j; m++) a[j * n + m] = 0;
  }
  for (let column = 0; column < k; column++) {
    for (let i = 0; i < n; i++) {
      let sum = b[i * k + column];
      for (let m = 0; m < i; m++) sum -= a[i * n + m] * b[m * k + column];
      b[i * k + column] = dead[i] ? 0 : sum / a[i * n + i];
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = b[i * k + column];
      for (let m = i + 1; m < n; m++) sum -= a[m * n + i] * b[m * k + column];
      b[i * k + column] = dead[i] ? 0 : sum / a[i * n + i];
    }
  }
  return b;
}
