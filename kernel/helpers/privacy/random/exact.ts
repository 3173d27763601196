// Samplers of Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy" (2020), algorithms 1 to 3:
// whole-number arithmetic throughout, so that the probabilities are the formulas' own, with no rounding to attack.
// What remains: the time that a draw takes depends on the draw (Jin et al. 2022).
import { integerRoot, type Rational } from "./rational.js";
import type { Source } from "./source.js";

const lowBits = 1n << 48n;

/** True with probability n/d, 0 <= n <= d. */
export function bernoulli(source: Source, n: bigint, d: bigint): boolean {
  return d <= lowBits ? source.smallBelow(Number(d)) < Number(n) : source.below(d) < n;
}

/** True with probability exp(-x), x = n/d from 0 to 1: the parity of how long the chances x, x/2, x/3, ... all come true. */
function bernoulliExpUnit(source: Source, n: bigint, d: bigint): boolean {
  let k = 1n;
  while (bernoulli(source, n, d * k)) k += 1n;
  return (k & 1n) === 1n;
}

function bernoulliExpOne(source: Source): boolean {
  let k = 1;
  while (source.smallBelow(k) === 0) k += 1;
  return (k & 1) === 1;
}

/** True with probability exp(-x), x = n/d >= 0. */
export function bernoulliExp(source: Source, { n, d }: Rational): boolean {
  const rounds = n / d;
  for (let round = 0n; round < rounds; round += 1n) if (!bernoulliExpOne(source)) return false;
  return bernoulliExpUnit(source, n - rounds * d, d);
}

/** A whole number k with probability proportional to exp(-|k| / scale). */
export function drawDiscreteLaplace(source: Source, scale: Rational): bigint {
  for (;;) {
    const u = source.below(scale.n);
    if (!bernoulliExpUnit(source, u, scale.n)) continue;
    let v = 0n;
    while (bernoulliExpOne(source)) v += 1n;
    const size = (u + scale.n * v) / scale.d;
    const negative = source.bit();
    // Else zero would come twice as often as it should.
    if (negative && size === 0n) continue;
    return negative ? -size : size;
  }
}

/** A whole number k with probability proportional to exp(-k^2 / (2 variance)). */
export function drawDiscreteGaussian(source: Source, variance: Rational): bigint {
  const { n, d } = variance;
  const t = integerRoot(n / d) + 1n;
  const scale = { n: t, d: 1n };
  for (;;) {
    const k = drawDiscreteLaplace(source, scale);
    const off = (k < 0n ? -k : k) * d * t - n;
    if (bernoulliExp(source, { n: off * off, d: 2n * n * d * t * t })) return k;
  }
}
