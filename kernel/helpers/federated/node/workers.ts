import { Worker } from "node:worker_threads";
import type { Client, Context, Evaluation } from "../simulate/contract.js";
import type { Update, Weights } from "../weights.js";

export interface WorkerClientOptions {
  readonly name: string;
  /** A module whose default export makes the client from `data`, in its thread: `(data, name) => Client`, or a promise of one. */
  readonly module: URL | string;
  /** Copied to the thread once (structured clone). */
  readonly data?: unknown;
}

export interface WorkerClient extends Client {
  /** Ends the thread. What it was doing fails. */
  close(): Promise<void>;
}

/** To the thread and back. */
export type Question = { id: number; what: "train" | "evaluate"; weights: Weights; context: Context };
export type Reply = { id: number; value: unknown } | { id: number; error: string };

/**
 * A client in a thread of its own: its data is there only, and it trains while others do. Ends with the program, or by `close`.
 * A thread that dies fails its round; the federation goes on without it.
 */
export function workerClient({ name, module, data }: WorkerClientOptions): WorkerClient {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: { module: String(module), data, name } });
  worker.unref();
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let count = 0;
  let over: Error | undefined;
  const end = (error: Error) => {
    over ??= error;
    for (const { reject } of waiting.values()) reject(over);
    waiting.clear();
    worker.unref();
  };
  worker.on("message", (reply: Reply) => {
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    // A program stays alive for a round, not for an idle thread.
    if (waiting.size === 0) worker.unref();
    if ("error" in reply) call?.reject(new Error(reply.error));
    else call?.resolve(reply.value);
  });
  worker.on("error", end);
  worker.on("exit", (code) => end(new Error(`the thread of ${name} ended (${code})`)));
  const ask = (what: Question["what"], weights: Weights, context: Context) =>
    new Promise<unknown>((resolve, reject) => {
      if (over) return reject(over);
      const id = count++;
      waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, what, weights, context } satisfies Question);
    });
  return {
    name,
    concurrent: true,
    train: (weights, context) => ask("train", weights, context) as Promise<Update>,
    evaluate: (weights, context) => ask("evaluate", weights, context) as Promise<Evaluation>,
    close: async () => void (await worker.terminate()),
  };
}
