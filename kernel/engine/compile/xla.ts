/** Both ways, timed. */
export interface Trial {
  call<T>(run: (xla: boolean) => T): T;
  /** True: XLA is faster. Undefined: not known yet. */
  verdict: boolean | undefined;
}

/** Calls of each kind that are timed, after one of each that is not: the first XLA call compiles. */
const rounds = 4;

/** A trial over the first calls, plain and XLA by turns; the faster median stays. An XLA that fails has lost. */
export function createTrial(now: () => number = () => performance.now()): Trial {
  const times: Record<"plain" | "xla", number[]> = { plain: [], xla: [] };
  let turn = 0;
  const trial: Trial = {
    verdict: undefined,
    call(run) {
      const xla = turn % 2 === 1;
      const timed = turn >= 2;
      turn += 1;
      const started = now();
      let answer;
      try {
        answer = run(xla);
      } catch (error) {
        if (!xla) throw error;
        trial.verdict = false;
        return run(false);
      }
      if (timed) times[xla ? "xla" : "plain"].push(now() - started);
      if (turn === 2 + 2 * rounds) trial.verdict = median(times.xla) < median(times.plain);
      return answer;
    },
  };
  return trial;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
