/** The logarithmic derivative of the gamma function, for x > 0: recurrence up to 10, then the asymptotic series (error below 1e-12). */
export function digamma(x: number): number {
  let shift = 0;
  for (; x < 10; x += 1) shift -= 1 / x;
  const f = 1 / (x * x);
  return shift + Math.log(x) - 0.5 / x - f * (1 / 12 - f * (1 / 120 - f * (1 / 252 - f * (1 / 240 - f / 132))));
}
