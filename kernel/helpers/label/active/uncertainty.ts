import { known, oneOf, whole } from "../../arguments.js";
import { readProbabilities, type Probabilities } from "../model.js";

export interface UncertaintyOptions {
  /** "leastConfidence": 1 - top probability; "margin": 1 - (top - second); "entropy" in nats. Default "entropy". */
  measure?: "leastConfidence" | "margin" | "entropy";
}

/**
 * How unsure a model is of each item: the larger, the more its label would teach.
 *
 * @param probabilities rows of class probabilities, or a tensor (which stays yours).
 * @throws `expected probabilities with at least one row, got none`; `unknown measure: x`.
 * Source: Settles 2009; modAL.
 * @example
 * label.uncertainty([[0.5, 0.5], [0.9, 0.1]], { measure: "margin" }) // [1, 0.2]
 */
export function uncertainty(probabilities: Probabilities, options: UncertaintyOptions = {}): readonly number[] {
  known(options, ["measure"]);
  const measure = oneOf({ measure: options.measure ?? "entropy" }, ["leastConfidence", "margin", "entropy"]);
  return Object.freeze(readProbabilities(probabilities, "probabilities").map((row) => {
    if (measure === "entropy") return entropy(row);
    const [first, second = 0] = [...row].sort((a, b) => b - a);
    return measure === "margin" ? 1 - (first! - second) : 1 - first!;
  }));
}

export function entropy(shares: readonly number[]): number {
  return shares.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
}

/**
 * The items with the largest scores, largest first; ties in the order of the items.
 *
 * @param scores one an item, from `uncertainty` or `committee`.
 * @throws `expected count <= 3, the number of scores, got 5`.
 * @example
 * label.selectTop([0.1, 0.9, 0.5], { count: 2 }) // [1, 2]
 */
export function selectTop(scores: readonly number[], options: { count: number }): readonly number[] {
  known(options, ["count"]);
  const count = whole({ count: options.count }, 1);
  if (count > scores.length) throw new RangeError(`expected count <= ${scores.length}, the number of scores, got ${count}`);
  const wrong = scores.findIndex((score) => !Number.isFinite(score));
  if (wrong >= 0) throw new RangeError(`expected finite scores, got ${scores[wrong]} at ${wrong}`);
  return Object.freeze(scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, count));
}
