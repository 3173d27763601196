import { inside, known, nonNegative, positive } from "../../arguments.js";
import { logNormalCdf } from "./normal.js";

/**
 * The exact delta of Gaussian noise (Balle, Wang 2018, Theorem 8): Phi(s/2d - epsilon d/s) - e^epsilon Phi(-s/2d - epsilon d/s),
 * with sensitivity s and standard deviation d.
 *
 * @param options.epsilon >= 0.
 * @param options.standardDeviation of the noise, > 0.
 * @param options.sensitivity L2, > 0; default 1.
 * @example
 * privacy.gaussianDelta({ epsilon: 1, standardDeviation: 2 }) // 0.006829594983
 */
export function gaussianDelta(options: { epsilon: number; standardDeviation: number; sensitivity?: number }): number {
  known(options, ["epsilon", "standardDeviation", "sensitivity"]);
  const { epsilon, standardDeviation, sensitivity = 1 } = options;
  return muDelta(positive({ sensitivity }) / positive({ standardDeviation }), nonNegative({ epsilon }));
}

/** Delta of mu-GDP. */
export function muDelta(mu: number, epsilon: number): number {
  if (mu === 0) return 0;
  if (mu === Number.POSITIVE_INFINITY) return 1;
  const left = mu / 2 - epsilon / mu;
  const right = -mu / 2 - epsilon / mu;
  const log = logNormalCdf(left);
  // Near each other the two terms lose digits; their ratio does not.
  return Math.max(0, Math.exp(log) * -Math.expm1(Math.min(0, epsilon + logNormalCdf(right) - log)));
}

/** Epsilon of mu-GDP, from above. */
export function muEpsilon(mu: number, delta: number): number {
  if (mu === 0 || muDelta(mu, 0) <= delta) return 0;
  if (delta === 0 || mu === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  let high = 1;
  while (muDelta(mu, high) > delta) high *= 2;
  let low = 0;
  for (let step = 0; step < 200 && high - low > 4e-16 * high; step++) {
    const middle = (low + high) / 2;
    if (muDelta(mu, middle) > delta) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The smallest standard deviation of Gaussian noise that is (epsilon, delta)-private: the analytic Gaussian mechanism (Balle, Wang 2018),
 * right for every epsilon. The last digit is rounded up, so that the guarantee holds.
 *
 * @param options.epsilon > 0.
 * @param options.delta above 0 and below 1.
 * @param options.sensitivity L2, > 0; default 1.
 * @throws `expected epsilon > 0, got -1`
 * @example
 * privacy.analyticGaussian({ epsilon: 1, delta: 1e-5 }) // 3.730631634816
 */
export function analyticGaussian(options: { epsilon: number; delta: number; sensitivity?: number }): number {
  known(options, ["epsilon", "delta", "sensitivity"]);
  const { epsilon, delta, sensitivity = 1 } = options;
  positive({ epsilon });
  inside({ delta });
  positive({ sensitivity });
  let high = 1;
  while (muDelta(1 / high, epsilon) > delta) high *= 2;
  let low = high;
  while (muDelta(1 / low, epsilon) <= delta) low /= 2;
  while (high - low > 4e-16 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (muDelta(1 / middle, epsilon) > delta) low = middle;
    else high = middle;
  }
  return high * sensitivity;
}

/**
 * The classical rule sqrt(2 ln(1.25 / delta)) * sensitivity / epsilon (Dwork, Roth 2014), for comparison only: it is proven for epsilon below 1,
 * takes more noise than needed there, and gives less privacy than it says at large epsilon.
 *
 * @param options.epsilon > 0.
 * @param options.delta above 0 and below 1.
 * @param options.sensitivity default 1.
 * @returns the standard deviation and the delta that it really has.
 * @example
 * privacy.classicalGaussian({ epsilon: 20, delta: 1e-5 }).trueDelta // 0.001527
 */
export function classicalGaussian(options: { epsilon: number; delta: number; sensitivity?: number }): { readonly standardDeviation: number; readonly trueDelta: number } {
  known(options, ["epsilon", "delta", "sensitivity"]);
  const { epsilon, delta, sensitivity = 1 } = options;
  const standardDeviation = (Math.sqrt(2 * Math.log(1.25 / inside({ delta }))) * positive({ sensitivity })) / positive({ epsilon });
  return Object.freeze({ standardDeviation, trueDelta: gaussianDelta({ epsilon, standardDeviation, sensitivity }) });
}

/** The mu of the Gaussian test that is at least as easy as telling any epsilon-private pair apart: they meet where both errors are equal. */
export function pureMu(epsilon: number): number {
  // 1 / (1 + e^epsilon) = Phi(-mu / 2)
  const target = -Math.log1p(Math.exp(-epsilon)) - epsilon;
  let low = 0;
  let high = 1;
  while (logNormalCdf(-high / 2) > target) high *= 2;
  for (let step = 0; step < 200 && high - low > 4e-16 * high; step++) {
    const middle = (low + high) / 2;
    if (logNormalCdf(-middle / 2) > target) low = middle;
    else high = middle;
  }
  return high;
}
