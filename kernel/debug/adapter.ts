import type { Debugger, Runtime } from "node:inspector";
import type { CellScript } from "../cell/contract.js";
import type { FromHelper, NamedScript, ToHelper } from "../runner/protocol.js";
import { capabilities, modulesOf, stackTrace, wantedOf, type Arguments, type Body } from "./answers.js";
import { createBreakpoints } from "./breakpoints.js";
import { DebugProblem, threadId, type DebugEvent, type DebugRequest, type DebugResponse } from "./contract.js";
import { createInspector, RunnerGone } from "./inspector.js";
import { cellNames } from "./names.js";
import { createPauses, type Emit, type Frame } from "./pauses.js";
import { createSources } from "./sources.js";
import { createVariables } from "./variables.js";
import { debugWords } from "./words.js";

export interface DebuggerOptions {
  /** To the runner's helper thread. */
  send(message: ToHelper): void;
  /** Settles when the runner can be asked. */
  ready(): Promise<unknown>;
  /** Compile a cell as it would run; throws where it does not compile. */
  compile(source: string): readonly CellScript[];
  /** The kernel's own folder, whose code is no learner's. */
  ownFolder: string;
  language?: "en" | "zh";
  emit(event: DebugEvent): void;
  /** A word to the learner, under the cell that runs. */
  notice(text: string): void;
  /** A variable was made in the debugger: the type checker should know. */
  declare(name: string): void;
}

/** A session's debugger. Nothing is switched on before `attach`, and everything off again at `disconnect`. */
export interface NotebookDebugger {
  request(request: DebugRequest): Promise<DebugResponse>;
  receive(message: FromHelper): boolean;
  /** A cell is about to run under these scripts. Settles when the runner is ready to be stopped in it. */
  beforeRun(source: string, scripts: readonly NamedScript[]): Promise<void>;
  afterRun(): void;
  /** Let a paused program end or go on, because the cell is interrupted. */
  interrupt(): Promise<void>;
  /** The runner is gone, a new one starts. */
  onDeath(): void;
  isPaused(): boolean;
  /** The value of a variable where the program is paused. */
  hover(name: string): Promise<string | undefined>;
}

/** Milliseconds after which an interrupt is tried in the debugger's own way, too. */
const patience = 60;

export function createDebugger(options: DebuggerOptions): NotebookDebugger {
  const words = debugWords(options.language);
  let seq = 0;
  let attached: Promise<void> | undefined;
  let running = false;
  let armed = false;
  let runs = 0;
  let exceptions: "none" | "uncaught" | "all" = "none";
  const noticed = new Set<string>();

  const emit: Emit = (event, body = {}) => options.emit({ type: "event", seq: ++seq, event, body });
  const sources = createSources(options.ownFolder);
  let inspector = createInspector(options.send, onEvent);
  const breakpoints = createBreakpoints(() => inspector, sources, words);
  const pauses = createPauses(() => inspector, sources, emit, () => exceptions === "uncaught", (step) => {
    variables.forget();
    if (step === "stepInto") void tellGraphs();
  });
  const variables = createVariables(() => inspector, words);

  function onEvent(method: string, params: unknown): void {
    if (method === "Debugger.scriptParsed") sources.file((params as Debugger.ScriptParsedEventDataType).url);
    else if (!attached) return;
    else if (method === "Debugger.paused") void pauses.onPaused(params as Debugger.PausedEventDataType);
    else if (method === "Debugger.resumed") pauses.onResumed();
  }

  async function evaluate(expression: string): Promise<Runtime.RemoteObject> {
    return (await inspector.post<Runtime.EvaluateReturnType>("Runtime.evaluate", { expression, returnByValue: true, silent: true, disableBreaks: true })).result;
  }

  /** Compiled steps have no lines. Said once for each, where the learner tried to step into one. */
  async function tellGraphs(): Promise<void> {
    const { value } = await evaluate(`__lyceum__.debugging?.graphs.splice(0)`);
    for (const name of Array.isArray(value) ? (value as unknown[]) : []) {
      if (typeof name !== "string" || noticed.has(name)) continue;
      noticed.add(name);
      options.notice(`${words.graph(name)}\n`);
    }
  }

  async function tellRunner(): Promise<void> {
    await evaluate(`__lyceum__.attach(${breakpoints.inFunction()})`);
  }

  /** In a black box nothing stops: packages are one, except where an error thrown in them is to be seen. */
  async function setExceptions(): Promise<void> {
    const escaped = options.ownFolder.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    await inspector.post("Debugger.setBlackboxPatterns", { patterns: ["^node:", `^(file://)?${escaped}`, ...(exceptions === "none" ? ["[/\\\\]node_modules[/\\\\]"] : [])] });
    await inspector.post("Debugger.setPauseOnExceptions", { state: exceptions === "none" ? "none" : "all" });
  }

  async function enable(): Promise<void> {
    await options.ready();
    await inspector.post("Debugger.enable", { maxScriptsCacheSize: 0 });
    await setExceptions();
    await tellRunner();
  }

  /** JupyterLab attaches twice after a restart: the second time is the first. */
  function attach(): Promise<void> {
    if (!attached) {
      const mine = enable().catch((error: unknown) => {
        if (attached === mine) attached = undefined;
        throw error;
      });
      attached = mine;
    }
    return attached;
  }

  async function detach(): Promise<void> {
    if (!attached) return;
    await attached.catch(() => {});
    await breakpoints.clear();
    const before = pauses.release();
    attached = undefined;
    armed = false;
    variables.forget();
    noticed.clear();
    await evaluate("__lyceum__.detach()");
    if (before) await inspector.post("Debugger.resume").catch(() => {});
    await inspector.post("Debugger.disable");
  }

  /** Without this Node aborts when a timer's callback is cut off. */
  const forget = (): Promise<unknown> => evaluate("__lyceum__.forget()").catch(() => {});

  function frameOf(id: unknown): Frame {
    const frame = pauses.frame(id);
    if (!frame) throw new DebugProblem(words.notPaused);
    return frame;
  }

  const pathIn = ({ source }: Arguments): string => {
    const path = (source as { path?: unknown } | undefined)?.path;
    if (typeof path !== "string") throw new DebugProblem(`expected source.path to be a string, got ${JSON.stringify(path)}`);
    return path;
  };

  function dumpCell(code: unknown): Body {
    if (typeof code !== "string") throw new DebugProblem(`expected code to be a string, got ${JSON.stringify(code)}`);
    try {
      return { sourcePath: sources.cell(code, options.compile(code)) };
    } catch {
      return { sourcePath: sources.cell(code) }; // it does not compile: it has no line to stop at
    }
  }

  async function setBreakpoints(args: Arguments): Promise<Body> {
    const path = pathIn(args);
    await attach();
    const set = await breakpoints.set(path, wantedOf(args.breakpoints));
    await tellRunner();
    return { breakpoints: set };
  }

  async function setExceptionBreakpoints({ filters }: Arguments): Promise<Body> {
    const wanted = Array.isArray(filters) ? (filters as unknown[]) : [];
    exceptions = wanted.includes("all") ? "all" : wanted.includes("uncaught") ? "uncaught" : "none";
    if (attached) await setExceptions();
    return { breakpoints: wanted.map(() => ({ verified: true })) };
  }

  async function step(kind: "resume" | "stepOver" | "stepInto" | "stepOut"): Promise<Body> {
    await pauses.go(kind).catch((error: unknown) => {
      if (!(error instanceof RunnerGone)) throw error; // it went on, to its end
    });
    return kind === "resume" ? { allThreadsContinued: true } : {};
  }

  async function pause(): Promise<Body> {
    if (running) await pauses.pause();
    else armed = true; // stopping the idle kernel would stop in the kernel: the next cell's first line is meant
    return {};
  }

  function debugInfo(): Body {
    return {
      ...cellNames,
      isStarted: attached !== undefined,
      breakpoints: breakpoints.list(),
      stoppedThreads: pauses.current() ? [threadId] : [],
      richRendering: true,
      copyToGlobals: true,
      exceptionPaths: ["uncaught", "all"],
    };
  }

  async function rich({ variableName, frameId }: Arguments): Promise<Body> {
    const frame = frameId === undefined ? undefined : pauses.frame(frameId);
    const bundle = await variables.rich(String(variableName), frame ?? pauses.current()?.frames[0]).catch(() => undefined);
    return { data: bundle?.data ?? {}, metadata: bundle?.metadata ?? {} };
  }

  async function evaluateIn({ expression, frameId }: Arguments): Promise<Body> {
    const answer = await variables.evaluate(String(expression), pauses.current() ? pauses.frame(frameId) ?? pauses.current()?.frames[0] : undefined);
    pauses.renumber();
    return answer;
  }

  async function copyToGlobals({ srcVariableName: from, dstVariableName: to, srcFrameId }: Arguments): Promise<Body> {
    await variables.copyToGlobals(String(from), String(to), frameOf(srcFrameId));
    options.declare(String(to));
    pauses.renumber();
    return {};
  }

  function source(args: Arguments): Body {
    const path = pathIn(args);
    const content = sources.text(path);
    if (content === undefined) throw new DebugProblem(`no source is known under ${path}`);
    return { content, mimeType: "text/typescript" };
  }

  /** Answered at any time. */
  const always: Record<string, (args: Arguments) => Promise<Body> | Body> = {
    debugInfo,
    initialize: () => capabilities(options.language),
    attach: () => attach().then(() => (emit("initialized"), {})),
    configurationDone: () => ({}),
    disconnect: () => detach().then(() => (emit("terminated"), {})),
    dumpCell: ({ code }) => dumpCell(code),
    setBreakpoints,
    setExceptionBreakpoints,
    inspectVariables: async () => ({ variables: attached ? await variables.globals() : [] }),
    richInspectVariables: rich,
    modules: () => modulesOf(sources.files()),
    source,
    stackTrace: (args) => stackTrace(pauses.current()?.frames ?? [], args),
    threads: () => ({ threads: [{ id: threadId, name: "main" }] }),
  };

  /** Only where a debugger is attached. */
  const whenAttached: Record<string, (args: Arguments) => Promise<Body> | Body> = {
    continue: () => step("resume"),
    next: () => step("stepOver"),
    stepIn: () => step("stepInto"),
    stepOut: () => step("stepOut"),
    pause,
    scopes: ({ frameId }) => ({ scopes: variables.scopes(frameOf(frameId)) }),
    variables: async ({ variablesReference }) => ({ variables: await variables.variables(variablesReference) }),
    evaluate: evaluateIn,
    copyToGlobals,
  };

  async function answer(command: string, args: Arguments): Promise<Body> {
    const handler = Object.hasOwn(always, command) ? always[command] : Object.hasOwn(whenAttached, command) ? whenAttached[command] : undefined;
    if (!handler) throw new DebugProblem(words.unknown(command));
    if (!Object.hasOwn(always, command) && !attached) throw new DebugProblem(words.notAttached);
    return await handler(args);
  }

  return {
    async request({ seq: asked, command, arguments: args }) {
      const name = typeof command === "string" ? command : "";
      const response = (success: boolean, body: Body, message?: string): DebugResponse => ({ type: "response", seq: ++seq, request_seq: Number(asked) || 0, command: name, success, ...(message !== undefined && { message }), body });
      try {
        return response(true, await answer(name, typeof args === "object" && args !== null ? (args as Arguments) : {}));
      } catch (error) {
        if (name === "inspectVariables" && error instanceof RunnerGone) return response(true, { variables: [] });
        return response(false, {}, error instanceof Error ? error.message : String(error));
      }
    },
    receive: (message) => inspector.receive(message),
    async beforeRun(source, scripts) {
      const path = sources.cell(source, scripts);
      running = true;
      if (!attached) return;
      await attached.catch(() => {});
      if (await breakpoints.appeared(path)) await tellRunner();
      if (pauses.current()) options.notice(`${words.waiting}\n`);
      if (!armed) return;
      armed = false;
      for (const { name: url, code, prefix } of scripts) {
        const first = (await inspector.breakable(code)).find(({ line, column }) => line > 0 || column >= prefix);
        if (first) return await pauses.armAt({ url, ...first });
      }
    },
    afterRun() {
      running = false;
      runs++;
      pauses.ended();
    },
    async interrupt() {
      const paused = pauses.current();
      if (!paused) {
        if (!attached || !running) return;
        const mine = ++runs;
        const again = setInterval(() => {
          if (running && runs === mine && attached) pauses.terminate(forget).catch(() => {});
          else clearInterval(again);
        }, patience);
        return;
      }
      pauses.release();
      await forget();
      await inspector.post("Debugger.resume", { terminateOnResume: true }).catch(() => {});
    },
    onDeath() {
      const was = attached;
      attached = undefined;
      inspector.close();
      inspector = createInspector(options.send, onEvent);
      pauses.release();
      pauses.reset();
      sources.clear();
      if (!was) return;
      // The learner's breakpoints outlive the process.
      const mine = enable().then(() => breakpoints.restore()).then(tellRunner);
      mine.catch(() => {
        if (attached !== mine) return;
        attached = undefined;
        emit("terminated");
      });
      attached = mine;
    },
    isPaused: () => pauses.current() !== undefined,
    async hover(name) {
      const frame = pauses.current()?.frames[0];
      if (!frame) return undefined;
      const { result } = await variables.evaluate(`typeof ${name} === "undefined" ? undefined : ${name}`, frame);
      const [first = ""] = result.split("\n");
      return first.length < result.length || first.length > 200 ? `${first.slice(0, 200)} ...` : first;
    },
  };
}
