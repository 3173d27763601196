import { say } from "../../../display/language.js";
import { inside, known, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import { showLine } from "../show.js";
import { summarize, twoVariants, type Variants } from "./variants.js";

export interface Bootstrap {
  readonly difference: number;
  readonly interval: readonly [number, number];
  /** Of the resampled differences. */
  readonly standardError: number;
  /** Resampled differences, sorted. */
  readonly samples: Float64Array;
}

/**
 * An interval for the difference of any figure of two variants: users are drawn again, with replacement, within each variant (percentile method).
 *
 * @param options `statistic`: default the mean; `samples`: default 2000; `level`: default 0.95; `seed`: default 1.
 * @throws `expected two variants, got 1 (a)`; `expected finite numbers in b, got NaN at index 0`; a statistic that is not finite.
 * Source: Efron and Tibshirani 1993.
 * @example recommend.abTest.bootstrap({ a: [1, 2, 3, 4], b: [3, 4, 5, 6] }).difference // 2
 */
export function bootstrap(variants: Variants<ArrayLike<number>>, options: { statistic?: (values: Float64Array) => number; samples?: number; level?: number; seed?: number } = {}): Bootstrap {
  known(options, ["statistic", "samples", "level", "seed"]);
  const count = whole({ samples: options.samples ?? 2000 }, 10);
  const level = inside({ level: options.level ?? 0.95 });
  const draw = random(options.seed ?? 1);
  const { names, values } = twoVariants(variants);
  const lists = values.map((list, at) => {
    summarize(names[at], list);
    return Float64Array.from(list);
  });
  const statistic = options.statistic ?? ((list: Float64Array) => list.reduce((sum, value) => sum + value, 0) / list.length);
  const finiteOf = (list: Float64Array): number => {
    const value = statistic(list);
    if (!Number.isFinite(value)) throw new RangeError(`expected statistic to give a finite number, got ${value}`);
    return value;
  };
  const again = lists.map((list) => new Float64Array(list.length));
  const samples = Float64Array.from({ length: count }, () => {
    const [a, b] = lists.map((list, at) => {
      for (let k = 0; k < list.length; k++) again[at][k] = list[(draw.uniform() * list.length) | 0];
      return finiteOf(again[at]);
    });
    return b - a;
  }).sort();
  const at = (p: number): number => {
    const place = p * (count - 1);
    const low = Math.floor(place);
    return samples[low] + (place - low) * (samples[Math.min(count - 1, low + 1)] - samples[low]);
  };
  const mean = samples.reduce((sum, value) => sum + value, 0) / count;
  const standardError = Math.sqrt(samples.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1));
  const [first, second] = lists.map(finiteOf);
  const result = { difference: second - first, interval: [at((1 - level) / 2), at((1 + level) / 2)] as const, standardError, samples };
  return showLine(result, () => say(`Difference ${result.difference.toPrecision(3)} [${result.interval.map((end) => end.toPrecision(3)).join(", ")}] from ${count} resamples.`, `${count} 次重抽样的差异 ${result.difference.toPrecision(3)} [${result.interval.map((end) => end.toPrecision(3)).join(", ")}]。`));
}
