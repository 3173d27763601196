/** Solves A x = b for a positive definite A (row by row, its lower half is overwritten), into b: Cholesky. */
export function solveInPlace(a: Float64Array, b: Float64Array, size: number): void {
  for (let j = 0; j < size; j++) {
    let sum = a[j * size + j];
    for (let k = 0; k < j; k++) sum -= a[j * size + k] ** 2;
    const pivot = Math.sqrt(sum);
    a[j * size + j] = pivot;
    for (let i = j + 1; i < size; i++) {
      let value = a[i * size + j];
      for (let k = 0; k < j; k++) value -= a[i * size + k] * a[j * size + k];
      a[i * size + j] = value / pivot;
    }
  }
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) b[i] -= a[i * size + k] * b[k];
    b[i] /= a[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) b[i] -= a[k * size + i] * b[k];
    b[i] /= a[i * size + i];
  }
}

/** Adds weight * v v' to the lower half of A. */
export function addOuter(a: Float64Array, v: Float64Array, at: number, size: number, weight: number): void {
  for (let i = 0; i < size; i++) {
    const scaled = weight * v[at + i];
    for (let j = 0; j <= i; j++) a[i * size + j] += scaled * v[at + j];
  }
}
