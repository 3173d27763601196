import type { Completeness } from "../cell/contract.js";
import type { Completion, Hover } from "../types/contract.js";
import type { DebugEvent, DebugRequest, DebugResponse } from "../debug/contract.js";
import type { MimeBundle } from "../display/contract.js";
import type { Engine } from "../engine/contract.js";

/**
 * A notebook's life without a wire: compile, type-check, run, interrupt, respawn.
 * The Jupyter server, the grader and the site builder are three users of it.
 */
export interface Session {
  /** Settles when the runner process can take a cell. */
  readonly ready: Promise<void>;
  /** Cells run one at a time, in the order of the calls. */
  execute(request: ExecuteRequest): Promise<ExecuteOutcome>;
  /** Stop what runs now; variables are kept. Resolves when the cell ended. False: nothing was running. */
  interrupt(): Promise<boolean>;
  isComplete(source: string): Completeness;
  /** Answered while a cell runs. Offsets in UTF-16 units. */
  complete(source: string, offset: number): Promise<Completion>;
  hover(source: string, offset: number): Promise<Hover | undefined>;
  /** The answer to an `input` event. Null: the front end cannot ask. */
  reply(value: string | null): void;
  /** A comm message from the front end to code in the runner. Settles when its handlers have run and what they sent was told, or the runner died. */
  comm(message: CommMessage, parent: string): Promise<void>;
  /** The trusted side asks about the student's side (DESIGN section 5). Bounded in time and size; never throws student objects. */
  ask(question: StudentQuestion, limits?: AskLimits): Promise<StudentAnswer>;
  /** A request of the Debug Adapter Protocol; answered while a cell runs or is paused. Its events come as `debug`. */
  debug(request: DebugRequest): Promise<DebugResponse>;
  /** New runner, nothing kept. */
  restart(): Promise<void>;
  dispose(): Promise<void>;
}

export interface SessionOptions {
  /** The notebook's folder: imports resolve from here. */
  directory: string;
  engine?: { tier?: Engine["tier"] };
  /** Load TensorFlow when idle after the start; default true. */
  preload?: boolean;
  /** Skip the type service (the grader's fast path); default true = check. */
  check?: boolean;
  /** Extra command and arguments put before `node` for the runner: a sandbox. */
  wrap?: string[];
  /** Heap limit of the runner in MB; default Node's own. */
  maxHeap?: number;
  /** Language of the words for people. Default "en". */
  language?: "en" | "zh";
  /**
   * What the runner's globals may ask of the trusted side, by name: `check(id)` in a cell becomes `services.check(id)` here.
   * The answer is shown as the value of that call. An exception becomes an error in the cell, message only.
   */
  services?: Record<string, (argument: unknown, session: Session) => Promise<MimeBundle>>;
  onEvent(event: SessionEvent): void;
}

export interface ExecuteRequest {
  /** Names the cause of every event of this cell: Jupyter's msg_id. */
  parent: string;
  code: string;
  /** n of `Cell [n]` in stack traces and frames. */
  count: number;
  /** JupyterLab's cell id, where known. */
  cellId?: string;
  silent?: boolean;
  allowStdin?: boolean;
  userExpressions?: Record<string, string>;
}

export interface ExecuteOutcome {
  status: "ok" | "error";
  /** The value of the cell's last expression, already a bundle; absent for undefined. */
  result?: MimeBundle;
  error?: ErrorReport;
  userExpressions: Record<string, { status: "ok"; bundle: MimeBundle } | { status: "error"; error: ErrorReport }>;
  /** `page` payloads and the like, in Jupyter's shape. */
  payload: Record<string, unknown>[];
}

/** What Jupyter's `error` message needs. `kind` lets callers act without reading words. */
export interface ErrorReport {
  kind: "syntax" | "type" | "thrown" | "interrupted" | "died";
  ename: string;
  evalue: string;
  /** Lines for people, ANSI colours allowed: message, code frame with cell and line, the learner's frames. */
  traceback: string[];
}

/** What happens beside the answers. `parent` is the `ExecuteRequest.parent` that caused it, also when late. */
export type SessionEvent =
  | { type: "stream"; parent: string; name: "stdout" | "stderr"; text: string }
  | { type: "display_data" | "update_display_data"; parent: string; bundle: MimeBundle; displayId?: string }
  | { type: "clear_output"; parent: string; wait: boolean }
  | { type: "input"; parent: string; prompt: string; password: boolean }
  | { type: "comm"; parent: string; message: CommMessage }
  /** An error outside any running cell: a late rejection, a crash between cells. */
  | { type: "error"; parent: string; error: ErrorReport }
  | { type: "engine"; label: string; tier: string; gpu: boolean; reasons: string[] }
  | { type: "debug"; event: DebugEvent }
  /** The runner died and a new one is starting; variables are lost. */
  | { type: "respawn"; reason: string };

export interface CommMessage {
  kind: "open" | "msg" | "close";
  commId: string;
  /** Only for open. */
  target?: string;
  data: unknown;
  metadata?: Record<string, unknown>;
  buffers?: Uint8Array[];
}

/** Names are looked up among the notebook's top-level bindings; `path` walks properties. */
export type StudentQuestion =
  | { ask: "call"; name: string; args: unknown[] }
  | { ask: "value"; name: string }
  /** Last run source of the cell that carries this cell id, or the code that defined this name. */
  | { ask: "source"; name: string };

export interface AskLimits {
  /** Milliseconds; default 10,000. */
  time?: number;
  /** Bytes of the encoded answer; default 8 MiB. */
  size?: number;
}

/** Values cross encoded (lessons/checks/codec.ts); failures are named, silence never counts. */
export type StudentAnswer =
  | { status: "ok"; value: unknown }
  | { status: "missing" | "threw" | "timeout" | "too-large" | "unsupported" | "died"; message: string };
