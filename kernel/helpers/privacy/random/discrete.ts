import { known, positive, whole } from "../../arguments.js";
import { drawDiscreteGaussian, drawDiscreteLaplace } from "./exact.js";
import { rational, times } from "./rational.js";
import { sourceFor, type NoiseOptions } from "./source.js";

export interface DiscreteLaplaceOptions extends NoiseOptions {
  /** Above 0. The standard deviation is about 1.41 times as much. */
  scale: number;
}

/**
 * Whole numbers k with probability proportional to exp(-|k| / scale), exactly, from the system's secure source.
 *
 * @param count how many
 * @returns numbers; a draw past 2^53 is refused
 * @throws `expected scale > 0, got 0`
 * @see Canonne, Kamath and Steinke 2020, algorithm 2
 * @example
 * privacy.random.discreteLaplace(3, { scale: 2 }).every(Number.isInteger) // true
 * privacy.random.discreteLaplace(8, { scale: 2, unsafeSeed: 1 }).length // 8
 */
export function discreteLaplace(count: number, options: DiscreteLaplaceOptions): number[] {
  known(options, ["scale", "unsafeSeed"]);
  const scale = rational(positive({ scale: options.scale }));
  const source = sourceFor(options);
  return Array.from({ length: whole({ count }) }, () => safe(drawDiscreteLaplace(source, scale)));
}

export interface DiscreteGaussianOptions extends NoiseOptions {
  /** Above 0. The variance is at most sigma^2, and very close to it from sigma = 1 on. */
  sigma: number;
}

/**
 * Whole numbers k with probability proportional to exp(-k^2 / (2 sigma^2)), exactly, from the system's secure source.
 *
 * @param count how many
 * @returns numbers; a draw past 2^53 is refused
 * @throws `expected sigma > 0, got -1`
 * @see Canonne, Kamath and Steinke 2020, algorithm 3
 * @example
 * privacy.random.discreteGaussian(3, { sigma: 10 }).every((k) => Math.abs(k) < 200) // true
 */
export function discreteGaussian(count: number, options: DiscreteGaussianOptions): number[] {
  known(options, ["sigma", "unsafeSeed"]);
  const sigma = rational(positive({ sigma: options.sigma }));
  const source = sourceFor(options);
  const variance = times(sigma, sigma);
  return Array.from({ length: whole({ count }) }, () => safe(drawDiscreteGaussian(source, variance)));
}

function safe(k: bigint): number {
  const value = Number(k);
  if (!Number.isSafeInteger(value)) throw new RangeError(`expected a draw within 2^53, got ${k}: use a smaller scale`);
  return value;
}
