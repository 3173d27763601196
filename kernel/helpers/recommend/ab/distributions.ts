import { normalCdf } from "../../privacy/accounting/normal.js";
import { betaCdf, logGamma } from "../../privacy/audit/beta.js";

export { normalCdf, normalQuantile } from "../../privacy/accounting/normal.js";

/** P[T > t] of Student's distribution. */
export function tTail(t: number, df: number): number {
  const half = betaCdf(df / (df + t * t), df / 2, 0.5) / 2;
  return t >= 0 ? half : 1 - half;
}

/** The t with P[T <= t] = p. */
export function tQuantile(p: number, df: number): number {
  if (p < 0.5) return -tQuantile(1 - p, df);
  let [low, high] = [0, 1];
  while (tTail(high, df) > 1 - p) high *= 2;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (tTail(middle, df) > 1 - p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P[T <= t] of the noncentral distribution: the normal probability of t s - delta, averaged over s = sqrt(chi² / df). */
export function noncentralTCdf(t: number, df: number, delta: number): number {
  const scale = 1 / Math.sqrt(2 * df);
  const [from, to] = [Math.max(0, 1 - 12 * scale), 1 + 14 * scale];
  const log = Math.log(2) + (df / 2) * Math.log(df / 2) - logGamma(df / 2);
  const steps = 2000;
  const width = (to - from) / steps;
  let sum = 0;
  for (let k = 0; k <= steps; k++) {
    const s = from + k * width;
    if (s === 0) continue;
    const density = Math.exp(log + (df - 1) * Math.log(s) - (df * s * s) / 2);
    sum += (k === 0 || k === steps ? 1 : k % 2 === 1 ? 4 : 2) * density * normalCdf(t * s - delta);
  }
  return (sum * width) / 3;
}

/** P[X > x] of chi² with `df` degrees: the incomplete gamma function, by its series below the mean and a continued fraction above. */
export function chiSquareTail(x: number, df: number): number {
  if (x <= 0) return 1;
  const [a, z] = [df / 2, x / 2];
  const front = Math.exp(a * Math.log(z) - z - logGamma(a));
  if (z < a + 1) {
    let [term, sum] = [1 / a, 1 / a];
    for (let k = 1; term > sum * 1e-17; k++) sum += term *= z / (a + k);
    return 1 - front * sum;
  }
  const tiny = 1e-300;
  let b = z + 1 - a;
  let [c, d] = [1 / tiny, 1 / b];
  let value = d;
  for (let k = 1; k < 10000; k++) {
    const step = -k * (k - a);
    b += 2;
    d = 1 / (step * d + b || tiny);
    c = b + step / c || tiny;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return front * value;
}
