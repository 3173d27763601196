import type { MessagePort } from "node:worker_threads";
import type { Program } from "../worker.js";

/** To a worker. */
export type ToWorker =
  | { type: "start"; rank: number; size: number; program: Program; data: unknown; tier?: string; token: string; ports?: (MessagePort | null)[] }
  | { type: "peers"; ports: number[] }
  | { type: "answer"; id: number; value?: unknown; error?: string };

/** From a worker. */
export type FromWorker =
  | { type: "listening"; port: number }
  | { type: "report"; value: unknown }
  | { type: "ask"; id: number; question: unknown }
  /** Libraries that must stay in memory when the thread ends. */
  | { type: "hold"; id: number; paths: readonly string[] }
  | { type: "done"; value: unknown }
  | { type: "error"; message: string; stack?: string };
