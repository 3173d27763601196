/** Metrics by name over the steps, bounded: of long runs every nth value of a metric is kept, and always its newest. */
export interface History {
  add(step: number, metrics: Readonly<Record<string, number>>): void;
  names(): readonly string[];
  of(name: string): Curve;
  /** Newest value of each metric. */
  latest(): Readonly<Record<string, number>>;
}

/** Values and the steps, from 1, at which they were given. */
export interface Curve {
  steps: readonly number[];
  values: readonly number[];
}

interface Kept {
  points: [step: number, value: number][];
  newest: [step: number, value: number];
  seen: number;
  every: number;
}

/** @param most values kept of each metric; default 2,000 */
export function history(most = 2000): History {
  const metrics = new Map<string, Kept>();
  return {
    add(step, values) {
      for (const [name, value] of Object.entries(values)) {
        const kept = metrics.get(name) ?? { points: [], newest: [step, value], seen: 0, every: 1 };
        metrics.set(name, kept);
        keep(kept, step, value, most);
      }
    },
    names: () => [...metrics.keys()],
    of(name) {
      const { points = [], newest } = metrics.get(name) ?? {};
      const all = newest && points.at(-1) !== newest ? [...points, newest] : points;
      return { steps: all.map(([step]) => step), values: all.map(([, value]) => value) };
    },
    latest: () => Object.fromEntries([...metrics].map(([name, { newest }]) => [name, newest[1]])),
  };
}

function keep(kept: Kept, step: number, value: number, most: number): void {
  kept.newest = [step, value];
  if (kept.seen++ % kept.every === 0) kept.points.push(kept.newest);
  if (kept.points.length <= most) return;
  kept.every *= 2;
  kept.points = kept.points.filter((_, i) => i % 2 === 0);
}
