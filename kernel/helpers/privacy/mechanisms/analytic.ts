import { bisect, normalCdf } from "./special.js";

/** delta of the Gaussian mechanism at epsilon, for sensitivity 1 and noise sigma (Balle and Wang 2018, theorem 8). */
export function gaussianDelta(sigma: number, epsilon: number): number {
  const a = 1 / (2 * sigma);
  const b = epsilon * sigma;
  const second = normalCdf(-a - b);
  // Far out the second probability is 0 in doubles, and e^epsilon may be infinite: their product is 0 there.
  return Math.max(0, normalCdf(a - b) - (second === 0 ? 0 : Math.exp(epsilon + Math.log(second))));
}

/** The least noise over sensitivity that is (epsilon, delta)-private, to the last double on the safe side. */
export function analyticMultiplier({ epsilon, delta }: { epsilon: number; delta: number }): number {
  let high = 1;
  while (gaussianDelta(high, epsilon) > delta) high *= 2;
  return bisect((sigma) => gaussianDelta(sigma, epsilon) <= delta, 0, high);
}
