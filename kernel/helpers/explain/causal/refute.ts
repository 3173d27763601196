import { inside, known, oneOf, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import { frozen } from "../table.js";
import type { CausalData } from "./columns.js";
import { causalEffect, type EffectOptions } from "./effect.js";

export interface RefuteOptions extends EffectOptions {
  /**
   * "placebo": the treatment shuffled; the effect should be near 0.
   * "randomCommonCause": a random covariate more; the effect should stay.
   * "subset": a random part of the rows; the effect should stay.
   */
  test: "placebo" | "randomCommonCause" | "subset";
  /** Default 50. */
  repeats?: number;
  /** Share of the rows for "subset"; default 0.8. */
  share?: number;
  /** Default 0. */
  seed?: number;
}

export interface Refutation {
  readonly test: string;
  readonly effect: number;
  /** Effects of the repeats. */
  readonly effects: readonly number[];
  readonly mean: number;
  /** Their standard deviation. */
  readonly std: number;
  /** What the repeats should be near: 0 for "placebo", else the effect. */
  readonly expected: number;
  /** Share of the repeats at least as far from their mean as `expected` is: small (below 0.05) means the estimate failed the test. */
  readonly p: number;
}

/**
 * Tries to break an estimate. One that fails is wrong somewhere; one that passes is not proven: no test sees a confounder that nobody measured.
 *
 * @throws as `causalEffect`; an unknown test
 * @see Sharma and Kiciman (2020), DoWhy refuters
 * @example
 * const columns = { t: [0, 1, 0, 1, 0, 1, 0, 1], y: [0, 2, 0, 2, 0, 2, 0, 2] };
 * explain.refute(columns, { treatment: "t", outcome: "y", test: "randomCommonCause" }).mean // 2.000
 */
export function refute(data: CausalData, options: RefuteOptions): Refutation {
  const { test, repeats = 50, share = 0.8, seed = 0, ...estimate } = options;
  known(options, ["treatment", "outcome", "covariates", "method", "test", "repeats", "share", "seed"]);
  oneOf({ test }, ["placebo", "randomCommonCause", "subset"]);
  const { effect, rows } = causalEffect(data, estimate);
  if (test === "randomCommonCause" && estimate.method === "stratification") throw new RangeError('expected a method that takes a continuous covariate for "randomCommonCause", got stratification');
  const size = Math.max(1, Math.round(inside({ share }) * rows));
  const dice = random(seed);
  const inOrder = Array.from({ length: rows }, (_, row) => row);
  const effects = Array.from({ length: whole({ repeats }, 2) }, () => {
    if (test === "placebo") return causalEffect({ ...data, [estimate.treatment]: dice.shuffle(Array.from(data[estimate.treatment])) }, estimate).effect;
    if (test === "subset") {
      const kept = dice.shuffle(inOrder).slice(0, size);
      return causalEffect(Object.fromEntries(Object.entries(data).map(([name, values]) => [name, kept.map((row) => values[row])])), estimate).effect;
    }
    let extra = "random";
    while (extra in data) extra += "_";
    return causalEffect({ ...data, [extra]: inOrder.map(() => dice.normal()) }, { ...estimate, covariates: [...(estimate.covariates ?? []), extra] }).effect;
  });
  const expected = test === "placebo" ? 0 : effect;
  const mean = effects.reduce((a, b) => a + b, 0) / effects.length;
  const std = Math.sqrt(effects.reduce((sum, one) => sum + (one - mean) ** 2, 0) / effects.length);
  // Rounding is no evidence: repeats that all agree with what is expected have p = 1.
  const far = Math.abs(expected - mean) - 1e-9 * Math.max(1, Math.abs(expected));
  return frozen({ test, effect, effects, mean, std, expected, p: effects.filter((one) => Math.abs(one - mean) >= far).length / effects.length });
}
