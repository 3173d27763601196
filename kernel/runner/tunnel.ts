import { Session } from "node:inspector";
import type { Debugger, Runtime } from "node:inspector";
import type { Post } from "./gate.js";
import type { FromHelper, Position, ToHelper } from "./protocol.js";

/** Carries the inspector's commands and events between the session and the main thread. Knows of debugging only whether it goes on. */
export interface Tunnel {
  receive(message: Extract<ToHelper, { type: "inspect" | "breakable" }>): void;
  /** A debugger watches the main thread. */
  attached(): boolean;
  /** Where the main thread is paused. */
  stopped(): Stopped | undefined;
  /** The patterns of code in which nothing pauses. */
  blackbox(): unknown;
  /** The session hears of no stop meanwhile. */
  quietly(act: () => Promise<void>): Promise<void>;
}

export interface Stopped {
  /** Of the frames, innermost first. */
  files: string[];
}

export function createTunnel(main: Session, post: Post, tell: (message: FromHelper) => void): Tunnel {
  /** V8 leaves the frames' own `url` empty. */
  const urls = new Map<string, string>();
  let attached = false;
  let blackbox: unknown = [];
  let stopped: Stopped | undefined;
  let quiet = false;

  main.on("Debugger.scriptParsed", ({ params: { scriptId, url } }) => {
    urls.set(scriptId, url);
    if (url !== "" && !url.startsWith("node:")) tell({ type: "inspector event", method: "Debugger.scriptParsed", params: { scriptId, url } });
  });
  main.on("Debugger.paused", ({ params }) => {
    const callFrames = params.callFrames.map((frame: Debugger.CallFrame) => ({ ...frame, url: urls.get(frame.location.scriptId) ?? "" }));
    stopped = { files: callFrames.map(({ url }) => url) };
    if (!quiet) tell({ type: "inspector event", method: "Debugger.paused", params: { ...params, callFrames } });
  });
  main.on("Debugger.resumed", () => {
    stopped = undefined;
    tell({ type: "inspector event", method: "Debugger.resumed", params: {} });
  });

  return {
    receive(message) {
      if (message.type === "breakable") return tell({ type: "inspected", id: message.id, ...attempt(() => breakable(message.code)) });
      const { id, method, params } = message;
      if (method === "Debugger.enable") attached = true;
      else if (method === "Debugger.disable") attached = false;
      else if (method === "Debugger.setBlackboxPatterns") blackbox = (params as { patterns: unknown }).patterns;
      post(method, params, (error, result) => {
        tell({ type: "inspected", id, ...(error ? { error: error.message } : { result: result ?? {} }) });
      });
    },
    attached: () => attached,
    stopped: () => stopped,
    blackbox: () => blackbox,
    async quietly(act) {
      quiet = true;
      try {
        await act();
      } finally {
        quiet = false;
      }
    },
  };
}

function attempt(act: () => unknown): { result: unknown } | { error: string } {
  try {
    return { result: act() };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** Asked of this thread's own V8, so that the main thread is not disturbed. */
function breakable(code: string): Position[] {
  const own = new Session();
  own.connect();
  const ask = <T>(method: string, params: object = {}): T => {
    let answer: { error: Error | null; result?: T } | undefined;
    own.post(method as never, params as never, (error: Error | null, result?: T) => (answer = { error, result })); // on the same thread V8 answers at once
    if (!answer || answer.error) throw answer?.error ?? new Error(`${method} was not answered`);
    return answer.result as T;
  };
  try {
    ask("Runtime.enable");
    ask("Debugger.enable");
    const open = "(async()=>{"; // a script in REPL mode may await
    const { scriptId, exceptionDetails } = ask<Runtime.CompileScriptReturnType>("Runtime.compileScript", { expression: `${open}${code}\n})`, sourceURL: "", persistScript: true });
    if (scriptId === undefined) throw new Error(exceptionDetails?.text ?? "not compiled");
    const { locations } = ask<Debugger.GetPossibleBreakpointsReturnType>("Debugger.getPossibleBreakpoints", { start: { scriptId, lineNumber: 0, columnNumber: 0 } });
    const last = code.split("\n").length;
    return locations
      .filter(({ lineNumber }) => lineNumber < last)
      .map(({ lineNumber, columnNumber = 0 }) => ({ line: lineNumber, column: columnNumber - (lineNumber === 0 ? open.length : 0) }))
      .filter(({ column }) => column >= 0);
  } finally {
    own.disconnect();
  }
}
