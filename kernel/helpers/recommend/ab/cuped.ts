import { say } from "../../../display/language.js";
import { known, sameLength, shown } from "../../arguments.js";
import { showLine } from "../show.js";
import { means, type Comparison, type TestOptions } from "./tests.js";
import { summarize, twoVariants, type Variants } from "./variants.js";

export interface Cuped {
  /** What a unit of the covariate is worth: covariance / variance, over all users. */
  readonly theta: number;
  /** Of metric and covariate, over all users. */
  readonly correlation: number;
  /** Part of the metric's variance over all users that is gone: correlation². */
  readonly varianceReduction: number;
  readonly adjusted: Readonly<Record<string, Float64Array>>;
  /** Welch's test on the adjusted metric. */
  readonly test: Comparison;
  readonly unadjusted: Comparison;
}

/**
 * CUPED: take from each user's metric what a covariate from before the experiment already told. The difference stays the same in expectation, its variance
 * shrinks by the square of their correlation. The covariate must not be touched by the experiment.
 *
 * @param variants `{ control: { metric, before }, treatment: { metric, before } }`, one number a user.
 * @throws `expected before of length 3 like metric, got 2`; `expected before to vary, got one value`; `expected two variants, got 1 (control)`.
 * Source: Deng et al. 2013.
 * @example
 * const users = { a: { metric: [1, 2, 3], before: [1, 2, 3] }, b: { metric: [2, 3, 4], before: [1, 2, 3] } };
 * recommend.abTest.cuped(users).varianceReduction // 0.727
 */
export function cuped(variants: Variants<{ readonly metric: ArrayLike<number>; readonly before: ArrayLike<number> }>, options: TestOptions = {}): Cuped {
  known(options, ["level", "alternative"]);
  const { names, values } = twoVariants(variants);
  values.forEach(({ metric, before }, at) => {
    sameLength({ metric, before });
    summarize(`metric of ${names[at]}`, metric);
    summarize(`before of ${names[at]}`, before);
  });
  const [y, x] = (["metric", "before"] as const).map((name) => values.flatMap((value) => Array.from(value[name])));
  const [sy, sx] = [summarize("metric", y), summarize("before", x)];
  if (sx.variance === 0) throw new RangeError(`expected before to vary, got one value (${shown(x[0])})`);
  if (sy.variance === 0) throw new RangeError(`expected metric to vary, got one value (${shown(y[0])})`);
  const covariance = y.reduce((sum, value, at) => sum + (value - sy.mean) * (x[at] - sx.mean), 0) / (y.length - 1);
  const theta = covariance / sx.variance;
  const correlation = covariance / Math.sqrt(sx.variance * sy.variance);
  const adjusted = Object.fromEntries(values.map(({ metric, before }, at) => [names[at], Float64Array.from(metric, (value, user) => value - theta * (before[user] - sx.mean))]));
  const test = means(adjusted, options);
  const unadjusted = means(Object.fromEntries(values.map(({ metric }, at) => [names[at], metric])), options);
  const result = { theta, correlation, varianceReduction: correlation ** 2, adjusted, test, unadjusted };
  return showLine(result, () => say(`Difference ${test.difference.toPrecision(3)} [${test.interval.map((end) => end.toPrecision(3)).join(", ")}], without CUPED ${unadjusted.difference.toPrecision(3)} [${unadjusted.interval.map((end) => end.toPrecision(3)).join(", ")}]; ${(100 * result.varianceReduction).toFixed(1)}% of the variance gone.`, `差异 ${test.difference.toPrecision(3)} [${test.interval.map((end) => end.toPrecision(3)).join(", ")}]，不用 CUPED 为 ${unadjusted.difference.toPrecision(3)} [${unadjusted.interval.map((end) => end.toPrecision(3)).join(", ")}]；方差减少 ${(100 * result.varianceReduction).toFixed(1)}%。`));
}
