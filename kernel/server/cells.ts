import type { ErrorReport, ExecuteOutcome, Session } from "../session/contract.js";
import type { Content, Request } from "../wire/message.js";
import { burst, sentBefore } from "./burst.js";
import type { History } from "./history.js";
import type { Parent } from "./parents.js";
import type { Publisher } from "./publisher.js";
import type { ServerWords } from "./words.js";

export interface CellsOptions {
  session: Promise<Session>;
  publisher: Publisher;
  history: History;
  words: ServerWords;
  remember(request: Request, options: { silent: boolean; allowStdin: boolean }): Parent;
  reply(request: Request, content: Content, metadata?: Content): void;
  /** The cell does not run any more, its reply is not sent yet. */
  onEnd(): void;
}

/** The cells of a notebook: one after another, in the order in which they came. */
export interface Cells {
  submit(request: Request): void;
  /** The header of the cell that runs now. */
  running(): Request["header"] | undefined;
}

export function createCells({ session, publisher, history, words, remember, reply, onEnd }: CellsOptions): Cells {
  let queue: Request[] = [];
  let working = false;
  let running: Request | undefined;
  let count = 0;
  /** The last cell that failed and asked that those behind it do not run. */
  let failed: { request: Request; at: number } | undefined;

  async function run(request: Request): Promise<void> {
    const { header, content } = request;
    running = request;
    const started = new Date().toISOString();
    const silent = content.silent === true;
    const stored = !silent && content.store_history !== false;
    const stops = !silent && content.stop_on_error !== false;
    remember(request, { silent, allowStdin: content.allow_stdin === true });
    publisher.status(header, "busy");
    if (stored) count++;
    const own = count;
    const code = content.code;
    let outcome: ExecuteOutcome;
    if (typeof code !== "string") outcome = failure("BadRequest", `expected code to be a string, got ${JSON.stringify(code)}`);
    else {
      if (stored) history.add(own, code);
      if (!silent) publisher.publish({ type: "execute_input", parent: header, content: { code, execution_count: own } });
      outcome = await (await session)
        .execute({
          parent: header.msg_id,
          code,
          count: own,
          cellId: typeof request.metadata.cellId === "string" ? request.metadata.cellId : undefined,
          silent,
          allowStdin: content.allow_stdin === true,
          userExpressions: stringsOf(content.user_expressions),
        })
        .catch((error: unknown) => failure("KernelError", `${words.broken} ${error instanceof Error ? error.message : String(error)}`));
    }
    onEnd();
    const { error } = outcome;
    if (error && stops) await burst(request);
    if (!silent) {
      if (error) publisher.publish({ type: "error", parent: header, content: errorFields(error) });
      else if (outcome.result) {
        publisher.publish({ type: "execute_result", parent: header, content: { execution_count: own, ...outcome.result } });
        const plain = outcome.result.data["text/plain"];
        if (stored && typeof plain === "string") history.output(own, plain.slice(0, 10_000));
      }
    }
    await publisher.drained(); // everything a cell printed is out before its reply and its idle
    const fields = { execution_count: own, payload: outcome.payload, user_expressions: expressionsOf(outcome) };
    const answer: Content = error ? { status: "error", ...errorFields(error), ...fields } : { status: "ok", ...fields };
    const told = performance.now(); // taken before the reply: the client may read it, and send its next cell, before `reply` returns
    reply(request, answer, { started, status: answer.status });
    running = undefined;
    publisher.status(header, "idle");
    if (!error || !stops) return;
    failed = { request, at: told };
    const behind = queue;
    queue = [];
    behind.forEach(abort);
  }

  /**
   * Status `error`, not `aborted`: the specification deprecates the latter since 5.1, jupyter_kernel_test's validator refuses it, and JupyterLab
   * treats both alike. The count is null, so that JupyterLab leaves the prompt of a cell that did not run empty.
   */
  function abort(request: Request): void {
    publisher.status(request.header, "busy");
    reply(request, { status: "error", ename: "Aborted", evalue: words.aborted, traceback: [], execution_count: null, payload: [], user_expressions: {} });
    publisher.status(request.header, "idle");
  }

  async function work(): Promise<void> {
    working = true;
    for (let next = queue.shift(); next; next = queue.shift()) await run(next).catch((error: unknown) => process.stderr.write(`lyceum: ${String(error)}\n`));
    working = false;
  }

  return {
    submit(request) {
      if (failed && sentBefore(request, failed)) return abort(request);
      queue.push(request);
      if (!working) void work();
    },
    running: () => running?.header,
  };
}

function failure(ename: string, evalue: string): ExecuteOutcome {
  return { status: "error", error: { kind: "thrown", ename, evalue, traceback: [`${ename}: ${evalue}`] }, userExpressions: {}, payload: [] };
}

export function errorFields({ ename, evalue, traceback }: ErrorReport): Content {
  return { ename, evalue, traceback };
}

function expressionsOf(outcome: ExecuteOutcome): Content {
  const answers = Object.entries(outcome.userExpressions).map(([key, answer]) => [key, answer.status === "ok" ? { status: "ok", ...answer.bundle } : { status: "error", ...errorFields(answer.error) }]);
  return Object.fromEntries(answers) as Content;
}

function stringsOf(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
