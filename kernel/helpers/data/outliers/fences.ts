import { allFinite, known, positive } from "../../arguments.js";
import { median, quantile, sorted } from "../statistics/numbers.js";

export interface Fences {
  readonly low: number;
  readonly high: number;
  /** Values outside, by their index. */
  readonly outliers: readonly number[];
}

export interface RobustScores {
  /** 0.6745 (x - median) / MAD of each value: what a z-score is for normal values, but unmoved by the outliers themselves. */
  readonly scores: readonly number[];
  /** Values whose score is beyond the threshold, by their index. */
  readonly outliers: readonly number[];
}

/**
 * Values outside [Q1 - factor IQR, Q3 + factor IQR]: Tukey's fences, as a box plot draws them.
 *
 * @param options `factor` > 0: 1.5 (default), or 3 for "far out".
 * @throws `expected finite numbers in values, got NaN at index 3`; `expected at least 1 value, got 0`; `expected factor > 0, got 0`.
 * @see Tukey 1977
 * @example
 * data.fences([1, 2, 3, 4, 100]) // { low: -1, high: 7, outliers: [4] }
 */
export function fences(values: readonly number[], options: { factor?: number } = {}): Fences {
  known(options, ["factor"]);
  const factor = positive({ factor: options.factor ?? 1.5 });
  const order = sorted(some(values));
  const [q1, q3] = [quantile(order, 0.25), quantile(order, 0.75)];
  const low = q1 - factor * (q3 - q1);
  const high = q3 + factor * (q3 - q1);
  return Object.freeze({ low, high, outliers: Object.freeze(values.flatMap((value, at) => (value < low || value > high ? [at] : []))) });
}

/**
 * Modified z-scores from the median absolute deviation (MAD). Where more than half of the values are equal the MAD is 0: then their mean absolute deviation times 1.2533 stands in for it, as the source says.
 *
 * @param options `threshold` > 0, default 3.5.
 * @throws as `fences`.
 * @see Iglewicz and Hoaglin 1993
 * @example
 * data.robustScores([1, 2, 3, 4, 100]).scores[4] // 65.4265
 * data.robustScores([1, 2, 3, 4, 100]).outliers // [4]
 */
export function robustScores(values: readonly number[], options: { threshold?: number } = {}): RobustScores {
  known(options, ["threshold"]);
  const threshold = positive({ threshold: options.threshold ?? 3.5 });
  const middle = median(some(values));
  const away = values.map((value) => Math.abs(value - middle));
  const mad = median(away);
  const scale = mad > 0 ? mad / 0.6745 : 1.2533141373155 * (away.reduce((sum, one) => sum + one, 0) / away.length);
  const scores = values.map((value) => (scale > 0 ? (value - middle) / scale : 0));
  return Object.freeze({ scores: Object.freeze(scores), outliers: Object.freeze(scores.flatMap((score, at) => (Math.abs(score) > threshold ? [at] : []))) });
}

function some(values: readonly number[]): readonly number[] {
  if (values.length === 0) throw new RangeError("expected at least 1 value, got 0");
  return allFinite({ values });
}
