import { known, nonNegative, sameLength, whole } from "../../arguments.js";
import { checkWeights } from "../measure/groups.js";
import { checkRows, type Rows } from "../rows.js";
import { solveSymmetric } from "../solve.js";

export interface LogisticOptions {
  /** Strength of the penalty penalty/2 |coefficients|^2 on the sum of weighted losses; the intercept is free. scikit-learn's 1/C. Default 1. */
  penalty?: number;
  /** Newton steps at most. Default 100. */
  iterations?: number;
}

export interface LogisticPredictor {
  readonly coefficients: readonly number[];
  readonly intercept: number;
  /** Steps taken, and whether the last one was below 1e-10. */
  readonly iterations: number;
  readonly converged: boolean;
  /** 0 or 1 a row. */
  predict(rows: Rows): number[];
  /** P(1) a row. */
  predictProba(rows: Rows): number[];
}

export interface LogisticLearner {
  fit(rows: Rows, labels: ArrayLike<number>, weights?: ArrayLike<number>): LogisticPredictor;
}

/**
 * A small weighted logistic regression (Newton's method, halved steps), as the learner of reductions. Features are used as they are: standardise them first.
 *
 * Source: the objective of scikit-learn's `LogisticRegression(C = 1 / penalty)`, whose coefficients it gives.
 *
 * @throws of `fit`: `expected labels 0 and 1, got 2 at index 3`; `expected both classes in labels, got only 1`.
 * @example
 * const model = fairness.logistic({ penalty: 1 }).fit([[0], [1], [2], [3]], [0, 0, 1, 1])
 * model.predict([[0], [3]]) // [0, 1]
 * model.predictProba([[1.5]]) // [0.5]
 */
export function logistic(options: LogisticOptions = {}): LogisticLearner {
  known(options, ["penalty", "iterations"]);
  const penalty = nonNegative({ penalty: options.penalty ?? 1 });
  const most = whole({ iterations: options.iterations ?? 100 }, 1);
  return Object.freeze({ fit: (rows: Rows, labels: ArrayLike<number>, weights?: ArrayLike<number>) => fitLogistic(rows, labels, weights, penalty, most) });
}

function fitLogistic(given: Rows, labels: ArrayLike<number>, givenWeights: ArrayLike<number> | undefined, penalty: number, most: number): LogisticPredictor {
  const rows = checkRows("rows", given);
  sameLength({ rows, labels, weights: givenWeights });
  const weights = checkWeights(givenWeights);
  for (let i = 0; i < labels.length; i++) if (labels[i] !== 0 && labels[i] !== 1) throw new RangeError(`expected labels 0 and 1, got ${String(labels[i])} at index ${i}`);
  for (const one of [0, 1]) if (!Array.prototype.some.call(labels, (y, i) => y === one && (weights?.[i] ?? 1) > 0)) throw new RangeError(`expected both classes in labels, got only ${1 - one}`);
  const d = rows[0].length;
  const at = (beta: Float64Array, row: ArrayLike<number>) => {
    let z = beta[d];
    for (let j = 0; j < d; j++) z += beta[j] * row[j];
    return z;
  };
  const loss = (beta: Float64Array): number => {
    let total = 0;
    for (let j = 0; j < d; j++) total += (penalty / 2) * beta[j] ** 2;
    for (let i = 0; i < rows.length; i++) {
      const z = at(beta, rows[i]);
      total += (weights?.[i] ?? 1) * (Math.max(z, 0) - z * labels[i] + Math.log1p(Math.exp(-Math.abs(z))));
    }
    return total;
  };
  let beta: Float64Array = new Float64Array(d + 1);
  let [current, steps, converged] = [loss(beta), 0, false];
  while (steps < most && !converged) {
    steps += 1;
    const gradient = new Float64Array(d + 1);
    const hessian = Array.from({ length: d + 1 }, () => new Float64Array(d + 1));
    for (let i = 0; i < rows.length; i++) {
      const p = 1 / (1 + Math.exp(-at(beta, rows[i])));
      const w = weights?.[i] ?? 1;
      for (let j = 0; j <= d; j++) {
        const a = j < d ? rows[i][j] : 1;
        gradient[j] += w * (p - labels[i]) * a;
        for (let k = 0; k <= j; k++) hessian[j][k] += w * p * (1 - p) * a * (k < d ? rows[i][k] : 1);
      }
    }
    for (let j = 0; j <= d; j++) {
      if (j < d) {
        gradient[j] += penalty * beta[j];
        hessian[j][j] += penalty;
      }
      for (let k = 0; k < j; k++) hessian[k][j] = hessian[j][k];
    }
    const step = solveSymmetric(hessian, gradient);
    let [scale, next] = [1, beta.map((b, j) => b - step[j])];
    for (; loss(next) > current + 1e-12 * Math.abs(current) && scale > 1e-10; next = beta.map((b, j) => b - scale * step[j])) scale /= 2;
    converged = step.every((value) => Math.abs(scale * value) < 1e-10);
    [beta, current] = [next, loss(next)];
  }
  const proba = (table: Rows) => table.map((row) => 1 / (1 + Math.exp(-at(beta, row))));
  return Object.freeze({
    coefficients: Object.freeze(Array.from(beta.subarray(0, d))), intercept: beta[d], iterations: steps, converged,
    predict: (table: Rows) => table.map((row) => Number(at(beta, row) > 0)), predictProba: proba,
  });
}
