import type { CellScript } from "../cell/contract.js";
import { capabilities, modulesOf, stackTrace, wantedOf, type Arguments, type Body } from "./answers.js";
import type { Attachment } from "./attachment.js";
import type { Breakpoints } from "./breakpoints.js";
import { DebugProblem, threadId } from "./contract.js";
import { RunnerGone } from "./inspector.js";
import { cellNames } from "./names.js";
import type { Emit, Frame, Pauses, Step } from "./pauses.js";
import type { Sources } from "./sources.js";
import type { Variables } from "./variables.js";
import type { DebugWords } from "./words.js";

export interface CommandParts {
  attachment: Attachment;
  breakpoints: Breakpoints;
  pauses: Pauses;
  sources: Sources;
  variables: Variables;
  words: DebugWords;
  emit: Emit;
  language?: "en" | "zh";
  /** Compile a cell as it would run; throws where it does not compile. */
  compile(source: string): readonly CellScript[];
  /** A variable was made in the debugger. */
  declare(name: string): void;
  /** A cell runs. */
  running(): boolean;
  /** Stop at the next cell's first line. */
  arm(): void;
  onDetach(): void;
}

type Handler = (args: Arguments) => Promise<Body> | Body;

/** The requests of the protocol, by name. Throws a `DebugProblem` where one cannot be answered. */
export function createCommands(parts: CommandParts): (command: string, args: Arguments) => Promise<Body> {
  const { attachment, breakpoints, pauses, sources, variables, words, emit } = parts;

  function frameOf(id: unknown): Frame {
    const frame = pauses.frame(id);
    if (!frame) throw new DebugProblem(words.notPaused);
    return frame;
  }

  async function attach(): Promise<Body> {
    await attachment.attach();
    emit("initialized");
    return {};
  }

  async function disconnect(): Promise<Body> {
    if (attachment.current()) {
      await attachment.detach();
      variables.forget();
      parts.onDetach();
    }
    emit("terminated");
    return {};
  }

  function dumpCell({ code }: Arguments): Body {
    if (typeof code !== "string") throw new DebugProblem(`expected code to be a string, got ${JSON.stringify(code)}`);
    try {
      return { sourcePath: sources.cell(code, parts.compile(code)) };
    } catch {
      return { sourcePath: sources.cell(code) }; // it does not compile: it has no line to stop at
    }
  }

  async function setBreakpoints(args: Arguments): Promise<Body> {
    const path = pathIn(args);
    await attachment.attach();
    const set = await breakpoints.set(path, wantedOf(args.breakpoints));
    await attachment.tellRunner();
    pauses.tellAgain();
    return { breakpoints: set };
  }

  async function setExceptionBreakpoints({ filters }: Arguments): Promise<Body> {
    const wanted = Array.isArray(filters) ? (filters as unknown[]) : [];
    await attachment.setStopAt(wanted.includes("all") ? "all" : wanted.includes("uncaught") ? "uncaught" : "none");
    return { breakpoints: wanted.map(() => ({ verified: true })) };
  }

  async function step(kind: Step): Promise<Body> {
    await pauses.go(kind).catch((error: unknown) => {
      if (!(error instanceof RunnerGone)) throw error; // it went on, to its end
    });
    return kind === "resume" ? { allThreadsContinued: true } : {};
  }

  async function pause(): Promise<Body> {
    if (parts.running()) await pauses.pause();
    else parts.arm(); // stopping the idle kernel would stop in the kernel: the next cell's first line is meant
    return {};
  }

  function debugInfo(): Body {
    return {
      ...cellNames,
      isStarted: attachment.current() !== undefined,
      breakpoints: breakpoints.list(),
      stoppedThreads: pauses.isKnown() ? [threadId] : [],
      richRendering: true,
      copyToGlobals: true,
      exceptionPaths: ["uncaught", "all"],
    };
  }

  async function inspectVariables(): Promise<Body> {
    const found = attachment.current() ? variables.globals() : [];
    return { variables: await Promise.resolve(found).catch((error: unknown) => {
      if (error instanceof RunnerGone) return [];
      throw error;
    }) };
  }

  async function richInspectVariables({ variableName, frameId }: Arguments): Promise<Body> {
    const frame = frameId === undefined ? undefined : pauses.frame(frameId);
    const bundle = await variables.rich(String(variableName), frame ?? pauses.current()?.frames[0]).catch(() => undefined);
    return { data: bundle?.data ?? {}, metadata: bundle?.metadata ?? {} };
  }

  async function evaluate({ expression, frameId }: Arguments): Promise<Body> {
    const answer = await variables.evaluate(String(expression), pauses.current() ? pauses.frame(frameId) ?? pauses.current()?.frames[0] : undefined);
    pauses.renumber();
    return answer;
  }

  async function copyToGlobals({ srcVariableName: from, dstVariableName: to, srcFrameId }: Arguments): Promise<Body> {
    await variables.copyToGlobals(String(from), String(to), frameOf(srcFrameId));
    parts.declare(String(to));
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
  const always: Record<string, Handler> = {
    debugInfo,
    initialize: () => capabilities(parts.language),
    attach,
    configurationDone: () => ({}),
    disconnect,
    dumpCell,
    setBreakpoints,
    setExceptionBreakpoints,
    inspectVariables,
    richInspectVariables,
    async modules() {
      await attachment.caughtUp();
      return modulesOf(sources.files());
    },
    source,
    stackTrace: (args) => stackTrace(pauses.current()?.frames ?? [], args),
    threads: () => ({ threads: [{ id: threadId, name: "main" }] }),
  };

  /** Only where a debugger is attached. */
  const whenAttached: Record<string, Handler> = {
    continue: () => step("resume"),
    next: () => step("stepOver"),
    stepIn: () => step("stepInto"),
    stepOut: () => step("stepOut"),
    pause,
    scopes: ({ frameId }) => ({ scopes: variables.scopes(frameOf(frameId)) }),
    variables: async ({ variablesReference }) => ({ variables: await variables.variables(variablesReference) }),
    evaluate,
    copyToGlobals,
  };

  return async (command, args) => {
    if (Object.hasOwn(always, command)) return await always[command]!(args);
    if (!Object.hasOwn(whenAttached, command)) throw new DebugProblem(words.unknown(command));
    if (!attachment.current()) throw new DebugProblem(words.notAttached);
    return await whenAttached[command]!(args);
  };
}

function pathIn({ source }: Arguments): string {
  const path = (source as { path?: unknown } | undefined)?.path;
  if (typeof path !== "string") throw new DebugProblem(`expected source.path to be a string, got ${JSON.stringify(path)}`);
  return path;
}
