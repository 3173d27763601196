import { erfc } from "../../privacy/mechanisms/special.js";

/**
 * Q(a, x), the upper regularized incomplete gamma function, for a = 1/2, 1, 3/2, ...: what the chi-squared distribution needs.
 * By Q(a + 1, x) = Q(a, x) + x^a e^-x / Gamma(a + 1): all terms are positive, so no digits are lost.
 */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const half = a % 1 !== 0;
  let at = half ? 0.5 : 1;
  let total = half ? erfc(Math.sqrt(x)) : Math.exp(-x);
  // Logarithm of x^at e^-x / Gamma(at + 1); Gamma(3/2) = sqrt(pi) / 2.
  let log = at * Math.log(x) - x - (half ? Math.log(Math.sqrt(Math.PI) / 2) : 0);
  for (; at < a; at++) {
    total += Math.exp(log);
    log += Math.log(x) - Math.log(at + 1);
  }
  return Math.min(1, total);
}
