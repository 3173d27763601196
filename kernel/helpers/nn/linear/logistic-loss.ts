import { Matrix } from "ml-matrix";

/** A smooth convex function of parameters. */
export interface Objective {
  size: number;
  /** Its value; the gradient is written to `gradient`. */
  at(theta: Float64Array, gradient: Float64Array): number;
  hessian(theta: Float64Array): Matrix;
}

export interface LogisticProblem {
  /** Row-major, the last column 1 where there is an intercept. */
  x: Float64Array;
  rows: number;
  width: number;
  codes: Int32Array;
  /** 1 for two classes (the score of the second), else one a class. */
  outputs: number;
  weights: Float64Array;
  /** Penalty of each column, times the square of its coefficient, halved. */
  penalty: Float64Array;
}

/** Sum of weighted log-losses plus penalties. Parameters: output k's coefficient of column j at [k * width + j]. */
export function logisticLoss(problem: LogisticProblem): Objective {
  const { x, rows, width, codes, outputs, weights, penalty } = problem;
  const size = outputs * width;
  const share = new Float64Array(outputs);

  /** Fills `share` with the probabilities of a row (one output: of the second class) and gives its loss. */
  function rowLoss(theta: Float64Array, row: number): number {
    let most = -Infinity;
    for (let k = 0; k < outputs; k++) {
      let z = 0;
      for (let j = 0, a = k * width, b = row * width; j < width; j++) z += theta[a + j] * x[b + j];
      share[k] = z;
      if (z > most) most = z;
    }
    if (outputs === 1) {
      const z = share[0];
      share[0] = 1 / (1 + Math.exp(-z));
      return Math.max(z, 0) - z * codes[row] + Math.log1p(Math.exp(-Math.abs(z)));
    }
    const own = share[codes[row]];
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += share[k] = Math.exp(share[k] - most);
    for (let k = 0; k < outputs; k++) share[k] /= sum;
    return Math.log(sum) + most - own;
  }

  return {
    size,
    at(theta, gradient) {
      let total = 0;
      for (let at = 0; at < size; at++) {
        const scaled = penalty[at % width] * theta[at];
        total += 0.5 * scaled * theta[at];
        gradient[at] = scaled;
      }
      for (let row = 0; row < rows; row++) {
        total += weights[row] * rowLoss(theta, row);
        for (let k = 0; k < outputs; k++) {
          const pull = weights[row] * (share[k] - (outputs === 1 ? codes[row] : codes[row] === k ? 1 : 0));
          if (pull !== 0) for (let j = 0, a = k * width, b = row * width; j < width; j++) gradient[a + j] += pull * x[b + j];
        }
      }
      return total;
    },
    hessian(theta) {
      const flat = new Float64Array(size * size);
      let total = 0;
      for (let row = 0; row < rows; row++) {
        rowLoss(theta, row);
        const b = row * width;
        total += weights[row];
        for (let k = 0; k < outputs; k++) for (let l = 0; l <= k; l++) {
          const curve = weights[row] * share[k] * ((k === l ? 1 : 0) - share[l]);
          for (let j = 0; j < width; j++) {
            const scaled = curve * x[b + j];
            if (scaled !== 0) for (let i = 0, at = (k * width + j) * size + l * width, last = k === l ? j : width - 1; i <= last; i++) flat[at + i] += scaled * x[b + i];
          }
        }
      }
      for (let at = 0; at < size; at++) flat[at * size + at] += penalty[at % width];
      // The same amount on all classes changes no probability: where no penalty settles it, the direction is given a slope of its own, along which the gradient is 0.
      if (outputs > 1) for (let j = 0; j < width; j++) if (penalty[j] === 0) for (let k = 0; k < outputs; k++) for (let l = 0; l <= k; l++) flat[(k * width + j) * size + l * width + j] += total / outputs;
      const matrix = new Matrix(size, size);
      for (let a = 0; a < size; a++) for (let b = 0; b <= a; b++) {
        matrix.set(a, b, flat[a * size + b]);
        matrix.set(b, a, flat[a * size + b]);
      }
      return matrix;
    },
  };
}
