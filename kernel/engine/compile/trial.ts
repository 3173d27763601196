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

/** Another way must be this much faster than the first: on a busy machine less is chance. */
const margin = 0.93;

/**
 * A trial over the first calls, by turns; the one with the fastest call stays, because what else the machine does only adds time.
 * A way that fails has lost; the first, plain, may not fail.
 */
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
      if ([...times.values()].every((list) => list.length >= rounds)) trial.verdict = fastest(times, candidates[0]!);
      return answer;
    },
  };
  return trial;
}

function fastest(times: ReadonlyMap<Way, readonly number[]>, first: Way): Way {
  const took = (way: Way): number => Math.min(...times.get(way)!) * (way === first ? margin : 1);
  return [...times.keys()].reduce((best, next) => (took(next) < took(best) ? next : best));
}
