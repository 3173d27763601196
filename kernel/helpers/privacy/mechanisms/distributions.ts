import { fraction, known, nonNegative, positive, whole } from "../../arguments.js";

export interface DiscreteDistribution {
  /** Probability of each whole number of the list. */
  pmf(support: readonly number[]): number[];
  readonly variance: number;
}

/**
 * The discrete Laplace distribution: P(k) proportional to exp(-|k| / scale). Adding it to a count is (sensitivity / scale)-differentially private.
 *
 * @example
 * privacy.discreteLaplaceDistribution({ scale: 2 }).pmf([0, 1]) // [0.244919, 0.148551]
 */
export function discreteLaplaceDistribution(options: { scale: number }): DiscreteDistribution {
  known(options, ["scale"]);
  const scale = positive({ scale: options.scale });
  const step = Math.exp(-1 / scale);
  const loss = -Math.expm1(-1 / scale);
  return Object.freeze({
    pmf: (support: readonly number[]) => support.map((k) => (loss / (1 + step)) * Math.exp(-Math.abs(k) / scale)),
    variance: (2 * step) / (loss * loss),
  });
}

export interface DiscreteGaussianDistribution extends DiscreteDistribution {
  /** Sum of exp(-k^2 / (2 sigma^2)) over all k; close to sigma * sqrt(2 pi) from sigma = 1 on. */
  readonly normalizer: number;
  /** The exact delta at epsilon of adding it to a whole number that one person can move by `sensitivity`. */
  delta(options: { epsilon: number; sensitivity?: number }): number;
}

/**
 * The discrete Gaussian distribution: P(k) proportional to exp(-k^2 / (2 sigma^2)). Its variance is a little below sigma^2 where sigma is small.
 *
 * @param options `sigma`, from above 0 to 1e6: the sums run over all k within 40 sigma
 * @see Canonne, Kamath and Steinke 2020
 * @example
 * privacy.discreteGaussianDistribution({ sigma: 0.5 }).variance // 0.215013
 * privacy.discreteGaussianDistribution({ sigma: 2 }).delta({ epsilon: 1 }) // 0.007249
 */
export function discreteGaussianDistribution(options: { sigma: number }): DiscreteGaussianDistribution {
  known(options, ["sigma"]);
  const sigma = positive({ sigma: options.sigma });
  if (sigma > 1e6) throw new RangeError(`expected sigma <= 1e6, got ${sigma}`);
  const weight = (k: number): number => Math.exp(-0.5 * (k / sigma) ** 2);
  const far = Math.ceil(40 * sigma);
  let tail = 0;
  let second = 0;
  // Small terms first, so that they are not lost in the sum.
  for (let k = far; k >= 1; k--) {
    tail += weight(k);
    second += k * k * weight(k);
  }
  const normalizer = 1 + 2 * tail;
  return Object.freeze({
    pmf: (support: readonly number[]) => support.map((k) => weight(k) / normalizer),
    variance: (2 * second) / normalizer,
    normalizer,
    delta(asked: { epsilon: number; sensitivity?: number }) {
      known(asked, ["epsilon", "sensitivity"]);
      const epsilon = nonNegative({ epsilon: asked.epsilon });
      const sensitivity = whole({ sensitivity: asked.sensitivity ?? 1 }, 1);
      let sum = 0;
      for (let k = far + sensitivity; k >= -far; k--) {
        const shifted = weight(k - sensitivity);
        sum += Math.max(0, weight(k) - (shifted === 0 ? 0 : Math.exp(epsilon + Math.log(shifted))));
      }
      return sum / normalizer;
    },
  });
}

export interface LaplaceDistribution {
  readonly scale: number;
  /** P[noise <= x] for each x. */
  cdf(x: readonly number[]): number[];
  /** The x below which the noise stays with each probability. */
  quantile(probabilities: readonly number[]): number[];
}

/**
 * The noise that `laplace` adds, as a continuous distribution: to tell beforehand how far an answer may be off.
 *
 * @example
 * privacy.laplaceDistribution({ epsilon: 0.5, sensitivity: 2 }).quantile([0.5, 0.9]) // [0, 6.437752]
 */
export function laplaceDistribution(options: { epsilon: number; sensitivity: number }): LaplaceDistribution {
  known(options, ["epsilon", "sensitivity"]);
  const scale = positive({ sensitivity: options.sensitivity }) / positive({ epsilon: options.epsilon });
  return Object.freeze({
    scale,
    cdf: (x: readonly number[]) => x.map((one) => (one < 0 ? 0.5 * Math.exp(one / scale) : 1 - 0.5 * Math.exp(-one / scale))),
    quantile: (probabilities: readonly number[]) =>
      probabilities.map((p) => (fraction({ probability: p }) <= 0.5 ? scale * Math.log(2 * p) : -scale * Math.log(2 * (1 - p)))),
  });
}
