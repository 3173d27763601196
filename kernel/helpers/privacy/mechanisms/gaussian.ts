import { allFinite, finite, inside, known, positive } from "../../arguments.js";
import type { Cost } from "../budget/budget.js";
import { drawDiscreteGaussian } from "../random/exact.js";
import { rational, times, whole } from "../random/rational.js";
import { sourceFor } from "../random/source.js";
import { analyticMultiplier } from "./analytic.js";
import { checkedGrid, defaultGrid, fromGrid, sensitivitySteps, toGrid } from "./grid.js";
import { pay, type MechanismOptions, type Release } from "./release.js";

export type GaussianOptions = MechanismOptions & {
  /** How far one person can move the value (for an array: Euclidean length of the move). Above 0. */
  sensitivity: number;
  /** The value is rounded to a multiple of this power of two, at most 2^-20 of the noise. Default: about 2^-40 of it. */
  grid?: number;
} & (
    | { /** Privacy loss, above 0. */ epsilon: number; /** Chance of more than that, above 0 and below 1. */ delta: number; noiseMultiplier?: undefined }
    | { /** Noise over sensitivity, above 0, for an accountant. */ noiseMultiplier: number; epsilon?: undefined; delta?: undefined }
  );

/**
 * The value with Gaussian noise: by `epsilon` and `delta` (the least noise that suffices, analytic calibration), or by `noiseMultiplier`, which an accountant then composes.
 *
 * As `laplace`, rounded to the grid first, with an exact discrete Gaussian on the grid. Its zero-concentrated privacy, 1 / (2 noiseMultiplier^2), is the continuous one's;
 * its delta differs from it by less than one part in 10^4 at the coarsest grid allowed for delta from 1e-12 (a bound from one step of the density; found at 2^19 steps and delta 1e-5: 5e-12).
 *
 * @param value a number, or an array whose values are released together
 * @returns `{ value, event, spent, scale, grid }`; `event` is `{ type: "gaussian", noiseMultiplier }`; `spent` is undefined where only noiseMultiplier was given
 * @throws `expected delta above 0 and below 1, got 0`; `expected either epsilon and delta or noiseMultiplier, got both`; `expected grid <= 2^-20 of the noise, got 1`; `budget exceeded: ...`
 * @see Balle and Wang 2018; Canonne, Kamath and Steinke 2020
 * @example
 * privacy.gaussian(120, { epsilon: 1, delta: 1e-5, sensitivity: 1 }).event.noiseMultiplier // 3.73063
 * privacy.gaussian([1, 2], { noiseMultiplier: 4, sensitivity: 1 }).value.length // 2
 */
export function gaussian(value: number, options: GaussianOptions): Release;
export function gaussian(value: readonly number[] | Float32Array | Float64Array, options: GaussianOptions): Release<number[]>;
export function gaussian(value: number | ArrayLike<number>, options: GaussianOptions): Release<number | number[]> {
  known(options, ["epsilon", "delta", "noiseMultiplier", "sensitivity", "grid", "budget", "unsafeSeed"]);
  const sensitivity = positive({ sensitivity: options.sensitivity });
  const { multiplier, spent } = strength(options);
  const grid = checkedGrid(options.grid ?? defaultGrid(sensitivity * multiplier, sensitivity));
  if (grid > sensitivity * multiplier * 2 ** -20) throw new RangeError(`expected grid <= 2^-20 of the noise, got ${grid}`);
  const values = typeof value === "number" ? [finite({ value })] : allFinite({ value });
  const steps = sensitivitySteps(sensitivity, grid, values.length);
  pay(options.budget, spent, "gaussian");
  const source = sourceFor(options);
  const sigma = times(whole(steps), rational(multiplier));
  const variance = times(sigma, sigma);
  const noisy = Array.from(values, (one) => fromGrid(toGrid(one, grid) + drawDiscreteGaussian(source, variance), grid));
  return Object.freeze({ value: typeof value === "number" ? noisy[0]! : noisy, event: Object.freeze({ type: "gaussian" as const, noiseMultiplier: multiplier }), spent, scale: fromGrid(steps, grid) * multiplier, grid });
}

function strength({ epsilon, delta, noiseMultiplier }: GaussianOptions): { multiplier: number; spent: Cost | undefined } {
  if (noiseMultiplier !== undefined) {
    if (epsilon !== undefined || delta !== undefined) throw new TypeError("expected either epsilon and delta or noiseMultiplier, got both");
    return { multiplier: positive({ noiseMultiplier }), spent: undefined };
  }
  const cost = Object.freeze({ epsilon: positive({ epsilon }), delta: inside({ delta }) });
  return { multiplier: analyticMultiplier(cost), spent: cost };
}
