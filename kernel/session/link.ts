import type { FromMain, RunnerOptions, RunRequest, ToHelper, ToMain } from "../runner/protocol.js";
import { explainDeath, type DeathCause } from "./death.js";
import { defaultHeap, startRunner, type RunnerEnd, type RunnerEvents, type RunnerProcess } from "./process.js";
import type { Words } from "./words.js";

export type RunAnswer = Extract<FromMain, { type: "done" }> | { type: "died"; reason: string };

/** The session's line to its runner: always one process, a new one when it dies. */
export interface Link {
  readonly ready: Promise<void>;
  readonly pid: number | undefined;
  /** `isWanted` is asked when the runner is ready: a restart may have come in between. */
  run(request: RunRequest, isWanted: () => boolean): Promise<RunAnswer>;
  /** Stop what runs. Settles when the runner answered for it, or died. */
  interrupt(message?: { ask: number }): Promise<void>;
  send(message: ToMain, parts?: readonly Uint8Array[]): void;
  reply(value: string | null): void;
  toHelper(message: ToHelper): void;
  /** End the process; the reason is told as the interrupt's. */
  kill(cause: DeathCause): void;
  restart(): Promise<void>;
  dispose(): Promise<void>;
}

export interface LinkEvents extends RunnerEvents {
  /** The runner died by itself, with the cell running or not; a new one is starting. */
  onDeath(reason: string, whileRunning: boolean): void;
}

export interface LinkOptions {
  runner: RunnerOptions;
  wrap?: string[];
  maxHeap?: number;
  words: Words;
}

/** A runner that dies this often before it was ready is not started again until the next cell asks. */
const startAttempts = 2;

export function createLink(options: LinkOptions, events: LinkEvents): Link {
  let runner: RunnerProcess;
  let cause: DeathCause;
  let ready: Promise<void>;
  let markReady = (): void => {};
  let failedStarts = 0;
  let lastReason = "";
  let running: { seq: number; resolve: (answer: RunAnswer) => void } | undefined;
  let interruptId = 0;
  const interrupts = new Map<number, () => void>();
  let closed = false;

  function onMain(message: FromMain, parts: Uint8Array[]): void {
    if (message.type === "ready") {
      failedStarts = 0;
      markReady();
    } else if (message.type === "exit") cause = { exit: message.code };
    else if (message.type === "interrupted") settleInterrupt(message.id);
    else if (message.type === "done") {
      const waiting = running;
      if (waiting?.seq !== message.seq) return;
      running = undefined;
      setImmediate(() => waiting.resolve(message)); // what child processes wrote on the raw pipes comes first
    } else events.onMain(message, parts);
  }

  function settleInterrupt(id: number): void {
    for (const [key, resolve] of interrupts) {
      if (key > id) continue;
      interrupts.delete(key);
      resolve();
    }
  }

  function start(): void {
    cause = undefined;
    ready = new Promise((resolve) => (markReady = resolve));
    const isReady = { value: false };
    void ready.then(() => (isReady.value = true));
    const own = startRunner(options.runner, options, { ...events, onMain: (message, parts) => own === runner && onMain(message, parts), onHelper: (message) => own === runner && events.onHelper(message) });
    runner = own;
    void own.ended.then((end) => own === runner && onEnd(end, isReady.value));
  }

  function onEnd(end: RunnerEnd, wasReady: boolean): void {
    const reason = explainDeath(end, cause, options.maxHeap ?? defaultHeap(), options.words);
    lastReason = reason;
    const waiting = running;
    running = undefined;
    settleInterrupt(interruptId);
    if (!wasReady) failedStarts++;
    markReady(); // whoever waits for a runner that cannot start must learn it from the next run
    if (!closed && failedStarts < startAttempts) start();
    if (!closed) events.onDeath(reason, waiting !== undefined);
    waiting?.resolve({ type: "died", reason });
  }

  async function end(): Promise<void> {
    const old = runner;
    const waiting = running;
    running = undefined;
    settleInterrupt(interruptId);
    old.kill();
    waiting?.resolve({ type: "died", reason: options.words.killed });
    await old.ended;
  }

  start();
  return {
    get ready() {
      return ready;
    },
    get pid() {
      return runner.pid;
    },
    async run(request, isWanted) {
      if (failedStarts >= startAttempts) {
        failedStarts = 0;
        start();
      }
      await ready;
      return await new Promise((resolve) => {
        if (failedStarts > 0) return resolve({ type: "died", reason: options.words.notStarted(lastReason) });
        if (!isWanted()) return resolve({ type: "died", reason: options.words.killed });
        running = { seq: request.seq, resolve };
        runner.toMain(request);
      });
    },
    interrupt(message) {
      const id = ++interruptId;
      const answered = new Promise<void>((resolve) => interrupts.set(id, resolve));
      runner.toMain({ type: "interrupt", id, ask: message?.ask });
      runner.toHelper({ type: "interrupt", id });
      return answered;
    },
    send: (message, parts) => runner.toMain(message, parts),
    toHelper: (message) => runner.toHelper(message),
    reply: (value) => runner.toHelper({ type: "reply", value }),
    kill(why) {
      cause = why;
      runner.kill();
    },
    async restart() {
      const ended = end();
      start();
      await ended;
      await ready;
    },
    async dispose() {
      closed = true;
      await end();
    },
  };
}
