import { allFinite, fraction, shown, whole } from "../../arguments.js";
import { maskOfSmallest } from "./select.js";

export interface Mask {
  /** 1 where the weight stays, 0 where it goes; flat, in the order of the weights. */
  readonly mask: Uint8Array;
  readonly pruned: number;
}

/**
 * Which weights stay when the smallest in magnitude go. `floor(sparsity x count)` go; among equals the earlier go first.
 *
 * @param weights any array of numbers
 * @throws `expected sparsity from 0 to 1, got 2`; `expected finite numbers in weights, got NaN at index 3`
 * @see Han et al. (2015), "Learning both weights and connections for efficient neural networks"
 * @example
 * compress.magnitudeMask([0.1, -3, 2, -0.2], { sparsity: 0.5 }).mask // [0, 1, 1, 0]
 */
export function magnitudeMask(weights: ArrayLike<number>, { sparsity }: { sparsity: number }): Mask {
  fraction({ sparsity });
  allFinite({ weights });
  const pruned = toPrune(weights.length, sparsity);
  return Object.freeze({ mask: maskOfSmallest(weights, pruned), pruned });
}

/** Rounded down, but 0.6 of 20 is 12, whatever 0.6 is in binary. */
export const toPrune = (count: number, sparsity: number): number => Math.floor(count * sparsity + 1e-9);

/**
 * Of each `m` weights in a row the `keep` largest in magnitude stay (2:4 is what graphics processors run fast). Groups lie along the last axis; among equals the earlier stays.
 *
 * @param weights flat, the last axis fastest
 * @throws `expected keep <= m, got 5 of 4`; `expected a last axis that is a multiple of m = 4, got 6`
 * @see Mishra et al. (2021), "Accelerating sparse deep neural networks"
 * @example
 * compress.nOfMMask([-1.7, -0.2, -1.1, -1.2], { keep: 2, m: 4 }).mask // [1, 0, 0, 1]
 */
export function nOfMMask(weights: ArrayLike<number>, { keep, m, lastAxis }: { keep: number; m: number; lastAxis?: number }): Mask {
  whole({ m }, 1);
  whole({ keep }, 0);
  if (keep > m) throw new RangeError(`expected keep <= m, got ${keep} of ${m}`);
  allFinite({ weights });
  const row = lastAxis ?? weights.length;
  if (row % m !== 0 || weights.length % row !== 0) throw new RangeError(`expected a last axis that is a multiple of m = ${m}, got ${shown(row)}`);
  const mask = new Uint8Array(weights.length);
  const places = Array.from({ length: m }, (_, at) => at);
  for (let from = 0; from < weights.length; from += m) {
    const order = places.toSorted((a, b) => Math.abs(weights[from + b]!) - Math.abs(weights[from + a]!) || a - b);
    for (const at of order.slice(0, keep)) mask[from + at] = 1;
  }
  return Object.freeze({ mask, pruned: weights.length - (weights.length / m) * keep });
}
