import type { WantedBreakpoint } from "./breakpoints.js";
import type { Frame } from "./pauses.js";

/** Requests and answers of the protocol as plain data: nothing here asks the program. */
export type Arguments = Record<string, unknown>;
export type Body = Record<string, unknown>;

export function capabilities(language: "en" | "zh" = "en"): Body {
  return {
    supportsConfigurationDoneRequest: true,
    supportsConditionalBreakpoints: true,
    supportsEvaluateForHovers: true,
    supportsExceptionInfoRequest: false,
    supportsModulesRequest: true,
    supportsTerminateDebuggee: true,
    exceptionBreakpointFilters: [
      { filter: "uncaught", label: language === "zh" ? "未捕获的异常" : "Uncaught exceptions", default: false },
      { filter: "all", label: language === "zh" ? "所有异常" : "All exceptions", default: false },
    ],
  };
}

/** Breakpoints as a client sent them, without what is none. */
export function wantedOf(list: unknown): WantedBreakpoint[] {
  return (Array.isArray(list) ? (list as Arguments[]) : []).flatMap(({ line, condition }) =>
    Number.isInteger(line) && (line as number) > 0 ? [{ line: line as number, ...(typeof condition === "string" && condition.trim() !== "" && { condition }) }] : [],
  );
}

export function stackTrace(frames: readonly Frame[], { startFrame, levels }: Arguments): Body {
  const from = Number(startFrame) || 0;
  const shown = frames.slice(from, Number(levels) > 0 ? from + Number(levels) : undefined);
  return {
    stackFrames: shown.map(({ id, name, place }) => ({ id, name, line: place.line, column: place.column, source: { path: place.path, name: lastPart(place.path) } })),
    totalFrames: frames.length,
  };
}

export function modulesOf(files: readonly string[]): Body {
  return { modules: files.map((path, id) => ({ id, name: lastPart(path), path })), totalModules: files.length };
}

const lastPart = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
