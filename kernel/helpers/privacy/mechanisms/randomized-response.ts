import { inside, known, nonNegative, positive, shown, whole } from "../../arguments.js";
import type { Cost } from "../budget/budget.js";
import { drawExponential } from "./exponential.js";
import { rational } from "../random/rational.js";
import { sourceFor } from "../random/source.js";
import { normalQuantile } from "./special.js";
import { pay, type MechanismOptions } from "./release.js";

export interface ResponseOptions {
  /** Privacy loss of each person's answer, above 0. */
  epsilon: number;
  /** How many answers there are, at least 2: values are 0 .. categories - 1. Default 2 (no, yes). */
  categories?: number;
}

export interface Estimate {
  /** Unbiased, so it may leave [0, 1]. */
  readonly frequency: number;
  /** frequency * n. */
  readonly count: number;
  /** Of the frequency. */
  readonly standardError: number;
  /** Of the frequency, at the confidence asked for. */
  readonly interval: readonly [number, number];
}

const names = ["epsilon", "categories"];

function chances(options: ResponseOptions): { categories: number; keep: number; other: number } {
  const epsilon = positive({ epsilon: options.epsilon });
  const categories = whole({ categories: options.categories ?? 2 }, 2);
  const keep = 1 / (1 + (categories - 1) * Math.exp(-epsilon));
  return { categories, keep, other: (1 - keep) / (categories - 1) };
}

/**
 * Randomized response: each person's answer is kept with probability e^epsilon / (e^epsilon + categories - 1), else replaced by one of the others. Local differential privacy: nobody need be trusted.
 * Drawn exactly.
 *
 * @param values whole numbers 0 .. categories - 1, one a person
 * @returns `{ value: answers, spent }`: epsilon for each person, as each has one answer
 * @throws `expected answers from 0 to 1, got 2 at index 0`
 * @see Warner 1965; Kairouz, Bonawitz and Ramage 2016
 * @example
 * privacy.randomizedResponse([0, 1, 1], { epsilon: 1 }).value.length // 3
 * privacy.randomizedResponse([3], { epsilon: 200, categories: 4 }).value // [3]
 */
export function randomizedResponse(values: ArrayLike<number>, options: ResponseOptions & MechanismOptions): { readonly value: number[]; readonly spent: Cost } {
  known(options, [...names, "budget", "unsafeSeed"]);
  const { categories } = chances(options);
  const answers = checkedAnswers(values, categories);
  const spent = Object.freeze({ epsilon: options.epsilon, delta: 0 });
  pay(options.budget, spent, "randomized response");
  const source = sourceFor(options);
  const strength = rational(options.epsilon);
  // The true answer against the others is an exponential mechanism with utilities 1 and 0.
  const utilities = new Float64Array(categories);
  const value = answers.map((answer) => {
    utilities[answer] = 1;
    const drawn = drawExponential(source, utilities, strength);
    utilities[answer] = 0;
    return drawn;
  });
  return Object.freeze({ value, spent });
}

export function checkedAnswers(values: ArrayLike<number>, categories: number): number[] {
  return Array.from(values, (value, index) => {
    if (!(Number.isInteger(value) && value >= 0 && value < categories)) throw new RangeError(`expected answers from 0 to ${categories - 1}, got ${shown(value)} at index ${index}`);
    return value;
  });
}

/**
 * The true frequencies behind randomized responses: (observed - other) / (keep - other), unbiased, with a standard error (plug-in binomial) and a normal confidence interval.
 *
 * @param observed how often each answer was given, `categories` numbers
 * @param options as for `randomizedResponse`, and `confidence` (default 0.95)
 * @returns one `{ frequency, count, standardError, interval }` a category
 * @throws `expected 2 counts, got 3`; `expected at least one answer, got none`
 * @example
 * privacy.estimateFrequencies([340, 660], { epsilon: Math.log(3) })[0].frequency // 0.18
 */
export function estimateFrequencies(observed: ArrayLike<number>, options: ResponseOptions & { confidence?: number }): Estimate[] {
  known(options, [...names, "confidence"]);
  const { categories, keep, other } = chances(options);
  const z = -normalQuantile((1 - inside({ confidence: options.confidence ?? 0.95 })) / 2);
  if (observed.length !== categories) throw new RangeError(`expected ${categories} counts, got ${observed.length}`);
  const counts = Array.from(observed, (count) => whole({ count }));
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n === 0) throw new RangeError("expected at least one answer, got none");
  return counts.map((count) => {
    const rate = count / n;
    const frequency = (rate - other) / (keep - other);
    const standardError = Math.sqrt((rate * (1 - rate)) / n) / (keep - other);
    return Object.freeze({ frequency, count: frequency * n, standardError, interval: Object.freeze([frequency - z * standardError, frequency + z * standardError] as const) });
  });
}

/** The probabilities of `randomizedResponse`: that an answer is kept, and that it becomes a certain other one. @example privacy.responseProbabilities({ epsilon: Math.log(3) }) // { keep: 0.75, other: 0.25 } */
export function responseProbabilities(options: ResponseOptions): { readonly keep: number; readonly other: number } {
  known(options, names);
  const { keep, other } = chances(options);
  return Object.freeze({ keep, other: nonNegative({ other }) });
}
