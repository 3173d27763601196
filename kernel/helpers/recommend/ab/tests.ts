import { say } from "../../../display/language.js";
import { inside, known, oneOf, shown, whole } from "../../arguments.js";
import { showLine } from "../show.js";
import { chiSquareTail, normalCdf, normalQuantile, tQuantile, tTail } from "./distributions.js";
import { summarize, twoVariants, type Variants } from "./variants.js";

export interface TestOptions {
  /** Of the interval; default 0.95. */
  level?: number;
  /** "different", or the second variant "greater" or "less" than the first; default "different". */
  alternative?: "different" | "greater" | "less";
}

export interface Comparison {
  readonly variants: readonly [string, string];
  /** Rates or means. */
  readonly values: readonly [number, number];
  /** Second less first. */
  readonly difference: number;
  /** Two-sided, whatever the alternative. */
  readonly interval: readonly [number, number];
  readonly statistic: number;
  readonly pValue: number;
  /** Of Welch's test; undefined for the z-test. */
  readonly df?: number;
}

const known2 = ["level", "alternative"];

function readOptions(options: TestOptions): { level: number; alternative: "different" | "greater" | "less" } {
  return { level: inside({ level: options.level ?? 0.95 }), alternative: oneOf({ alternative: options.alternative ?? "different" }, ["different", "greater", "less"]) };
}

const pOf = (alternative: string, upper: number, lower: number): number => (alternative === "greater" ? upper : alternative === "less" ? lower : Math.min(1, 2 * Math.min(upper, lower)));

const show = (test: string, c: Comparison): Readonly<Comparison> => showLine(c, () =>
  `${c.variants[1]} ${c.values[1].toPrecision(4)} against ${c.variants[0]} ${c.values[0].toPrecision(4)}: difference ${c.difference.toPrecision(3)} [${c.interval.map((end) => end.toPrecision(3)).join(", ")}], p = ${c.pValue.toPrecision(3)} (${test}).`);

/**
 * Two rates: z-test with the pooled rate, and an interval for the difference.
 *
 * @param variants `{ control: { successes, trials }, treatment: { successes, trials } }`: the first is the one compared with.
 * @param options `interval`: "newcombe" (Wilson's intervals put together, right for small counts) or "wald"; default "newcombe".
 * @throws `expected two variants, got 1 (control)`; `expected successes of control from 0 to trials = 10, got 11`; a NaN, by name; where no trial or every trial
 * is a success the statistic is NaN.
 * Source: Newcombe 1998; statsmodels `proportions_ztest`, `confint_proportions_2indep`.
 * @example
 * const seen = { control: { successes: 100, trials: 1000 }, treatment: { successes: 130, trials: 1000 } };
 * recommend.abTest.proportions(seen).pValue // 0.0355
 * recommend.abTest.proportions(seen).interval // [0.0020, 0.0581]
 */
export function proportions(variants: Variants<{ readonly successes: number; readonly trials: number }>, options: TestOptions & { interval?: "newcombe" | "wald" } = {}): Comparison {
  known(options, [...known2, "interval"]);
  const { level, alternative } = readOptions(options);
  const kind = oneOf({ interval: options.interval ?? "newcombe" }, ["newcombe", "wald"]);
  const { names, values } = twoVariants(variants);
  values.forEach(({ successes, trials }, at) => {
    whole({ [`trials of ${names[at]}`]: trials }, 1);
    if (!Number.isInteger(successes) || successes < 0 || successes > trials) throw new RangeError(`expected successes of ${names[at]} from 0 to trials = ${trials}, got ${shown(successes)}`);
  });
  const [a, b] = values;
  const [p, q] = [a.successes / a.trials, b.successes / b.trials];
  const pooled = (a.successes + b.successes) / (a.trials + b.trials);
  const statistic = (q - p) / Math.sqrt(pooled * (1 - pooled) * (1 / a.trials + 1 / b.trials));
  const z = normalQuantile(0.5 + level / 2);
  const wilson = (rate: number, n: number) => [-1, 1].map((side) => (rate + (z * z) / (2 * n) + side * z * Math.sqrt((rate * (1 - rate)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n));
  let interval: [number, number];
  if (kind === "wald") {
    const reach = z * Math.sqrt((p * (1 - p)) / a.trials + (q * (1 - q)) / b.trials);
    interval = [q - p - reach, q - p + reach];
  } else {
    const [[l1, u1], [l2, u2]] = [wilson(p, a.trials), wilson(q, b.trials)];
    interval = [q - p - Math.hypot(q - l2, u1 - p), q - p + Math.hypot(u2 - q, p - l1)];
  }
  return show("z-test", { variants: names, values: [p, q], difference: q - p, interval, statistic, pValue: pOf(alternative, normalCdf(-statistic), normalCdf(statistic)) });
}

/**
 * Two means: Welch's t-test, which does not take the variances for equal, and its interval.
 *
 * @param variants `{ control: numbers, treatment: numbers }`.
 * @throws `expected two variants, got 3 (a, b, c)`; `expected at least 2 numbers in control, got 1`; `expected finite numbers in treatment, got NaN at index 4`.
 * Source: Welch 1947; scipy `ttest_ind(equal_var=False)`.
 * @example recommend.abTest.means({ a: [1, 2, 3, 4], b: [2, 4, 6, 8] }).pValue // 0.1516
 */
export function means(variants: Variants<ArrayLike<number>>, options: TestOptions = {}): Comparison {
  known(options, known2);
  const { level, alternative } = readOptions(options);
  const { names, values } = twoVariants(variants);
  const [a, b] = values.map((list, at) => summarize(names[at], list));
  const [s, t] = [a.variance / a.n, b.variance / b.n];
  const error = Math.sqrt(s + t);
  const difference = b.mean - a.mean;
  const df = (s + t) ** 2 / (s ** 2 / (a.n - 1) + t ** 2 / (b.n - 1));
  const statistic = difference / error;
  const reach = error === 0 ? 0 : tQuantile(0.5 + level / 2, df) * error;
  const [upper, lower] = error === 0 ? [Number.NaN, Number.NaN] : [tTail(statistic, df), tTail(-statistic, df)];
  return show("Welch's t-test", { variants: names, values: [a.mean, b.mean], difference, interval: [difference - reach, difference + reach], statistic, pValue: pOf(alternative, upper, lower), df });
}

/**
 * Sample ratio mismatch: were users split as planned? A tiny p-value says that the split or the logging is broken, and that no result can be trusted.
 *
 * @param counts users in each variant.
 * @param options `ratio`: planned shares in any unit; default equal. `alpha`: below it `mismatch` is true; default 0.001.
 * @throws `expected at least two variants, got 1 (a)`; `expected ratio of 2 numbers like counts, got 3`.
 * Source: Fabijan et al. 2019; scipy `chisquare`.
 * @example recommend.abTest.sampleRatio({ control: 5000, treatment: 5300 }).pValue // 0.0031
 */
export function sampleRatio(counts: Variants<number>, options: { ratio?: readonly number[]; alpha?: number } = {}): { readonly statistic: number; readonly pValue: number; readonly mismatch: boolean } {
  known(options, ["ratio", "alpha"]);
  const names = Object.keys(counts);
  if (names.length < 2) throw new RangeError(`expected at least two variants, got ${names.length}${names.length ? ` (${names[0]})` : ""}`);
  const alpha = inside({ alpha: options.alpha ?? 0.001 });
  const seen = names.map((name) => whole({ [`count of ${name}`]: counts[name] }));
  const ratio = options.ratio ?? seen.map(() => 1);
  if (ratio.length !== seen.length) throw new RangeError(`expected ratio of ${seen.length} numbers like counts, got ${ratio.length}`);
  const wrong = ratio.find((share) => !(share > 0 && Number.isFinite(share)));
  if (wrong !== undefined) throw new RangeError(`expected numbers > 0 in ratio, got ${shown(wrong)}`);
  const total = seen.reduce((sum, count) => sum + count, 0);
  if (total === 0) throw new RangeError("expected at least one user, got none");
  const shares = ratio.reduce((sum, share) => sum + share, 0);
  const statistic = seen.reduce((sum, count, at) => sum + (count - (total * ratio[at]) / shares) ** 2 / ((total * ratio[at]) / shares), 0);
  const pValue = chiSquareTail(statistic, seen.length - 1);
  const result = { statistic, pValue, mismatch: pValue < alpha };
  return showLine(result, () => `${names.map((name, at) => `${name} ${seen[at]}`).join(", ")}: p = ${pValue.toPrecision(3)}${result.mismatch ? say(", the split is not the planned one: find out why before reading any result", "，分流与计划不符：先查明原因，再看任何结果") : say(", as planned as chance allows", "，与计划相符（在随机波动之内）")}.`);
}
