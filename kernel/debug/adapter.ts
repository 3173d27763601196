import type { Debugger, Runtime } from "node:inspector";
import type { CellScript } from "../cell/contract.js";
import type { FromHelper, NamedScript, ToHelper } from "../runner/protocol.js";
import type { Arguments, Body } from "./answers.js";
import { createAttachment } from "./attachment.js";
import { createBreakpoints } from "./breakpoints.js";
import { createCommands } from "./commands.js";
import type { DebugEvent, DebugRequest, DebugResponse } from "./contract.js";
import { createInspector } from "./inspector.js";
import { createPauses, type Emit } from "./pauses.js";
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
  /** The cell was interrupted: the runner's helper ends a paused program, too. */
  interrupted(): void;
  /** The runner is gone, a new one starts. */
  onDeath(): void;
  isPaused(): boolean;
  /** The value of a variable where the program is paused. */
  hover(name: string): Promise<string | undefined>;
}

export function createDebugger(options: DebuggerOptions): NotebookDebugger {
  const words = debugWords(options.language);
  let seq = 0;
  let running = false;
  let armed = false;
  /** Settles when nothing of the last interrupt is under way. */
  let ended: Promise<unknown> | undefined;
  const noticed = new Set<string>();

  const emit: Emit = (event, body = {}) => options.emit({ type: "event", seq: ++seq, event, body });
  const sources = createSources(options.ownFolder);
  let inspector = createInspector(options.send, onEvent);
  const breakpoints = createBreakpoints(() => inspector, sources, words);
  const pauses = createPauses(() => inspector, sources, emit, () => attachment.stopAt() === "uncaught", (step) => {
    variables.forget();
    if (step === "stepInto") void tellGraphs();
  });
  const variables = createVariables(() => inspector, words);
  const attachment = createAttachment({ inspector: () => inspector, evaluate, breakpoints, pauses, ownFolder: options.ownFolder, ready: () => options.ready(), emit });
  const answer = createCommands({
    attachment, breakpoints, pauses, sources, variables, words, emit,
    language: options.language,
    compile: (source) => options.compile(source),
    declare: (name) => options.declare(name),
    running: () => running,
    arm: () => (armed = true),
    onDetach() {
      armed = false;
      noticed.clear();
    },
  });

  function onEvent(method: string, params: unknown): void {
    if (method === "Debugger.scriptParsed") sources.file((params as Debugger.ScriptParsedEventDataType).url);
    else if (!attachment.current()) return;
    else if (method === "Debugger.paused") void pauses.onPaused(params as Debugger.PausedEventDataType);
    else if (method === "Debugger.resumed") pauses.onResumed();
    else if (method === "Debugger.breakpointResolved") breakpoints.resolved(params as Debugger.BreakpointResolvedEventDataType);
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

  return {
    async request({ seq: asked, command, arguments: args }) {
      const name = typeof command === "string" ? command : "";
      const response = (success: boolean, body: Body, message?: string): DebugResponse => ({ type: "response", seq: ++seq, request_seq: Number(asked) || 0, command: name, success, ...(message !== undefined && { message }), body });
      try {
        return response(true, await answer(name, typeof args === "object" && args !== null ? (args as Arguments) : {}));
      } catch (error) {
        return response(false, {}, error instanceof Error ? error.message : String(error));
      }
    },
    receive: (message) => inspector.receive(message),
    async beforeRun(source, scripts) {
      const path = sources.cell(source, scripts);
      running = true;
      const attached = attachment.current();
      if (!attached) return;
      await Promise.all([attached.catch(() => {}), ended]);
      if (await breakpoints.appeared(path)) await attachment.tellRunner();
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
      pauses.ended();
    },
    interrupted() {
      pauses.release();
      // Answered when the helper has ended what runs: only then may the next cell come, or a pause that still waits would stop it.
      if (attachment.current()) ended = evaluate("0").catch(() => {});
    },
    onDeath() {
      inspector.close();
      inspector = createInspector(options.send, onEvent);
      pauses.release();
      pauses.reset();
      sources.clear();
      attachment.restart();
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
