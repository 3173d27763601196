import { say } from "../../../display/language.js";
import { inside, known, positive, shown, whole } from "../../arguments.js";
import { ink, palette } from "../../plot/colour.js";
import { line, type Figure } from "../../plot/index.js";
import { showLine } from "../show.js";
import { twoVariants, type Variants } from "./variants.js";

export interface AlwaysValidOptions {
  /** The effect that is expected, in the metric's units: the spread of the mixture. Right or wrong the error rate holds; near the truth the test ends sooner. */
  tau: number;
  /** Chance of a false alarm however often one looks; default 0.05. */
  alpha?: number;
  /** Users of each variant before the first look: the variances are estimated; default 100. */
  from?: number;
}

export interface AlwaysValid {
  readonly variants: readonly [string, string];
  /** Users of each variant at each look. */
  readonly n: readonly number[];
  readonly difference: readonly number[];
  /** Always-valid: the smallest until then. */
  readonly pValue: readonly number[];
  /** Always-valid intervals: the truth lies in all of them at once with chance 1 - alpha. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Users of each variant when the p-value first fell to alpha; undefined: it did not. */
  readonly stop?: number;
}

/** ln of the mixture likelihood ratio after n pairs whose differences have variance `v`. */
export const logRatio = (n: number, difference: number, v: number, tau: number): number =>
  0.5 * Math.log(v / (v + n * tau * tau)) + (n * n * tau * tau * difference * difference) / (2 * v * (v + n * tau * tau));

/** How far an always-valid interval reaches. */
export const reachOf = (n: number, v: number, tau: number, alpha: number): number =>
  Math.sqrt(((2 * v * (v + n * tau * tau)) / (n * n * tau * tau)) * (0.5 * Math.log((v + n * tau * tau) / v) - Math.log(alpha)));

/**
 * A test that may be looked at after every user (mSPRT): p-values and intervals that hold at all looks together. Users count in pairs, one of each
 * variant in the order in which they came; what one variant has more is not used. Variances are estimated from the data so far, so the guarantee is
 * for large samples: do not look before `from` users.
 *
 * @param variants `{ control: numbers, treatment: numbers }` in order of arrival; for rates 0 and 1.
 * @throws `expected tau > 0, got 0`; `expected at least 100 numbers in control (from), got 20`; NaN by place; one variant, by name.
 * Source: Robbins 1970; Johari et al. 2017.
 * @example
 * const a = Array.from({ length: 400 }, (_, k) => k % 10), b = a.map((value) => value + 2);
 * recommend.abTest.alwaysValid({ a, b }, { tau: 1 }).stop // 100
 */
export function alwaysValid(variants: Variants<ArrayLike<number>>, options: AlwaysValidOptions): AlwaysValid {
  known(options, ["tau", "alpha", "from"]);
  const tau = positive({ tau: options.tau });
  const alpha = inside({ alpha: options.alpha ?? 0.05 });
  const from = whole({ from: options.from ?? 100 }, 2);
  const { names, values } = twoVariants(variants);
  values.forEach((list, at) => {
    if (list.length < from) throw new RangeError(`expected at least ${from} numbers in ${names[at]} (from), got ${list.length}`);
    for (let k = 0; k < list.length; k++) if (!Number.isFinite(list[k])) throw new RangeError(`expected finite numbers in ${names[at]}, got ${shown(list[k])} at index ${k}`);
  });
  const pairs = Math.min(values[0].length, values[1].length);
  const [n, difference, pValue, lower, upper]: number[][] = [[], [], [], [], []];
  const [mean, squares] = [[0, 0], [0, 0]];
  let least = 1;
  let stop: number | undefined;
  for (let k = 1; k <= pairs; k++) {
    for (const side of [0, 1]) {
      const step = values[side][k - 1] - mean[side];
      mean[side] += step / k;
      squares[side] += step * (values[side][k - 1] - mean[side]);
    }
    if (k < from) continue;
    const gap = mean[1] - mean[0];
    const v = (squares[0] + squares[1]) / (k - 1);
    // Without any variance yet nothing can be told.
    if (v > 0) least = Math.min(least, Math.exp(-logRatio(k, gap, v, tau)));
    const reach = v > 0 ? reachOf(k, v, tau, alpha) : Number.POSITIVE_INFINITY;
    n.push(k);
    difference.push(gap);
    pValue.push(least);
    lower.push(gap - reach);
    upper.push(gap + reach);
    if (stop === undefined && least <= alpha) stop = k;
  }
  const result = { variants: names, n, difference, pValue, lower, upper, ...(stop !== undefined && { stop }) };
  return showLine(result, () => say(`${stop === undefined ? `No decision after ${pairs} users a variant` : `Decided after ${stop} users a variant`}: difference ${difference.at(-1)!.toPrecision(3)} [${lower.at(-1)!.toPrecision(3)}, ${upper.at(-1)!.toPrecision(3)}], always-valid p = ${pValue.at(-1)!.toPrecision(3)}.`, `每组 ${stop ?? pairs} 名用户后${stop === undefined ? "仍无决定" : "作出决定"}：差异 ${difference.at(-1)!.toPrecision(3)} [${lower.at(-1)!.toPrecision(3)}, ${upper.at(-1)!.toPrecision(3)}]，始终有效的 p = ${pValue.at(-1)!.toPrecision(3)}。`));
}

/**
 * The difference and its always-valid interval as users come in, with the moment of decision.
 *
 * @example
 * const a = Array.from({ length: 200 }, (_, k) => k % 10), b = a.map((value) => value + 2);
 * recommend.abTest.runningInterval(recommend.abTest.alwaysValid({ a, b }, { tau: 1 })).data.length // 5
 */
export function runningInterval(result: AlwaysValid, options: { title?: string } = {}): Figure {
  known(options, ["title"]);
  const { n, difference, lower, upper, stop, variants } = result;
  const points = n.flatMap((users, at) => [[say("difference", "差异"), difference[at]], [say("lower end", "下界"), lower[at]], [say("upper end", "上界"), upper[at]]].map(([name, value]) => ({ users, value, line: name })));
  const figure = line(points, { x: "users", y: "value", series: "line", markers: false, xLabel: say("users a variant", "每组用户数"), yLabel: say(`${variants[1]} less ${variants[0]}`, `${variants[1]} 减 ${variants[0]}`), ...options });
  for (const [at, trace] of figure.data.entries()) if (trace.type === "scatter" && at > 0) trace.line = { ...trace.line, color: palette[0], width: 1.5, dash: "dash" };
  const all = [...lower.filter(Number.isFinite), ...upper.filter(Number.isFinite), 0];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  figure.data.push({ type: "scatter", mode: "lines", x: [n[0], n.at(-1)!], y: [0, 0], line: { color: ink, width: 1 }, hoverinfo: "skip", showlegend: false });
  if (stop !== undefined) figure.data.push({ type: "scatter", mode: "lines", name: say("decided", "作出决定"), x: [stop, stop], y: [low, high], line: { color: palette[1], width: 2, dash: "dot" } });
  figure.layout.meta = { description: `Difference of ${variants[1]} and ${variants[0]} with always-valid intervals from ${n[0]} to ${n.at(-1)} users a variant; ${stop === undefined ? "no decision" : `decided at ${stop}`}.` };
  return figure;
}
