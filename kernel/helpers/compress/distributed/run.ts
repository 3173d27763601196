import { known, oneOf, shown, whole } from "../../arguments.js";
import { runTeam } from "./node/team.js";
import type { WorkerKind, WorkerProgram } from "./worker.js";

export interface RunOptions<D> {
  /** Default 2. */
  workers?: number;
  /** "threads": share a process, start fast. "processes": share nothing. Default "threads". */
  kind?: WorkerKind;
  /** For each worker, by rank; or one function of the rank. Copied. */
  data?: readonly D[] | ((rank: number) => D);
  /** The engine of `worker.tf()`: "tensorflow", "wasm" or "cpu". Default: WebAssembly where this notebook computes on it, else the best. */
  tier?: "tensorflow" | "wasm" | "cpu";
  /** Told what `worker.report` says. */
  onReport?(value: unknown, rank: number): void;
  /** Answers `worker.ask`. */
  onAsk?(question: unknown, rank: number): unknown;
  /** Ends the workers. */
  signal?: AbortSignal;
}

/**
 * Runs your function in several workers at once, and gives what each returns, by rank. The function goes to the workers as text: it sees its two arguments and nothing around it. Workers talk by
 * `send`, `receive`, `allReduce` and `barrier`. One that throws ends all, and its error is thrown with its rank; all workers have ended when the promise is settled, and end with the program that started them.
 * In the kernel and in Node, not in the page.
 *
 * @param program `async (worker, data) => result`; `worker`: rank, size, send, receive, allReduce, barrier, report, ask, tf
 * @throws `worker 1 of 2 (thread): x is not defined: a worker sees only its arguments; give it through data`; `worker 0 of 2 (process): ended before it was done (signal SIGKILL)`
 */
export async function run<D, R>(program: WorkerProgram<D, R>, options: RunOptions<D> = {}): Promise<R[]> {
  known(options, ["workers", "kind", "data", "tier", "onReport", "onAsk", "signal"]);
  if (typeof program !== "function") throw new TypeError(`expected program to be a function of a worker and its data, got ${shown(program)}`);
  const { workers = 2, kind = "threads", data = [], tier, signal, onReport, onAsk } = options;
  whole({ workers }, 1);
  oneOf({ kind }, ["threads", "processes"]);
  if (typeof data !== "function" && data.length > 0 && data.length !== workers) throw new RangeError(`expected data for ${workers} workers, got ${data.length}`);
  const each = Array.from({ length: workers }, (_, rank) => (typeof data === "function" ? data(rank) : data[rank]));
  return (await runTeam({ program: { source: String(program) }, kind, data: each, tier, signal, ...(onReport && { onReport }), ...(onAsk && { onAsk }) })) as R[];
}
