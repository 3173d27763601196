import { known, nonNegative, positive, shown, whole } from "../../../arguments.js";

export interface BatcherOptions {
  /** Items of one run at most; default 32. */
  maxBatch?: number;
  /** Milliseconds that the first of a batch waits for others; default 5. */
  maxDelay?: number;
  /** Items that may wait; one more is refused. Default 256. */
  queueLimit?: number;
}

export interface BatcherStats {
  readonly answered: number;
  /** For a full queue. */
  readonly refused: number;
  /** Deadline passed before their turn. */
  readonly expired: number;
  readonly failed: number;
  readonly batches: number;
  /** How often a batch had so many items. */
  readonly sizes: Readonly<Record<number, number>>;
  readonly waiting: number;
}

/** Why an item was not answered. */
export class Refused extends Error {
  constructor(readonly reason: "full" | "expired" | "stopped", message: string) {
    super(message);
    this.name = "Refused";
  }
}

export interface Batcher<I, O> {
  /**
   * @param deadline milliseconds from now; if the item's turn has not come by then, it is dropped
   * @throws Refused `the queue is full (256 waiting)`, `the deadline of 50 ms passed before its turn`, `the server is stopping`
   */
  submit(item: I, options?: { deadline?: number }): Promise<O>;
  stats(): BatcherStats;
  /** Takes no more, and ends when all who wait are answered. */
  stop(): Promise<void>;
}

/**
 * Answers single items in batches: a model takes little longer for 32 rows than for one. The first that comes waits `maxDelay` for others, or until the batch is full; while one batch runs the next fills.
 *
 * @param run answers a batch: as many answers as items, in their order
 * @throws `expected maxBatch to be a whole number >= 1, got 0`; in `submit`: `expected 2 answers from run, got 1`, and what `run` throws
 * @example
 * const batches = compress.distributed.batcher((rows: number[]) => rows.map((row) => row * rows.length), { maxBatch: 2 });
 * await Promise.all([batches.submit(1), batches.submit(10)]) // [2, 20]
 * batches.stats() // { answered: 2, batches: 1 }
 */
export function batcher<I, O>(run: (items: I[]) => readonly O[] | Promise<readonly O[]>, options: BatcherOptions = {}): Batcher<I, O> {
  known(options, ["maxBatch", "maxDelay", "queueLimit"]);
  if (typeof run !== "function") throw new TypeError(`expected run to be a function of items, got ${shown(run)}`);
  const maxBatch = whole({ maxBatch: options.maxBatch ?? 32 }, 1);
  const maxDelay = nonNegative({ maxDelay: options.maxDelay ?? 5 });
  const queueLimit = whole({ queueLimit: options.queueLimit ?? 256 }, 1);
  interface Waiting {
    item: I;
    until: number;
    deadline: number;
    since: number;
    resolve(answer: O): void;
    reject(error: Error): void;
  }
  let queue: Waiting[] = [];
  let running = false;
  let stopping = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let emptied = () => {};
  const counts = { answered: 0, refused: 0, expired: 0, failed: 0, batches: 0 };
  const sizes: Record<number, number> = {};

  function plan(): void {
    if (running) return;
    if (queue.length === 0) return stopping ? emptied() : undefined;
    if (queue.length >= maxBatch || stopping) return void work();
    timer ??= setTimeout(() => {
      timer = undefined;
      void work();
    }, Math.max(0, queue[0]!.since + maxDelay - performance.now()));
  }
  async function work(): Promise<void> {
    if (running) return;
    clearTimeout(timer);
    timer = undefined;
    const now = performance.now();
    const late = queue.filter(({ until }) => until < now);
    queue = queue.filter(({ until }) => until >= now);
    for (const { reject, deadline } of late) {
      counts.expired += 1;
      reject(new Refused("expired", `the deadline of ${deadline} ms passed before its turn`));
    }
    const batch = queue.slice(0, maxBatch);
    queue = queue.slice(maxBatch);
    if (batch.length > 0) {
      running = true;
      counts.batches += 1;
      sizes[batch.length] = (sizes[batch.length] ?? 0) + 1;
      try {
        const answers = await run(batch.map(({ item }) => item));
        if (answers.length !== batch.length) throw new RangeError(`expected ${batch.length} answers from run, got ${answers.length}`);
        counts.answered += batch.length;
        batch.forEach(({ resolve }, at) => resolve(answers[at]!));
      } catch (error) {
        counts.failed += batch.length;
        for (const { reject } of batch) reject(error instanceof Error ? error : new Error(String(error)));
      }
      running = false;
    }
    plan();
  }
  return Object.freeze({
    submit(item: I, { deadline = Infinity }: { deadline?: number } = {}): Promise<O> {
      if (deadline !== Infinity) positive({ deadline });
      if (stopping) return Promise.reject(new Refused("stopped", "the server is stopping"));
      if (queue.length >= queueLimit) {
        counts.refused += 1;
        return Promise.reject(new Refused("full", `the queue is full (${queue.length} waiting)`));
      }
      const now = performance.now();
      return new Promise<O>((resolve, reject) => {
        queue.push({ item, until: now + deadline, deadline, since: now, resolve, reject });
        plan();
      });
    },
    stats: () => Object.freeze({ ...counts, sizes: Object.freeze({ ...sizes }), waiting: queue.length }),
    stop: () => new Promise<void>((resolve) => {
      const before = emptied;
      emptied = () => {
        before();
        resolve();
      };
      stopping = true;
      clearTimeout(timer);
      timer = undefined;
      plan();
    }),
  });
}
