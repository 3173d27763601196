import { allFinite, fraction, known, oneOf, positive, whole } from "../../arguments.js";
import { over, rational, times, whole as exactly } from "../random/rational.js";
import { sourceFor } from "../random/source.js";
import { clamp, neighbourWords, publicBounds } from "./bounds.js";
import { drawExponential } from "./exponential.js";
import { pay } from "./release.js";
import type { Mean, SumOptions } from "./statistics.js";

export interface QuantileOptions extends Omit<SumOptions, "grid"> {
  /** Which: 0.5 is the median. */
  q: number;
  /** How many equally spaced values from bound to bound may be answers, at least 2. Default 1001. Public. */
  candidates?: number;
}

/**
 * A value of which about a fraction q of the data lies below, chosen among equally spaced candidates by the exponential mechanism: epsilon-differentially private.
 * A candidate's utility is minus the distance, in people, of its rank from q. One person moves it by at most max(q, 1 - q) (`addRemove`) or 1 (`replace`).
 *
 * @param values one value a person; values outside the bounds count as the bound next to them
 * @returns `{ value, spent }`; the value is a candidate, so it is off by up to half a step at best
 * @throws as `sum`; `expected q from 0 to 1, got 2`
 * @see Smith 2011 (on intervals between data points instead of fixed candidates)
 * @example
 * const ages = Array.from({ length: 1001 }, (_, index) => index / 10);
 * Math.abs(privacy.quantile(ages, { q: 0.5, bounds: [0, 100], candidates: 101, epsilon: 1 }).value - 50) < 5 // true
 */
export function quantile(values: ArrayLike<number>, options: QuantileOptions): Mean {
  known(options, ["q", "epsilon", "bounds", "neighbours", "candidates", "budget", "unsafeSeed"]);
  const q = fraction({ q: options.q });
  const epsilon = positive({ epsilon: options.epsilon });
  const bounds = publicBounds(options.bounds);
  const candidates = whole({ candidates: options.candidates ?? 1001 }, 2);
  const replace = oneOf({ neighbours: options.neighbours ?? "addRemove" }, neighbourWords) === "replace";
  const sorted = Float64Array.from(allFinite({ values }), (value) => clamp(value, bounds)).sort();
  const spent = Object.freeze({ epsilon, delta: 0 });
  pay(options.budget, spent, "quantile");
  const [low, high] = bounds;
  const answers = Array.from({ length: candidates }, (_, at) => (at === candidates - 1 ? high : low + ((high - low) * at) / (candidates - 1)));
  // In 2^-20 of a person: whole numbers, so that the utilities are exact and their sensitivity is what is said above.
  const unit = 2 ** 20;
  const below = Math.round(q * unit);
  let under = 0;
  let upTo = 0;
  const utilities = answers.map((answer) => {
    while (under < sorted.length && sorted[under]! < answer) under++;
    while (upTo < sorted.length && sorted[upTo]! <= answer) upTo++;
    return -Math.abs(under * (unit - below) - (sorted.length - upTo) * below);
  });
  const sensitivity = replace ? unit : Math.max(below, unit - below);
  const strength = over(rational(epsilon), times(exactly(BigInt(sensitivity)), exactly(2n)));
  return Object.freeze({ value: answers[drawExponential(sourceFor(options), utilities, strength)]!, spent });
}
