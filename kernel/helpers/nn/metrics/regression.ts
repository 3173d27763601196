import { say } from "../../../display/language.js";
import { allFinite, known, sameLength } from "../../arguments.js";
import { frozen, shownBy, tableUnder } from "../show.js";

export interface RegressionReport {
  /** Mean of squared errors, and its root, in the unit of the answers. */
  readonly mse: number;
  readonly rmse: number;
  /** Mean of absolute errors. */
  readonly mae: number;
  /** 1 - mse / variance of the truth: 0 for always saying the mean, below 0 for worse. */
  readonly r2: number;
  readonly largestError: number;
}

/**
 * How far predicted numbers are from true ones.
 *
 * Source: scikit-learn's `mean_squared_error`, `mean_absolute_error`, `r2_score` (as there, of equal truths R2 is 1 if all are met and else 0), `max_error`.
 *
 * @throws `expected predicted of length 3 like truth, got 2`; `expected finite numbers in truth, got NaN at index 1`
 * @example nn.regressionReport({ truth: [1, 2, 3], predicted: [1, 2, 5] }) // { mse: 1.333, mae: 0.667, r2: -1.000 }
 */
export function regressionReport(data: { truth: ArrayLike<number>; predicted: ArrayLike<number>; weights?: ArrayLike<number> }): RegressionReport {
  known(data, ["truth", "predicted", "weights"]);
  const n = sameLength({ truth: data.truth, predicted: data.predicted, weights: data.weights });
  if (n === 0) throw new RangeError("expected at least one example, got none");
  const [truth, predicted] = [allFinite({ truth: data.truth }), allFinite({ predicted: data.predicted })];
  const weights = Float64Array.from({ length: n }, (_, at) => data.weights?.[at] ?? 1);
  const wrong = weights.findIndex((weight) => !(weight >= 0 && Number.isFinite(weight)));
  if (wrong >= 0) throw new RangeError(`expected weights >= 0, got ${weights[wrong]} at index ${wrong}`);
  const total = weights.reduce((a, b) => a + b, 0);
  let mean = 0;
  for (let at = 0; at < n; at++) mean += (weights[at] * truth[at]) / total;
  let [squares, sizes, around, largestError] = [0, 0, 0, 0];
  for (let at = 0; at < n; at++) {
    const error = Math.abs(truth[at] - predicted[at]);
    squares += weights[at] * error * error;
    sizes += weights[at] * error;
    around += weights[at] * (truth[at] - mean) ** 2;
    largestError = Math.max(largestError, error);
  }
  const mse = squares / total;
  const result: RegressionReport = frozen({ mse, rmse: Math.sqrt(mse), mae: sizes / total, r2: around > 0 ? 1 - squares / around : squares === 0 ? 1 : 0, largestError });
  return shownBy({ ...result }, () => tableUnder(say(`Errors of ${n} predictions`, `${n} 个预测的误差`), [result]));
}
