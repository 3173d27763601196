import type { ChildProcess } from "node:child_process";
import type { MessagePort, Worker } from "node:worker_threads";
import * as tf from "@tensorflow/tfjs";
import type { Program, WorkerKind } from "../worker.js";
import { builtin } from "./builtin.js";
import type { FromWorker, ToWorker } from "./messages.js";

export interface TeamOptions {
  readonly program: Program;
  readonly kind: WorkerKind;
  /** Of each worker, by rank. */
  readonly data: readonly unknown[];
  /** Default: TensorFlow or, where this side computes on WebAssembly, that. */
  readonly tier?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  onReport?(value: unknown, rank: number): void;
  onAsk?(question: unknown, rank: number): unknown;
}

interface Member {
  post(message: ToWorker, transfer?: MessagePort[]): void;
  /** Ends it, whatever it does. */
  kill(): Promise<unknown>;
}

/**
 * Starts the workers, lets them meet, and gives what each program returns, by rank. One that fails ends all; all have ended when this returns or throws.
 */
export async function runTeam(options: TeamOptions): Promise<unknown[]> {
  const size = options.data.length;
  const tier = options.tier ?? (tf.getBackend() === "wasm" ? "wasm" : undefined);
  const what = options.kind === "threads" ? "thread" : "process";
  const members: Member[] = [];
  const results: unknown[] = [];
  const listening: number[] = [];
  let heard = 0;
  let settle!: { done(): void; fail(error: Error): void };
  const finished = new Promise<void>((done, fail) => (settle = { done, fail }));
  // Heard below, but perhaps only after a while.
  finished.catch(() => {});
  const fail = (rank: number, message: string, stack?: string) => {
    const error = new Error(`worker ${rank} of ${size} (${what}): ${message}`);
    if (stack !== undefined) error.stack = `${error.message}\n${stack.split("\n").slice(1).join("\n")}`;
    settle.fail(error);
  };
  let left = size;
  const onMessage = async (rank: number, message: FromWorker) => {
    if (message.type === "done") {
      results[rank] = message.value;
      if (--left === 0) settle.done();
    } else if (message.type === "error") fail(rank, message.message, message.stack);
    else if (message.type === "report") options.onReport?.(message.value, rank);
    else if (message.type === "listening") {
      listening[rank] = message.port;
      if (++heard === size) for (const member of members) member.post({ type: "peers", ports: listening });
    } else if (message.type === "hold") {
      holdLibraries(message.paths);
      members[rank]?.post({ type: "answer", id: message.id });
    } else {
      let answer: ToWorker;
      try {
        answer = { type: "answer", id: message.id, value: await options.onAsk?.(message.question, rank) };
      } catch (error) {
        answer = { type: "answer", id: message.id, error: error instanceof Error ? error.message : String(error) };
      }
      members[rank]?.post(answer);
    }
  };
  const onEnd = (rank: number, how: string) => {
    if (!(rank in results)) fail(rank, `ended before it was done (${how})`);
  };
  const abort = () => settle.fail(options.signal?.reason instanceof Error ? options.signal.reason : new Error("the workers were stopped"));
  options.signal?.addEventListener("abort", abort);
  try {
    if (options.signal?.aborted) abort();
    const token = Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    for (let rank = 0; rank < size; rank++) members.push(options.kind === "threads" ? startThread(rank, onMessage, onEnd) : startProcess(rank, onMessage, onEnd));
    const ports = options.kind === "threads" ? channels(size) : undefined;
    members.forEach((member, rank) => {
      const own = ports?.[rank];
      member.post({ type: "start", rank, size, program: options.program, data: options.data[rank], token, ...(tier !== undefined && { tier }), ...(own && { ports: own }) }, own?.filter((port) => port !== null));
    });
    await finished;
    return results;
  } finally {
    options.signal?.removeEventListener("abort", abort);
    await Promise.all(members.map((member) => member.kill()));
  }
}

type OnMessage = (rank: number, message: FromWorker) => void;
type OnEnd = (rank: number, how: string) => void;

function startThread(rank: number, onMessage: OnMessage, onEnd: OnEnd): Member {
  const { Worker: Thread } = builtin("node:worker_threads", "running in threads");
  // TensorFlow reads it from the process, which a thread cannot change; what the user has set stays.
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
  const worker: Worker = new Thread(new URL("./worker.js", import.meta.url), { execArgv: [] });
  worker.on("message", (message: FromWorker) => onMessage(rank, message));
  worker.on("error", (error) => onEnd(rank, error instanceof Error ? error.message : String(error)));
  worker.on("exit", (code) => onEnd(rank, `exit code ${code}`));
  return { post: (message, transfer = []) => worker.postMessage(message, transfer), kill: () => worker.terminate() };
}

const held = new Set<string>();

/** A thread that ends closes the libraries that it opened, while TensorFlow's own threads are still in them: the program would crash. So this thread opens them too, unless it uses them itself. */
function holdLibraries(paths: readonly string[]): void {
  if (Symbol.for("lyceum.compile") in globalThis) return;
  for (const path of paths) {
    if (held.has(path)) continue;
    held.add(path);
    process.dlopen({ exports: {} }, path);
  }
}

function startProcess(rank: number, onMessage: OnMessage, onEnd: OnEnd): Member {
  const { fork } = builtin("node:child_process", "running in processes");
  // One thread of TensorFlow's for each, or two processes would fight for the cores of one.
  const env = { TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: "1", TF_CPP_MIN_LOG_LEVEL: "2", ...process.env };
  const child: ChildProcess = fork(new URL("./worker.js", import.meta.url), [], { serialization: "advanced", execArgv: [], env, stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let tail = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (tail = (tail + text).slice(-2000)));
  child.on("message", (message: FromWorker) => onMessage(rank, message));
  const ended = new Promise<void>((resolve) => {
    child.on("error", (error) => {
      onEnd(rank, error.message);
      resolve();
    });
    child.on("exit", (code, signal) => {
      onEnd(rank, `${signal ? `signal ${signal}` : `exit code ${code}`}${tail.trim() ? `: ${tail.trim().split("\n").at(-1)}` : ""}`);
      resolve();
    });
  });
  return {
    post: (message) => void (child.connected && child.send(message, () => {})),
    kill() {
      child.kill("SIGKILL");
      return ended;
    },
  };
}

/** A pair of ports for each pair of threads, by rank and rank. */
function channels(size: number): (MessagePort | null)[][] {
  const { MessageChannel } = builtin("node:worker_threads", "running in threads");
  const ports: (MessagePort | null)[][] = Array.from({ length: size }, () => Array.from({ length: size }, () => null));
  for (let a = 0; a < size; a++) for (let b = a + 1; b < size; b++) {
    const { port1, port2 } = new MessageChannel();
    ports[a]![b] = port1;
    ports[b]![a] = port2;
  }
  return ports;
}
