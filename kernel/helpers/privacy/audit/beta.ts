// The incomplete beta function to full double precision. jstat's stops at a relative change of 3e-7, which the logarithm of a small false-positive rate would show.
import { bisect } from "../mechanisms/special.js";

/** ln Gamma(x), x > 0: Stirling's series, from far enough out. */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 15) {
    shift += Math.log(z);
    z += 1;
  }
  const w = 1 / (z * z);
  const series = (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - (w * 691) / 360360))))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/** P[B <= x] for B of the beta distribution with parameters a, b > 0. */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The continued fraction converges fast on this side of the mean.
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a;
  return front * continuedFraction(x, a, b);
}

/** Lentz's method for 1 / (1 + d1 / (1 + d2 / ...)). */
function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const safe = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 100000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / safe(1 + even * d);
    c = safe(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / safe(1 + odd * d);
    c = safe(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return value;
}

/** The x with P[B <= x] = p. */
export const betaQuantile = (p: number, a: number, b: number): number => (p <= 0 ? 0 : p >= 1 ? 1 : bisect((x) => betaCdf(x, a, b) >= p, 0, 1));

/** P[at least k of n succeed], each with probability p. */
export const binomialTail = (k: number, n: number, p: number): number => (k <= 0 ? 1 : k > n ? 0 : betaCdf(p, k, n - k + 1));
