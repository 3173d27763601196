import { allFinite, known, positive, shown } from "../../arguments.js";
import type { Cost } from "../budget/budget.js";
import { bernoulliExp } from "../random/exact.js";
import { rational, times, over, whole, type Rational } from "../random/rational.js";
import { sourceFor, type Source } from "../random/source.js";
import { pay, type MechanismOptions } from "./release.js";

export interface SelectionOptions extends MechanismOptions {
  /** Privacy loss, above 0. */
  epsilon: number;
  /** How far one person can move any utility, above 0. */
  sensitivity: number;
  /** One person moves all utilities in the same direction (as counts, when people are only added or removed): half the noise suffices. Default false. */
  monotonic?: boolean;
}

/** Which candidate was chosen, and what it cost. */
export interface Selection {
  readonly index: number;
  readonly spent: Cost;
}

/**
 * Chooses a candidate with probability proportional to exp(epsilon * utility / (2 * sensitivity)), or without the 2 where monotonic: epsilon-differentially private.
 * Drawn exactly, by rejection on whole-number arithmetic: utilities of any size neither overflow nor round. Takes up to one try a candidate on average.
 *
 * @param utilities one number a candidate, larger is better
 * @returns `{ index, spent }`
 * @throws `expected at least one utility, got none`; `expected epsilon > 0, got 0`; `expected finite numbers in utilities, got NaN at index 1`
 * @see McSherry and Talwar 2007
 * @example
 * privacy.exponential([0, 500, 1], { epsilon: 1, sensitivity: 1 }).index // 1
 */
export function exponential(utilities: ArrayLike<number>, options: SelectionOptions): Selection {
  const strength = exponent(utilities, options);
  const spent = Object.freeze({ epsilon: options.epsilon, delta: 0 });
  pay(options.budget, spent, "exponential");
  return Object.freeze({ index: drawExponential(sourceFor(options), utilities, strength), spent });
}

/** An index with probability proportional to exp(strength * utility): any candidate as likely as another, kept with the chance that its lag behind the best allows. */
export function drawExponential(source: Source, utilities: ArrayLike<number>, strength: Rational): number {
  const exact = Array.from(utilities, rational);
  const best = exact[indexOfLargest(utilities)]!;
  for (;;) {
    const index = source.smallBelow(exact.length);
    const { n, d } = exact[index]!;
    const lag = times({ n: best.n * d - n * best.d, d: best.d * d }, strength);
    if (bernoulliExp(source, lag)) return index;
  }
}

/**
 * The probabilities with which `exponential` chooses: for teaching. They tell the utilities, so they are not for release.
 *
 * @example
 * privacy.exponentialProbabilities([1, 3], { epsilon: 1, sensitivity: 1 }) // [0.268941, 0.731059]
 */
export function exponentialProbabilities(utilities: ArrayLike<number>, options: Omit<SelectionOptions, "budget" | "unsafeSeed">): number[] {
  exponent(utilities, options);
  const { epsilon, sensitivity, monotonic = false } = options;
  const best = utilities[indexOfLargest(utilities)]!;
  const weights = Array.from(utilities, (utility) => Math.exp(((utility - best) * epsilon) / (monotonic ? sensitivity : 2 * sensitivity)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function exponent(utilities: ArrayLike<number>, options: SelectionOptions): Rational {
  known(options, ["epsilon", "sensitivity", "monotonic", "budget", "unsafeSeed"]);
  if (!(allFinite({ utilities }).length > 0)) throw new RangeError(`expected at least one utility, got ${utilities.length === 0 ? "none" : shown(utilities)}`);
  const epsilon = rational(positive({ epsilon: options.epsilon }));
  const sensitivity = rational(positive({ sensitivity: options.sensitivity }));
  return over(epsilon, options.monotonic ? sensitivity : times(sensitivity, whole(2n)));
}

export function indexOfLargest(values: ArrayLike<number | bigint>): number {
  let best = 0;
  for (let at = 1; at < values.length; at++) if (values[at]! > values[best]!) best = at;
  return best;
}
