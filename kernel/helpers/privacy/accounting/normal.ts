/**
 * The normal distribution to about 15 significant digits, tails included: an accountant works where the probabilities are 1e-20.
 * The series is that of (1 + 2x) exp(x^2) erfc(x) in t = (x - 3.75) / (x + 3.75); test/oracles/make/erfcx.py makes it.
 */
const series = Float64Array.of(
  1.1775789345674017, -0.004590054580646478, -0.08424913336651792, 0.05920993999819189, -0.026658668435305753,
  0.009074997670705265, -0.002413163540417608, 0.0004907758365258086, -6.916973302501207e-05, 4.13902798607301e-06,
  7.74038306619849e-07, -2.1886401049234397e-07, 1.076499946567091e-08, 4.521959811218287e-09, -7.754400208831351e-10,
  -6.318088340886684e-11, 2.86879501093067e-11, 1.9455868545777347e-13, -9.65469674843344e-13, 3.25254814814874e-14,
  3.3478119482868056e-14, -1.864562880419313e-15, -1.2507950530688648e-15, 7.418235256624044e-17, 5.068148904796111e-17,
  -2.2370566594359995e-18, -2.187342944303018e-18,
);

/** exp(x^2) erfc(x), for x >= 0. */
function scaledErfc(x: number): number {
  const t = (x - 3.75) / (x + 3.75);
  let next = 0;
  let after = 0;
  for (let k = series.length - 1; k > 0; k--) {
    const value = 2 * t * next - after + series[k]!;
    after = next;
    next = value;
  }
  return (t * next - after + series[0]!) / (1 + 2 * x);
}

/** exp(-x^2), with x split so that the square's rounding does not reach the exponent. */
function gauss(x: number): number {
  const coarse = Math.trunc(x * 16) / 16;
  return Math.exp(-coarse * coarse) * Math.exp(-(x - coarse) * (x + coarse));
}

/** The complementary error function. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  return x > 27.3 ? 0 : gauss(x) * scaledErfc(x);
}

/** ln erfc(x), also where erfc(x) is smaller than any double. */
export function logErfc(x: number): number {
  return x < 0 ? Math.log(2 - erfc(-x)) : Math.log(scaledErfc(x)) - x * x;
}

/** P(Z <= z) of a standard normal. */
export const normalCdf = (z: number): number => 0.5 * erfc(-z * Math.SQRT1_2);

/** ln P(Z <= z). */
export const logNormalCdf = (z: number): number => logErfc(-z * Math.SQRT1_2) - Math.LN2;

/** The z with P(Z <= z) = p: bisection on the logarithm, so that p = 1e-300 works too. */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p);
  const target = Math.log(p);
  let low = -40;
  let high = 0;
  for (let step = 0; step < 70; step++) {
    const middle = (low + high) / 2;
    if (logNormalCdf(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
