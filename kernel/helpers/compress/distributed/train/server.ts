import type { Pulled, Push } from "../programs/data-parallel.js";

/** What became of asynchronous updates. */
export interface Staleness {
  /** Updates by others between the pull of the weights and the push of their gradient: how often each number was seen. */
  readonly counts: readonly number[];
  readonly mean: number;
  readonly max: number;
  /** Steps that the fastest worker was ahead of the slowest, at most. */
  readonly ahead: number;
  /** Seconds that workers were held back, all together. */
  readonly held: number;
}

/**
 * A parameter server: applies each gradient as it comes. A worker may be at most `bound` steps ahead of the slowest one; one that is further waits with its next weights.
 */
export function parameterServer(weights: Float32Array, { workers, learningRate, bound, steps }: { workers: number; learningRate: number; bound: number; steps: readonly number[] }): { ask(push: Push, rank: number): Promise<Pulled>; staleness(): Staleness; readonly weights: Float32Array } {
  const clocks = new Array<number>(workers).fill(0);
  const waiting: { rank: number; go(): void }[] = [];
  const counts: number[] = [];
  let [version, ahead, held] = [0, 0, 0];
  // A worker that has done all its steps holds nobody back.
  const slowest = () => Math.min(...clocks.map((clock, rank) => (clock >= steps[rank]! ? Infinity : clock)));
  const mayGo = (rank: number) => clocks[rank]! - slowest() <= bound;
  return {
    weights,
    async ask({ flat, version: seen }, rank) {
      if (flat) {
        for (let at = 0; at < flat.length; at++) weights[at]! -= (learningRate / workers) * flat[at]!;
        const stale = version - seen;
        counts[stale] = (counts[stale] ?? 0) + 1;
        version += 1;
        clocks[rank]! += 1;
        for (let at = waiting.length - 1; at >= 0; at--) if (mayGo(waiting[at]!.rank)) waiting.splice(at, 1)[0]!.go();
        if (!mayGo(rank)) {
          const started = performance.now();
          await new Promise<void>((go) => waiting.push({ rank, go }));
          held += (performance.now() - started) / 1000;
        }
        const least = slowest();
        if (least !== Infinity) ahead = Math.max(ahead, clocks[rank]! - least);
      }
      return { weights: weights.slice(), version };
    },
    staleness() {
      const all = Array.from(counts, (count) => count ?? 0);
      const total = all.reduce((sum, count) => sum + count, 0);
      return Object.freeze({ counts: Object.freeze(all), mean: total === 0 ? 0 : all.reduce((sum, count, stale) => sum + count * stale, 0) / total, max: Math.max(0, all.length - 1), ahead, held });
    },
  };
}
