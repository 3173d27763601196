import assert from "node:assert/strict";

/**
 * Fails where counts differ from expected ones by more than chance would allow once in 10^9 (Wilson and Hilferty's approximation at 7.5 deviations, where 6.0 would do for large counts).
 * Bins with fewer than 10 expected are joined.
 */
export function assertFits(observed: readonly number[], expected: readonly number[], what: string): void {
  let statistic = 0;
  let bins = 0;
  let rest = { observed: 0, expected: 0 };
  for (let at = 0; at < observed.length; at++) {
    rest = { observed: rest.observed + observed[at]!, expected: rest.expected + expected[at]! };
    if (rest.expected < 10) continue;
    statistic += (rest.observed - rest.expected) ** 2 / rest.expected;
    bins += 1;
    rest = { observed: 0, expected: 0 };
  }
  const free = bins - 1;
  const limit = free * (1 - 2 / (9 * free) + 7.5 * Math.sqrt(2 / (9 * free))) ** 3;
  assert.ok(free >= 1 && statistic < limit, `${what}: chi-square ${statistic.toFixed(1)} of ${free} degrees, limit ${limit.toFixed(1)}`);
}

/** Counts of each whole number of a range; what lies outside goes to the ends. */
export function tally(values: readonly number[], low: number, high: number): number[] {
  const counts = Array.from({ length: high - low + 1 }, () => 0);
  for (const value of values) counts[Math.min(high, Math.max(low, value)) - low]! += 1;
  return counts;
}

/** Probabilities of a range, the ends with everything beyond them (`weight` falls fast). */
export function folded(weight: (k: number) => number, low: number, high: number, beyond = 400): number[] {
  const all = Array.from({ length: high - low + 1 }, () => 0);
  let total = 0;
  for (let k = low - beyond; k <= high + beyond; k++) {
    all[Math.min(high, Math.max(low, k)) - low]! += weight(k);
    total += weight(k);
  }
  return all.map((one) => one / total);
}
