import { allFinite, known, oneOf, positive } from "../../arguments.js";
import type { Cost } from "../budget/budget.js";
import { drawDiscreteLaplace } from "../random/exact.js";
import { over, rational, times, whole } from "../random/rational.js";
import { sourceFor } from "../random/source.js";
import { clamp, neighbourWords, publicBounds, type Neighbours } from "./bounds.js";
import { checkedGrid, defaultGrid, fromGrid, toGrid } from "./grid.js";
import { pay, type MechanismOptions, type Release } from "./release.js";

export interface CountOptions extends MechanismOptions {
  /** Privacy loss, above 0. */
  epsilon: number;
}

/**
 * How many values there are, with exact discrete Laplace noise: epsilon-differentially private when a person is added or removed. Not clipped: it may be negative.
 *
 * @param values one value a person; only their number matters
 * @returns a whole number in `value`
 * @example
 * Number.isInteger(privacy.count([3, 1, 2], { epsilon: 1 }).value) // true
 */
export function count(values: ArrayLike<unknown>, options: CountOptions): Release {
  known(options, ["epsilon", "budget", "unsafeSeed"]);
  const epsilon = positive({ epsilon: options.epsilon });
  return noisySum(BigInt(values.length), 1n, 1, epsilon, options, "count");
}

export interface SumOptions extends CountOptions {
  /** Public: a value outside counts as the bound next to it. Required; never taken from the data. */
  bounds: readonly [low: number, high: number];
  /** What one person changes: `addRemove` a value (default), or `replace` one by another. */
  neighbours?: Neighbours;
  /** Values are rounded to a multiple of this power of two. Default: about 2^-40 of the noise. */
  grid?: number;
}

/**
 * The sum of the values, each clamped to the bounds, with Laplace noise. The values are added as whole grid steps: in floating point one person could move a sum by more than the bounds say.
 *
 * Sensitivity: max(|low|, |high|) for `addRemove`, high - low for `replace`.
 *
 * @param values one value a person
 * @throws `expected public bounds [low, high]: they are never taken from the data, got none`; `expected finite numbers in values, got NaN at index 1`
 * @see Casacuberta, Shoemate, Vadhan and Wagaman 2022 (sums in floating point)
 * @example
 * privacy.sum([1, 2, 300], { epsilon: 0.5, bounds: [0, 10] }).scale // 20
 */
export function sum(values: ArrayLike<number>, options: SumOptions): Release {
  known(options, ["epsilon", "bounds", "neighbours", "grid", "budget", "unsafeSeed"]);
  const epsilon = positive({ epsilon: options.epsilon });
  const bounds = publicBounds(options.bounds);
  const replace = oneOf({ neighbours: options.neighbours ?? "addRemove" }, neighbourWords) === "replace";
  const [low, high] = bounds;
  const most = replace ? high - low : Math.max(Math.abs(low), Math.abs(high));
  const grid = checkedGrid(options.grid ?? defaultGrid(most / epsilon, most));
  const [lowSteps, highSteps] = [toGrid(low, grid), toGrid(high, grid)];
  const size = (steps: bigint): bigint => (steps < 0n ? -steps : steps);
  const steps = replace ? highSteps - lowSteps : size(lowSteps) > size(highSteps) ? size(lowSteps) : size(highSteps);
  if (steps === 0n) throw new RangeError(`expected a grid finer than the bounds, got ${grid}`);
  return noisySum(addUp(allFinite({ values }), (value) => toGrid(clamp(value, bounds), grid)), steps, grid, epsilon, options, "sum");
}

function addUp(values: ArrayLike<number>, steps: (value: number) => bigint): bigint {
  let total = 0n;
  for (let at = 0; at < values.length; at++) total += steps(values[at]!);
  return total;
}

function noisySum(total: bigint, steps: bigint, grid: number, epsilon: number, options: MechanismOptions, what: string): Release {
  const spent = Object.freeze({ epsilon, delta: 0 });
  pay(options.budget, spent, what);
  const noise = drawDiscreteLaplace(sourceFor(options), over(whole(steps), rational(epsilon)));
  return Object.freeze({ value: fromGrid(total + noise, grid), event: Object.freeze({ type: "laplace" as const, noiseMultiplier: 1 / epsilon }), spent, scale: fromGrid(steps, grid) / epsilon, grid });
}

export interface Mean {
  /** Inside the bounds. */
  readonly value: number;
  readonly spent: Cost;
}

/**
 * The mean of values clamped to the bounds, epsilon-differentially private.
 *
 * `addRemove` (default): the number of people is private too. Half of epsilon pays for the sum of the distances to the middle of the bounds (sensitivity half their width), half for the count;
 * a noisy count below 1 is taken as 1. `replace`: the number is public, all of epsilon pays for the sum (sensitivity the width of the bounds). The result is clamped to the bounds, which costs nothing.
 *
 * @param values one value a person
 * @throws as `sum`; for `replace`, `expected at least one value, got none`
 * @see Li, Lyu, Su and Yang 2016, section 2.5
 * @example
 * const ages = Array.from({ length: 1000 }, (_, index) => 20 + (index % 41));
 * Math.abs(privacy.mean(ages, { epsilon: 1, bounds: [0, 100] }).value - 40) < 10 // true
 */
export function mean(values: ArrayLike<number>, options: Omit<SumOptions, "grid">): Mean {
  known(options, ["epsilon", "bounds", "neighbours", "budget", "unsafeSeed"]);
  const epsilon = positive({ epsilon: options.epsilon });
  const bounds = publicBounds(options.bounds);
  const replace = oneOf({ neighbours: options.neighbours ?? "addRemove" }, neighbourWords) === "replace";
  allFinite({ values });
  if (replace && values.length === 0) throw new RangeError("expected at least one value, got none");
  const spent = Object.freeze({ epsilon, delta: 0 });
  pay(options.budget, spent, "mean");
  const [low, high] = bounds;
  const half = (high - low) / 2;
  const middle = low + half;
  const grid = defaultGrid(half / epsilon, half);
  // The middle in whole steps, so that the distances are whole and no larger than the bounds allow.
  const [lowSteps, middleSteps, highSteps] = [low, middle, high].map((bound) => toGrid(bound, grid)) as [bigint, bigint, bigint];
  const total = addUp(values, (value) => toGrid(clamp(value, bounds), grid) - middleSteps);
  const [down, up] = [middleSteps - lowSteps, highSteps - middleSteps];
  const steps = replace ? highSteps - lowSteps : down > up ? down : up;
  const source = sourceFor(options);
  const share = replace ? rational(epsilon) : times(rational(epsilon), { n: 1n, d: 2n });
  const noisy = total + drawDiscreteLaplace(source, over(whole(steps), share));
  const people = replace ? BigInt(values.length) : BigInt(values.length) + drawDiscreteLaplace(source, over(whole(1n), share));
  const value = clamp(fromGrid(middleSteps, grid) + fromGrid(noisy, grid) / Math.max(1, Number(people)), bounds);
  return Object.freeze({ value, spent });
}
