import type { Link } from "./link.js";

/** The ladder for one cell: ask, let the helper stop it, say that native code holds it, end the process. */
export interface Interrupter {
  /** Mark the time in which there is something to interrupt. */
  during<T>(act: () => Promise<T>): Promise<T>;
  /** The cell was interrupted before it reached the runner. */
  stopped(): boolean;
  interrupt(): Promise<boolean>;
}

/** Milliseconds after which a cell that cannot be stopped loses its process. */
const patience = 10_000;
/** A second interrupt this long after the first is an order, not a double click. */
const doubleClick = 500;

interface First {
  time: number;
  answered: Promise<void>;
  done: boolean;
}

export function createInterrupter(link: Link): Interrupter {
  let current: Promise<unknown> | undefined;
  let first: First | undefined;
  const answered = (): Promise<void> | undefined => first?.answered;

  return {
    async during(act) {
      first = undefined;
      const running = act();
      current = running;
      try {
        return await running;
      } finally {
        // The runner must have dealt with the interrupt before the next cell comes.
        await answered();
        current = undefined;
        first = undefined;
      }
    },
    stopped: () => first !== undefined,
    async interrupt() {
      const running = current;
      if (!running) {
        await link.interrupt(); // a timer of an earlier cell may hold the runner
        return false;
      }
      if (first) {
        if (performance.now() - first.time > doubleClick && !first.done) link.kill("interrupt");
      } else {
        const mine: First = { time: performance.now(), answered: link.interrupt(), done: false };
        first = mine;
        const timer = setTimeout(() => link.kill("interrupt"), patience);
        void mine.answered.then(() => {
          mine.done = true;
          clearTimeout(timer);
        });
      }
      await running.catch(() => {});
      return true;
    },
  };
}
