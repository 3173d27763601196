import { createDisplay, toBundle, type Display, type MimeBundle, type OutputMessage } from "../display/node/index.js";
import { currentCell, runBeside, runInCell, type CellContext } from "./context.js";
import { evaluateScripts, type Evaluation } from "./evaluate.js";
import { lyceum } from "./hidden.js";
import type { Output } from "./output.js";
import type { FromMain, NamedScript, RunRequest, UserExpressionAnswer } from "./protocol.js";
import { flag, type SharedMemory } from "./shared.js";
import type { Stacks } from "./stack.js";
import { describeThrown } from "./thrown.js";

type Done = Extract<FromMain, { type: "done" }>;

/** Runs cells, one at a time. */
export interface CellRunner {
  run(request: RunRequest): void;
  isBusy(): boolean;
  /** The process ends: the running cell gets no answer from here. */
  abandon(): void;
  /** End the running cell now; what it started is frozen at its next timer or print. */
  cancel(): void;
  /** Run a handler in the name of a front-end message. */
  beside(parent: string, act: () => void): void;
  /** How the cell that runs this code shows things. */
  display(): Display;
  /** Add a payload, such as a page, to the running cell's reply. */
  payload(entry: Record<string, unknown>): void;
}

interface Running {
  cell: CellContext;
  payload: Record<string, unknown>[];
  end(done: Partial<Done> & { status: Done["status"] }): void;
}

/** `before` settles when what the cell needs (the engine) is there; `cutOff` puts right what code was in the middle of when it was stopped. */
export function createCellRunner(memory: SharedMemory, output: Output, stacks: Stacks, before: (request: RunRequest) => Promise<unknown> | undefined, cutOff: () => void): CellRunner {
  const displays = new WeakMap<CellContext, Display>();
  let running: Running | undefined;

  function displayOf(cell: CellContext): Display {
    let display = displays.get(cell);
    if (!display) displays.set(cell, (display = createDisplay((message) => emit(currentCell(), message))));
    return display;
  }

  function emit(cell: CellContext, message: OutputMessage): void {
    if (cell.cancelled) return;
    if (message.type === "stream") output.text(cell.parent, message.name, message.text);
    else output.send({ ...message, parent: cell.parent });
  }

  async function bundle(value: unknown): Promise<MimeBundle> {
    Atomics.store(memory.flags, flag.bundling, 1);
    try {
      return await toBundle(value);
    } finally {
      Atomics.store(memory.flags, flag.bundling, 0);
    }
  }

  /** Evaluate and hand over the value given to `__lyceum__.result`. Rejects with what was thrown. */
  function valueOf(scripts: readonly NamedScript[]): Promise<{ given: boolean; value?: unknown }> {
    return new Promise((resolve, reject) => {
      let given = false;
      let value: unknown;
      lyceum.result = (result) => {
        given = true;
        value = result;
      };
      evaluateScripts(scripts, (result: Evaluation) => {
        if (result.status === "ok") Promise.resolve(value).then((settled) => resolve({ given, value: settled }), reject);
        else if (result.status === "threw") reject(result.value as Error);
        else {
          cutOff();
          running?.end({ status: "interrupted" });
        }
      });
    });
  }

  async function execute(request: RunRequest, cell: CellContext, end: Running["end"]): Promise<void> {
    for (const script of request.scripts) stacks.cell(script, request.count);
    try {
      const needed = before(request);
      if (needed) await needed;
      const { value } = await valueOf(request.scripts);
      const result = value === undefined ? undefined : await bundle(value);
      const userExpressions: Record<string, UserExpressionAnswer> = {};
      for (const [name, scripts] of Object.entries(request.userExpressions)) userExpressions[name] = await expression(scripts);
      await displayOf(cell).settled();
      end({ status: "ok", result, userExpressions });
    } catch (error) {
      await displayOf(cell).settled();
      end({ status: "error", error: describeThrown(error, stacks) });
    }
  }

  async function expression(scripts: readonly NamedScript[]): Promise<UserExpressionAnswer> {
    try {
      return { status: "ok", bundle: await bundle((await valueOf(scripts)).value) };
    } catch (error) {
      return { status: "error", error: describeThrown(error, stacks) };
    }
  }

  return {
    run(request) {
      const cell: CellContext = { parent: request.parent, allowStdin: request.allowStdin, cancelled: false };
      const payload: Record<string, unknown>[] = [];
      const end: Running["end"] = (done) => {
        if (running?.cell !== cell) return;
        running = undefined;
        Atomics.store(memory.flags, flag.bundling, 0);
        if (done.status === "interrupted") cell.cancelled = true;
        output.send({ type: "done", seq: request.seq, userExpressions: {}, payload, ...done });
      };
      running = { cell, payload, end };
      runInCell(cell, () => void execute(request, cell, end).catch((error: unknown) => end({ status: "error", error: describeThrown(error, stacks) })));
    },
    isBusy: () => running !== undefined,
    abandon() {
      running = undefined;
    },
    cancel() {
      cutOff();
      running?.end({ status: "interrupted" });
    },
    beside: (parent, act) => runBeside({ parent, allowStdin: false, cancelled: false }, act),
    display: () => displayOf(currentCell()),
    payload: (entry) => void running?.payload.push(entry),
  };
}
