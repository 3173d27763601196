/** Ways to run one graph, as kernel/engine/binding/graph.cc numbers them. All give the same results; which is fastest depends on the graph. */
export const ways = { plain: 0, xla: 1, oneThread: 2 } as const;
export type Way = (typeof ways)[keyof typeof ways];

/** Several ways, timed. */
export interface Trial {
  call<T>(run: (way: Way) => T): T;
  /** The fastest; undefined: not known yet. */
  verdict: Way | undefined;
}

/** Calls of each way that are timed, after one of each that is not: the first makes TensorFlow compile. */
const rounds = 5;

/** A trial over the first calls, by turns; the fastest median stays. A way that fails has lost; the first, plain, may not fail. */
export function createTrial(candidates: readonly Way[], now: () => number = () => performance.now()): Trial {
  const times = new Map<Way, number[]>(candidates.map((way) => [way, []]));
  let turn = 0;
  const trial: Trial = {
    verdict: undefined,
    call(run) {
      const open = [...times.keys()];
      const way = open[turn % open.length]!;
      const timed = turn >= open.length;
      turn += 1;
      const started = now();
      let answer;
      try {
        answer = run(way);
      } catch (error) {
        if (way === candidates[0]) throw error;
        times.delete(way);
        return run(candidates[0]!);
      }
      if (timed) times.get(way)!.push(now() - started);
      if ([...times.values()].every((list) => list.length >= rounds)) trial.verdict = [...times].reduce((best, next) => (median(next[1]) < median(best[1]) ? next : best))[0];
      return answer;
    },
  };
  return trial;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
