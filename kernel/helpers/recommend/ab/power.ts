import { say } from "../../../display/language.js";
import { finite, inside, known, oneOf, positive, whole } from "../../arguments.js";
import { line, type Figure } from "../../plot/index.js";
import { noncentralTCdf, normalCdf, normalQuantile, tQuantile } from "./distributions.js";

export interface DesignOptions {
  /** Chance of a false alarm; default 0.05. */
  alpha?: number;
  /** Users of the second variant for each of the first; default 1. */
  ratio?: number;
  /** "different" (two-sided), or one-sided "greater"; default "different". */
  alternative?: "different" | "greater";
  /** "z" for rates, "t" for means; default "z". */
  test?: "z" | "t";
}

const designs = ["alpha", "ratio", "alternative", "test"];

/**
 * Two rates' distance on the scale on which a z-test's power depends on it alone (Cohen's h).
 *
 * @throws `expected from to be from 0 to 1, got 2`.
 * Source: Cohen 1988; statsmodels `proportion_effectsize`, with the opposite sign.
 * @example recommend.abTest.effectSize({ from: 0.1, to: 0.12 }) // 0.0640
 */
export function effectSize({ from, to }: { readonly from: number; readonly to: number }): number {
  for (const [name, rate] of Object.entries({ from, to })) if (!(rate >= 0 && rate <= 1)) throw new RangeError(`expected ${name} from 0 to 1, got ${rate}`);
  return 2 * Math.asin(Math.sqrt(to)) - 2 * Math.asin(Math.sqrt(from));
}

/**
 * The chance that a test sees an effect that is there.
 *
 * @param design `effect`: in standard deviations (means), or from `effectSize` (rates); `n`: users in the first variant.
 * @throws `expected n >= 2 ...`; `expected alpha above 0 and below 1, got 0`.
 * Source: statsmodels `NormalIndPower`, `TTestIndPower`.
 * @example recommend.abTest.power({ effect: 0.5, n: 64 }, { test: "t" }) // 0.8015
 */
export function power(design: { readonly effect: number; readonly n: number }, options: DesignOptions = {}): number {
  known(design, ["effect", "n"]);
  known(options, designs);
  const effect = finite({ effect: design.effect });
  if (!(design.n >= 2)) throw new RangeError(`expected n >= 2, got ${design.n}`);
  return powerOf(effect, design.n, readDesign(options));
}

type Design = Required<DesignOptions>;

function readDesign(options: DesignOptions): Design {
  return {
    alpha: inside({ alpha: options.alpha ?? 0.05 }), ratio: positive({ ratio: options.ratio ?? 1 }),
    alternative: oneOf({ alternative: options.alternative ?? "different" }, ["different", "greater"]), test: oneOf({ test: options.test ?? "z" }, ["z", "t"]),
  };
}

function powerOf(effect: number, n: number, { alpha, ratio, alternative, test }: Design): number {
  const delta = effect * Math.sqrt((n * ratio) / (1 + ratio));
  const tail = alternative === "different" ? alpha / 2 : alpha;
  if (test === "z") {
    const edge = normalQuantile(1 - tail);
    return normalCdf(delta - edge) + (alternative === "different" ? normalCdf(-delta - edge) : 0);
  }
  const df = n + n * ratio - 2;
  const edge = tQuantile(1 - tail, df);
  return 1 - noncentralTCdf(edge, df, delta) + (alternative === "different" ? noncentralTCdf(-edge, df, delta) : 0);
}

export interface SampleSize {
  /** Users in the first variant, rounded up. */
  readonly first: number;
  readonly second: number;
  /** Before rounding. */
  readonly exact: number;
}

/**
 * How many users it takes to see an effect with some chance.
 *
 * @param design `effect`: as in `power`; `power`: the chance, default 0.8.
 * @throws `expected effect not 0: no number of users shows that nothing is there`; `expected power above alpha = 0.05, got 0.01`.
 * @example recommend.abTest.sampleSize({ effect: recommend.abTest.effectSize({ from: 0.1, to: 0.12 }) }).first // 3835
 */
export function sampleSize(design: { readonly effect: number; readonly power?: number }, options: DesignOptions = {}): SampleSize {
  known(design, ["effect", "power"]);
  known(options, designs);
  const wanted = inside({ power: design.power ?? 0.8 });
  const plan = readDesign(options);
  const effect = plan.alternative === "different" ? Math.abs(finite({ effect: design.effect })) : finite({ effect: design.effect });
  if (effect === 0) throw new RangeError("expected effect not 0: no number of users shows that nothing is there");
  if (effect < 0) throw new RangeError(`expected effect > 0 for alternative greater, got ${effect}`);
  if (wanted <= plan.alpha) throw new RangeError(`expected power above alpha = ${plan.alpha}, got ${wanted}`);
  let [low, high] = [2, 4];
  while (powerOf(effect, high, plan) < wanted && high < 1e15) [low, high] = [high, high * 2];
  if (powerOf(effect, low, plan) >= wanted) high = low;
  for (let step = 0; step < 80 && high - low > 1e-10 * high; step++) {
    const middle = (low + high) / 2;
    if (powerOf(effect, middle, plan) < wanted) low = middle;
    else high = middle;
  }
  const round = (value: number) => Math.ceil(value - 1e-6);
  return Object.freeze({ first: round(high), second: round(high * plan.ratio), exact: high });
}

/**
 * Power against the number of users, a line for each effect.
 *
 * @param design `effects`: by name; `most`: users of the first variant at the right end, default twice what the largest effect needs for a power of 0.8.
 * @example recommend.abTest.powerCurve({ effects: { small: 0.2, medium: 0.5 } }).data.length // 2
 */
export function powerCurve(design: { readonly effects: Readonly<Record<string, number>>; readonly most?: number }, options: DesignOptions & { title?: string } = {}): Figure {
  known(design, ["effects", "most"]);
  known(options, [...designs, "title"]);
  const { title, ...rest } = options;
  const named = Object.entries(design.effects);
  if (named.length === 0) throw new RangeError("expected at least one effect, got none");
  const most = design.most === undefined ? 2 * Math.max(...named.map(([, effect]) => sampleSize({ effect }, rest).first)) : whole({ most: design.most }, 3);
  const sizes = Array.from({ length: 40 }, (_, at) => Math.max(2, Math.round(2 + ((most - 2) * at) / 39)));
  const plan = readDesign(rest);
  const points = named.flatMap(([name, effect]) => sizes.map((n) => ({ n, power: powerOf(finite({ [`effect ${name}`]: effect }), n, plan), effect: name })));
  const figure = line(points, { x: "n", y: "power", series: "effect", markers: false, xLabel: say("users in the first variant", "第一组的用户数"), yLabel: say("power", "检验功效"), ...(title !== undefined && { title }) });
  figure.layout.yaxis = { ...figure.layout.yaxis, range: [0, 1.02] };
  return figure;
}
