/**
 * The visual debugger: Debug Adapter Protocol on one side, V8's inspector on the other. JupyterLab speaks the former in `debug_request`
 * messages (with Jupyter's own additions: debugInfo, dumpCell, inspectVariables, richInspectVariables, copyToGlobals).
 */

/** A request of the Debug Adapter Protocol, as far as it can be trusted: it comes from outside. */
export interface DebugRequest {
  seq?: unknown;
  command?: unknown;
  arguments?: unknown;
}

/** Always with a body: JupyterLab reads it without asking. */
export interface DebugResponse {
  type: "response";
  seq: number;
  request_seq: number;
  command: string;
  success: boolean;
  message?: string;
  body: Record<string, unknown>;
}

export interface DebugEvent {
  type: "event";
  seq: number;
  event: "initialized" | "stopped" | "continued" | "terminated";
  body: Record<string, unknown>;
}

/** A place in the learner's text: a cell's path (kernel/debug/names.ts) or a file's, line from 1. */
export interface Place {
  path: string;
  line: number;
  column: number;
}

/** The only thread that a learner sees. */
export const threadId = 1;

/** What the runner's side and compiled steps share: `globalThis[debuggingSymbol]`, there while a debugger is attached. */
export interface Debugging {
  /** A breakpoint lies inside a function: compiled steps run as they are written, so that it is reached. */
  eager: boolean;
  /** Names of compiled steps that ran as a graph since this was last emptied. */
  graphs: string[];
}
export const debuggingSymbol: unique symbol = Symbol.for("lyceum.debugger") as never;

/** A request that cannot be done, in words for the learner. */
export class DebugProblem extends Error {}
