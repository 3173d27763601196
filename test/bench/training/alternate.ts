export const percentile = (values: readonly number[], part: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;

/** Times of a few runs each, by turns, so that a busy machine is unfair to all alike. Milliseconds, in order. */
export function timesOf(runs: Record<string, () => void>, seconds: number): Record<string, number[]> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  const end = performance.now() + seconds * 1000 * Object.keys(runs).length;
  do {
    for (const [name, run] of Object.entries(runs)) {
      for (let step = 0; step < 10; step++) {
        const started = performance.now();
        run();
        times[name]!.push(performance.now() - started);
      }
    }
  } while (performance.now() < end);
  return times;
}

/** Their medians. */
export function alternate(runs: Record<string, () => void>, seconds: number): Record<string, number> {
  return Object.fromEntries(Object.entries(timesOf(runs, seconds)).map(([name, list]) => [name, percentile(list, 0.5)]));
}
