import { Session } from "node:inspector";
import type { Debugger, Runtime } from "node:inspector";
import type { Post } from "./gate.js";
import type { FromHelper, Position, ToHelper } from "./protocol.js";

/** Carries the inspector's commands and events between the session and the main thread. Knows nothing of debugging. */
export function createTunnel(main: Session, post: Post, tell: (message: FromHelper) => void): (message: Extract<ToHelper, { type: "inspect" | "breakable" }>) => void {
  /** V8 leaves the frames' own `url` empty. */
  const urls = new Map<string, string>();
  main.on("Debugger.scriptParsed", ({ params: { scriptId, url } }) => {
    urls.set(scriptId, url);
    if (url !== "" && !url.startsWith("node:")) tell({ type: "inspector event", method: "Debugger.scriptParsed", params: { scriptId, url } });
  });
  main.on("Debugger.paused", ({ params }) => {
    const callFrames = params.callFrames.map((frame: Debugger.CallFrame) => ({ ...frame, url: urls.get(frame.location.scriptId) ?? "" }));
    tell({ type: "inspector event", method: "Debugger.paused", params: { ...params, callFrames } });
  });
  main.on("Debugger.resumed", () => tell({ type: "inspector event", method: "Debugger.resumed", params: {} }));
  return (message) => {
    if (message.type === "breakable") return tell({ type: "inspected", id: message.id, ...attempt(() => breakable(message.code)) });
    post(message.method, message.params, (error, result) => {
      tell({ type: "inspected", id: message.id, ...(error ? { error: error.message } : { result: result ?? {} }) });
    });
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
