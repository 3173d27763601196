/** A sum of numbers given by their logarithms: kept relative to the largest so far, so that nothing overflows. */
export class LogSum {
  #peak = Number.NEGATIVE_INFINITY;
  #sum = 0;

  add(log: number, sign: 1 | -1 = 1): void {
    if (log === Number.NEGATIVE_INFINITY) return;
    if (log <= this.#peak) this.#sum += sign * Math.exp(log - this.#peak);
    else {
      this.#sum = this.#sum * Math.exp(this.#peak - log) + sign;
      this.#peak = log;
    }
  }

  /** ln of the sum; NaN if the sum is negative. */
  get log(): number {
    return this.#sum === 0 ? Number.NEGATIVE_INFINITY : this.#peak + Math.log(this.#sum);
  }
}

/** ln(e^a + e^b). */
export function logAdd(a: number, b: number): number {
  const high = Math.max(a, b);
  return high === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(-Math.abs(a - b)));
}
