// Special functions in double precision, where the usual short approximations (relative error 1e-7) would move an epsilon.

/** 1 - erf(x), with small relative error also far out, where it is below 1e-100. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x < 2) {
    // erf(x) = 2/sqrt(pi) exp(-x^2) sum (2 x^2)^n x / (2n + 1)!!: all terms positive.
    let term = x;
    let sum = x;
    for (let n = 1; term > sum * 1e-17; n++) sum += term *= (2 * x * x) / (2 * n + 1);
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  if (x > 38) return 0;
  // The continued fraction x + (1/2)/(x + 1/(x + (3/2)/(x + ...))), from far enough inside.
  let fraction = x;
  for (let k = Math.ceil(20 + 600 / (x * x)); k >= 1; k--) fraction = x + k / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}

/** P[Z <= x] of a standard normal Z. */
export const normalCdf = (x: number): number => 0.5 * erfc(-x * Math.SQRT1_2);

/** The x with P[Z <= x] = p; infinite at 0 and 1. */
export function normalQuantile(p: number): number {
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p);
  return bisect((x) => normalCdf(x) >= p, -40, 0);
}

/** The point between low and high where `holds` turns from false to true; the true side is returned, to the last double. */
export function bisect(holds: (x: number) => boolean, low: number, high: number): number {
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
