import { fileURLToPath } from "node:url";
import { createCellEvents } from "./events.js";
import { createCompiler, factsOf } from "./compile.js";
import type { ExecuteOutcome, ExecuteRequest, Session, SessionOptions } from "./contract.js";
import { CellSyntaxError, isComplete } from "../cell/index.js";
import type { NamedScript } from "../runner/protocol.js";
import { cellBase, createDebugger } from "../debug/index.js";
import { createDeliveries } from "./deliveries.js";
import { createHistory } from "./history.js";
import { createInterrupter } from "./interrupt.js";
import { createLink } from "./link.js";
import { createQuestions } from "./questions.js";
import { reportDeath } from "./death.js";
import { reportDiagnostics, reportPlain, reportSyntax, reportThrown } from "./report.js";
import { projectRoot } from "../root.js";
import { checkCell, openTypes } from "./types.js";
import { wordsFor } from "./words.js";

export type * from "./contract.js";

/** The name at this place of a text. */
function wordAt(source: string, offset: number): string | undefined {
  const before = /[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.exec(source.slice(0, offset))?.[0] ?? "";
  const word = before + (/^[\p{ID_Continue}$]*/u.exec(source.slice(offset))?.[0] ?? "");
  return /^[\p{ID_Start}$_]/u.test(word) && source[offset - before.length - 1] !== "." ? word : undefined;
}

/** A notebook's life: compile, type-check, run, interrupt, respawn (see `Session`). The runner starts at once. */
export function createSession(options: SessionOptions): Session {
  const words = wordsFor(options.language);
  const history = createHistory();
  const compiler = createCompiler();
  const types = options.check === false ? Promise.resolve(undefined) : openTypes({ directory: options.directory, language: options.language });
  const events = createCellEvents(options, words, history, () => session, (id, answer) => link.send({ type: "service", id, ...answer }), (message) => questions.onAnswer(message));
  const link = createLink(
    {
      runner: { directory: options.directory, root: projectRoot(), preload: options.preload ?? true, tier: options.engine?.tier, language: options.language ?? "en" },
      wrap: options.wrap,
      maxHeap: options.maxHeap,
      words,
    },
    {
      ...events,
      onMain(message, parts) {
        if (message.type === "handled") return deliveries.onHandled(message.id);
        // TensorFlow is there: its types will be wanted next. A notebook that closes meanwhile needs none.
        if (message.type === "engine") void types.then((service) => service?.preload()).catch(() => {});
        events.onMain(message, parts);
      },
      onHelper(message) {
        if (!debug.receive(message)) events.onHelper(message);
      },
      onDeath(reason, whileRunning) {
        debug.onDeath();
        questions.onDeath(reason);
        deliveries.clear();
        compiler.clear();
        void types.then((service) => service?.reset());
        events.onDeath(reason, whileRunning);
      },
    },
  );
  const questions = createQuestions(link, history, () => debug.isPaused());
  const deliveries = createDeliveries(link);
  const interrupter = createInterrupter(link);
  const debug = createDebugger({
    send: (message) => link.toHelper(message),
    ready: () => link.ready,
    compile: (source) => compiler.compile(source, ""),
    ownFolder: fileURLToPath(new URL("../..", import.meta.url)) /* the lessons' checks are ours too */,
    language: options.language,
    emit: (event) => options.onEvent({ type: "debug", event }),
    notice: (text) => events.onRaw("stderr", text),
    declare: (name) => void declare(name),
  });
  let queue: Promise<unknown> = Promise.resolve();
  let queued = 0;
  let generation = 0; // counts restarts: cells sent before one do not run after it
  let seq = 0;

  /** A variable that no cell made. */
  async function declare(name: string): Promise<void> {
    const source = `let ${name}: any;`;
    const facts = factsOf(source);
    if (facts) (await types)?.keep({ source, facts });
  }

  async function execute(request: ExecuteRequest, isWanted: () => boolean): Promise<ExecuteOutcome> {
    const refused = (error: ExecuteOutcome["error"]): ExecuteOutcome => ({ status: "error", error, userExpressions: {}, payload: [] });
    const service = await types;
    const facts = factsOf(request.code);
    if (service && facts) {
      const found = await checkCell(service, request.code, facts);
      if (found.length > 0) return refused(reportDiagnostics(found, request.code, request.count, words));
    }
    const own = ++seq;
    let scripts: NamedScript[];
    const userExpressions: Record<string, NamedScript[]> = {};
    const failed: ExecuteOutcome["userExpressions"] = {};
    try {
      scripts = compiler.compile(request.code, cellBase(own, request.code));
    } catch (error) {
      if (error instanceof CellSyntaxError) return refused(reportSyntax(error, request.code, request.count, words));
      throw error;
    }
    for (const [key, code] of Object.entries(request.userExpressions ?? {})) {
      try {
        userExpressions[key] = compiler.compile(code, `expression:///${own}/${key}`);
      } catch (error) {
        if (!(error instanceof CellSyntaxError)) throw error;
        failed[key] = { status: "error", error: reportSyntax(error, code, request.count, words) };
      }
    }
    if (interrupter.stopped()) return refused(reportPlain("interrupted", "Interrupted", words.interrupted));
    history.add(request, scripts.map((script) => script.name), facts);
    events.setParent(request.parent);
    await debug.beforeRun(request.code, scripts);
    const answer = await link.run({
      type: "run",
      seq: own,
      parent: request.parent,
      count: request.count,
      scripts,
      imports: facts?.imports ?? [],
      references: facts?.references ?? [],
      userExpressions,
      allowStdin: request.allowStdin ?? false,
    }, isWanted);
    debug.afterRun();
    if (answer.type === "died") return refused(reportDeath(answer.reason, words));
    if (facts) {
      compiler.keep(facts);
      service?.keep({ source: request.code, facts });
    }
    const error = answer.status === "interrupted" ? reportPlain("interrupted", "Interrupted", words.interrupted) : answer.error && reportThrown(answer.error, history.find, words);
    const expressions = Object.entries(answer.userExpressions).map(([key, one]) => [key, one.status === "ok" ? one : { status: "error" as const, error: reportThrown(one.error, history.find, words) }]);
    return {
      status: answer.status === "ok" ? "ok" : "error",
      result: answer.result,
      error,
      userExpressions: { ...failed, ...Object.fromEntries(expressions) },
      payload: answer.payload,
    };
  }

  const session: Session = {
    get ready() {
      return link.ready;
    },
    execute(request) {
      const mine = generation;
      const start = (): Promise<ExecuteOutcome> => interrupter.during(() => execute(request, () => mine === generation));
      const turn = queued === 0 ? start() : queue.then(start);
      queued++;
      queue = turn.catch(() => {}).then(() => queued--);
      return turn;
    },
    async interrupt() {
      const interrupted = interrupter.interrupt();
      debug.interrupted();
      return await interrupted;
    },
    debug: (request) => debug.request(request),
    isComplete,
    complete: async (source, offset) => (await (await types)?.complete(source, offset)) ?? { start: offset, end: offset, items: [] },
    async hover(source, offset) {
      const hover = await (await types)?.hover(source, offset);
      const name = hover && wordAt(source, offset);
      const value = name && (await debug.hover(name).catch(() => undefined));
      return hover && value ? { ...hover, signature: `${hover.signature} = ${value}` } : hover;
    },
    reply: (value) => link.reply(value),
    comm: (message, parent) => deliveries.send(message, parent),
    ask: (question, limits) => questions.ask(question, limits),
    async restart() {
      generation++;
      (await types)?.reset();
      history.clear();
      compiler.clear();
      deliveries.clear();
      const restarted = link.restart();
      debug.onDeath();
      await restarted;
    },
    async dispose() {
      await link.dispose();
      await (await types)?.dispose();
    },
  };
  return session;
}
