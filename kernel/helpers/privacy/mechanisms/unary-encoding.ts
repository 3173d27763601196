import { inside, known, oneOf, positive, whole } from "../../arguments.js";
import type { Cost } from "../budget/budget.js";
import { bernoulliExp } from "../random/exact.js";
import { rational, times } from "../random/rational.js";
import { sourceFor, type Source } from "../random/source.js";
import { checkedAnswers, type Estimate } from "./randomized-response.js";
import { normalQuantile } from "./special.js";
import { pay, type MechanismOptions } from "./release.js";

export interface UnaryOptions {
  /** Privacy loss of each person's bits, above 0. */
  epsilon: number;
  /** `symmetric` (RAPPOR): a bit is told truly with probability e^(epsilon/2) / (1 + e^(epsilon/2)). `optimised` (default): a 1 with 1/2, a 0 becomes 1 with 1 / (1 + e^epsilon). */
  variant?: "symmetric" | "optimised";
}

/** Chance that a 1 stays 1 (p) and that a 0 becomes 1 (q). */
export interface UnaryProbabilities {
  readonly p: number;
  readonly q: number;
}

/**
 * The probabilities of unary encoding.
 *
 * @example
 * privacy.unaryProbabilities({ epsilon: 2, variant: "symmetric" }) // { p: 0.731059, q: 0.268941 }
 */
export function unaryProbabilities(options: UnaryOptions): UnaryProbabilities {
  known(options, ["epsilon", "variant"]);
  const epsilon = positive({ epsilon: options.epsilon });
  const symmetric = oneOf({ variant: options.variant ?? "optimised" }, ["symmetric", "optimised"]) === "symmetric";
  const q = 1 / (1 + Math.exp(symmetric ? epsilon / 2 : epsilon));
  return Object.freeze({ p: symmetric ? 1 - q : 0.5, q });
}

/**
 * Unary encoding: each answer becomes one bit a category (a single 1), and every bit is randomized. For many categories more accurate than `randomizedResponse`. Drawn exactly.
 *
 * @param values whole numbers 0 .. categories - 1, one a person
 * @returns `{ value: rows of bits, spent }`
 * @see Wang, Blocki, Li and Jha 2017; Erlingsson, Pihur and Korolova 2014
 * @example
 * privacy.unaryEncoding([2, 0], { epsilon: 1, categories: 3 }).value.map((bits) => bits.length) // [3, 3]
 */
export function unaryEncoding(values: ArrayLike<number>, options: UnaryOptions & { categories: number } & MechanismOptions): { readonly value: number[][]; readonly spent: Cost } {
  known(options, ["epsilon", "variant", "categories", "budget", "unsafeSeed"]);
  const { epsilon, variant = "optimised" } = options;
  unaryProbabilities({ epsilon, variant });
  const categories = whole({ categories: options.categories }, 2);
  const answers = checkedAnswers(values, categories);
  const spent = Object.freeze({ epsilon, delta: 0 });
  pay(options.budget, spent, "unary encoding");
  const source = sourceFor(options);
  const symmetric = variant === "symmetric";
  const strength = symmetric ? times(rational(epsilon), { n: 1n, d: 2n }) : rational(epsilon);
  const flips = () => drawLogistic(source, strength);
  const bit = (one: boolean): number => Number(one ? (symmetric ? !flips() : source.bit()) : flips());
  return Object.freeze({ value: answers.map((answer) => Array.from({ length: categories }, (_, at) => bit(at === answer))), spent });
}

/** True with probability 1 / (1 + e^x): true weighs e^-x against 1, drawn by rejection. */
function drawLogistic(source: Source, x: { n: bigint; d: bigint }): boolean {
  for (;;) {
    if (!source.bit()) return false;
    if (bernoulliExp(source, x)) return true;
  }
}

/**
 * The true counts behind unary encodings: (ones - n q) / (p - q), unbiased, with the standard error at that frequency and a normal confidence interval.
 *
 * @param ones for each category, how many of the n bits are 1
 * @returns one `{ frequency, count, standardError, interval }` a category
 * @throws `expected ones <= n, got 7 of 5`
 * @example
 * privacy.estimateUnary([180, 150, 300], { n: 500, epsilon: 2, variant: "symmetric" })[0].count // 98.523261
 */
export function estimateUnary(ones: ArrayLike<number>, options: UnaryOptions & { n: number; confidence?: number }): Estimate[] {
  known(options, ["epsilon", "variant", "n", "confidence"]);
  const { epsilon, variant = "optimised" } = options;
  const { p, q } = unaryProbabilities({ epsilon, variant });
  const n = whole({ n: options.n }, 1);
  const z = -normalQuantile((1 - inside({ confidence: options.confidence ?? 0.95 })) / 2);
  return Array.from(ones, (value) => {
    const seen = whole({ ones: value });
    if (seen > n) throw new RangeError(`expected ones <= n, got ${seen} of ${n}`);
    const rate = seen / n;
    const frequency = (rate - q) / (p - q);
    const standardError = Math.sqrt((rate * (1 - rate)) / n) / (p - q);
    return Object.freeze({ frequency, count: frequency * n, standardError, interval: Object.freeze([frequency - z * standardError, frequency + z * standardError] as const) });
  });
}
