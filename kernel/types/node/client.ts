import { Worker } from "node:worker_threads";
import type { Answer, Changes, CompilerClient, Request } from "../compiler.js";
import type { FromWorker, ToWorker, WorkerSettings } from "./protocol.js";

interface Waiting {
  request: Request;
  resolve(answer: Answer): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/**
 * A compiler in a thread of its own. `patience`: milliseconds until a compiler that does not answer is replaced;
 * a check takes a few, the first one a second or two.
 * `auto`: the native compiler; when it dies or hangs, once more, then the classic one. What it knew is told again each time.
 */
export function createWorkerClient(directory: string, implementation: "auto" | "native" | "classic", patience = 30_000): CompilerClient & { pid(): number | undefined } {
  const plan: WorkerSettings["implementation"][] = { auto: ["native", "native", "classic"] as const, native: ["native", "native"] as const, classic: ["classic", "classic"] as const }[implementation].slice();
  const texts: Changes = {};
  const waiting = new Map<number, Waiting>();
  const ready = withResolvers();
  ready.promise.catch(() => {});
  let next = 1;
  let closed = false;
  let worker: Worker | undefined;
  let pid: number | undefined;
  let up = false;

  function start(): void {
    const kind = plan.shift();
    up = false;
    pid = undefined;
    if (!kind) return fail(new Error("the TypeScript compiler ended and could not be started again"));
    const mine = (worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: { directory, implementation: kind } satisfies WorkerSettings, resourceLimits: kind === "native" ? { maxYoungGenerationSizeMb: 2 } : {} }));
    const lost = (): void => {
      if (worker !== mine || closed) return;
      void end(mine);
      start();
    };
    mine.on("message", (message: FromWorker) => {
      if (worker !== mine) return;
      if (message.type === "ready") {
        pid = message.pid;
        up = true;
        ready.resolve();
        // A new compiler knows nothing: the first request carries every text.
        let first = true;
        for (const [id, { request }] of waiting) {
          send(id, first ? { ...request, changes: { ...texts, ...request.changes } } : request);
          first = false;
        }
        told = !first;
      } else if (message.type === "failed" && message.lost) {
        lost();
      } else {
        const found = waiting.get(message.id);
        if (!found) return;
        waiting.delete(message.id);
        clearTimeout(found.timer);
        if (message.type === "answer") found.resolve(message.answer);
        else found.reject(new Error(message.message));
      }
    });
    mine.on("error", lost);
    mine.on("exit", lost);
  }

  let told = false;
  const send = (id: number, request: Request): void => worker!.postMessage({ id, request } satisfies ToWorker);

  function fail(error: Error): void {
    closed = true;
    ready.reject(error);
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    waiting.clear();
  }

  function end(old: Worker): Promise<void> {
    worker = undefined;
    // A thread inside a blocking read cannot be ended from outside; the end of the process it reads from frees it.
    if (pid !== undefined) kill(pid);
    // It goes by itself once it has seen its process end, so that none is left behind as a zombie.
    old.postMessage("close");
    return new Promise((resolve) => {
      const force = setTimeout(() => void old.terminate(), 2000);
      old.once("exit", () => {
        clearTimeout(force);
        resolve();
      });
    });
  }

  start();
  return {
    ready: ready.promise,
    ask(request) {
      if (closed) return Promise.reject(new Error("the type service is closed"));
      const changes = up && !told ? { ...texts, ...request.changes } : request.changes;
      Object.assign(texts, request.changes);
      const id = next++;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          const hung = worker;
          waiting.delete(id);
          reject(new Error(`the TypeScript compiler did not answer within ${patience} ms`));
          if (!hung || !up || closed) return;
          void end(hung);
          start();
        }, patience);
        waiting.set(id, { request, resolve, reject, timer });
        if (!up) return;
        told = true;
        send(id, { ...request, changes });
      });
    },
    async close() {
      if (closed) return;
      const old = worker;
      fail(new Error("the type service is closed"));
      if (old) await end(old);
    },
    pid: () => pid,
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Ended already.
  }
}

function withResolvers(): { promise: Promise<void>; resolve(): void; reject(error: Error): void } {
  let resolve = (): void => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<void>((yes, no) => ((resolve = yes), (reject = no)));
  return { promise, resolve, reject };
}
