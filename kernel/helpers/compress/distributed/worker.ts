import type * as tf from "@tensorflow/tfjs";

/** What a worker's program is given beside its data. */
export interface WorkerContext {
  /** From 0. */
  readonly rank: number;
  readonly size: number;
  /** Bytes sent to other workers so far. */
  readonly bytesSent: number;
  /** Seconds spent waiting for others so far. */
  readonly waited: number;
  send(to: number, values: Float32Array): void;
  receive(from: number): Promise<Float32Array>;
  /** The sum over all workers, in place (`ringAllReduce`). */
  allReduce(values: Float32Array): Promise<void>;
  /** Goes on when all have come here. */
  barrier(): Promise<void>;
  /** Tells whoever started the workers (`onReport`). */
  report(value: unknown): void;
  /** Asks whoever started the workers (`onAsk`), and waits for the answer. */
  ask(question: unknown): Promise<unknown>;
  /** TensorFlow.js in this worker; loaded at the first call. */
  tf(): Promise<typeof tf>;
}

export type WorkerProgram<D, R> = (worker: WorkerContext, data: D) => R | Promise<R>;

/** A function, whose text goes to the workers, or a module whose default export is one. */
export type Program = { readonly source: string } | { readonly module: string };

export type WorkerKind = "threads" | "processes";
