/**
 * The normal distribution to about 15 significant digits, tails included: an accountant works where the probabilities are 1e-20.
 * The series is that of (1 + 2x) exp(x^2) erfc(x) in t = (x - 3.75) / (x + 3.75); test/oracles/make/erfcx.py makes it.
 */
// prettier-ignore
const series = Float64Array.of(
  1.1775789345674017541, -0.0045900545806464773309, -0.084249133366517915584, 0.059209939998191890498, -0.026658668435305752277,
  0.0090749976707052650939, -0.0024131635404176081909, 0.00049077583652580863229, -0.000069169733025012063671, 4.1390279860730101675e-6,
  7.7403830661984906686e-7, -2.1886401049234395661e-7, 1.0764999465670910377e-8, 4.5219598112182868979e-9, -7.7544002088313511065e-10,
  -6.3180883408866844944e-11, 2.8687950109306698981e-11, 1.945586854577734723e-13, -9.6546967484334389059e-13, 3.2525481481487398415e-14,
  3.3478119482868053878e-14, -1.8645628804193131016e-15, -1.2507950530688647086e-15, 7.4182352566240434579e-17, 5.0681489047961113118e-17,
  -2.2370566594359996468e-18, -2.1873429443030177134e-18,
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
