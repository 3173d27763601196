import type { CellScript } from "../cell/contract.js";
import type { MimeBundle } from "../display/contract.js";
import type { CommMessage, StudentQuestion } from "../session/contract.js";

/** What the session tells the runner at its start, as JSON in its first argument. */
export interface RunnerOptions {
  directory: string;
  /** The folder of the kernel's own package: its node_modules answer when the notebook's do not. */
  root: string;
  preload: boolean;
  tier?: string;
  language: "en" | "zh";
}

/** A script and the name by which V8 knows it: stack frames carry the name, the session maps it back to the cell. */
export interface NamedScript extends CellScript {
  name: string;
}

export interface RunRequest {
  type: "run";
  seq: number;
  parent: string;
  count: number;
  scripts: NamedScript[];
  /** Import names of the cell: those that mean TensorFlow make it wait for the engine. */
  imports: string[];
  references: string[];
  userExpressions: Record<string, NamedScript[]>;
  allowStdin: boolean;
}

/** Session -> main thread of the runner. */
export type ToMain =
  | RunRequest
  | /** `ask`: only that question is to end, not the cell. */ { type: "interrupt"; id: number; ask?: number }
  | { type: "comm"; id: number; parent: string; message: CommMessage }
  | { type: "ask"; id: number; question: StudentQuestion; /** Encoded (lessons/checks/codec.ts). */ args: string; size: number }
  | { type: "service"; id: number; bundle?: MimeBundle; error?: string };

/** Session -> helper thread. It answers while the main thread is busy, paused or waiting for input. */
export type ToHelper =
  | { type: "interrupt"; id: number }
  | { type: "reply"; value: string | null }
  | /** A command for the main thread's inspector. */ { type: "inspect"; id: number; method: string; params: object }
  | /** Where can V8 stop in this script? */ { type: "breakable"; id: number; code: string };

/** A place in a script, line and column from 0. */
export interface Position {
  line: number;
  column: number;
}

/** One line of a stack. The session knows the text of cells and files, so it draws the code frame. */
export interface StackLine {
  text: string;
  /** Script name of a cell, or path of a file. */
  source?: string;
  /** Position in the learner's text: line from 1, column from 1. */
  line?: number;
  column?: number;
}

/** What was thrown, as data. */
export interface Thrown {
  ename: string;
  evalue: string;
  stack: StackLine[];
  /** Further fields of the error object, inspected; empty mostly. */
  extra?: string;
  cause?: Thrown;
  errors?: Thrown[];
}

export type UserExpressionAnswer = { status: "ok"; bundle: MimeBundle } | { status: "error"; error: Thrown };

/** Main thread -> session, in order. Binary data travels as parts of the frame. */
export type FromMain =
  | { type: "ready" }
  | { type: "stream"; parent: string; name: "stdout" | "stderr" }
  | { type: "display_data" | "update_display_data"; parent: string; bundle: MimeBundle; displayId?: string }
  | { type: "clear_output"; parent: string; wait: boolean }
  | { type: "input"; parent: string; prompt: string; password: boolean }
  | { type: "comm"; parent: string; message: Omit<CommMessage, "buffers"> }
  | { type: "error"; parent: string; error: Thrown; rejection: boolean }
  | { type: "engine"; label: string; tier: string; gpu: boolean; reasons: string[] }
  | { type: "exit"; code: number }
  | { type: "service"; id: number; name: string; argument: unknown }
  | { type: "answer"; id: number; status: "ok" | "missing" | "threw" | "too-large" | "unsupported"; message?: string; value?: unknown }
  | { type: "interrupted"; id: number }
  /** The handlers of a comm message have run; what they sent came before. */
  | { type: "handled"; id: number }
  | {
      type: "done";
      seq: number;
      status: "ok" | "error" | "interrupted";
      result?: MimeBundle;
      error?: Thrown;
      userExpressions: Record<string, UserExpressionAnswer>;
      payload: Record<string, unknown>[];
    };

/** Helper thread -> session. */
export type FromHelper =
  /** Still busy after 2 s: native code holds the main thread. */
  | { type: "native"; id: number }
  | { type: "inspected"; id: number; result?: unknown; error?: string }
  | { type: "inspector event"; method: string; params: object };
