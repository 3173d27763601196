import type { Answer, Request } from "../compiler.js";

export interface WorkerSettings {
  directory: string;
  implementation: "native" | "classic";
}

export type ToWorker = { id: number; request: Request } | "close";

/** `lost`: the compiler behind the worker is gone; every later request will fail. `pid`: its process, where it has one. */
export type FromWorker =
  | { type: "ready"; pid?: number }
  | { type: "answer"; id: number; answer: Answer }
  | { type: "failed"; id: number; message: string; lost: boolean };
