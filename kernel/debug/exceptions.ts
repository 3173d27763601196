import type { Debugger } from "node:inspector";
import { surroundings } from "./functions.js";
import type { Inspector } from "./inspector.js";

/**
 * Will somebody catch what was just thrown? V8 foresees that only in part: for an error thrown in a function that a cell calls, it takes the
 * cell's own promise for somebody who catches. Where the calls lead down to the cell without a `try` and without an async function, nobody does.
 */
export async function isCaught({ callFrames, data }: Debugger.PausedEventDataType, inspector: Inspector): Promise<boolean> {
  if ((data as { uncaught?: boolean } | undefined)?.uncaught) return false;
  for (const { url, location } of callFrames) {
    const code = await inspector.post<Debugger.GetScriptSourceReturnType>("Debugger.getScriptSource", { scriptId: location.scriptId }).catch(() => undefined);
    const around = code && surroundings(code.scriptSource, { line: location.lineNumber, column: location.columnNumber ?? 0 });
    if (!around || around.isGuarded) return true;
    if (url.startsWith("cell:///") && !around.inFunction) return false;
    if (around.isAsync) return true;
  }
  return true;
}
