import { spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { createFrameReader, encodeFrame } from "../runner/frames.js";
import type { FromHelper, FromMain, RunnerOptions, ToHelper, ToMain } from "../runner/protocol.js";

/** One runner process, seen from the session. */
export interface RunnerProcess {
  readonly pid: number | undefined;
  toMain(message: ToMain, parts?: readonly Uint8Array[]): void;
  toHelper(message: ToHelper): void;
  kill(): void;
  /** Settles when the process has ended and everything it wrote was handed out. */
  readonly ended: Promise<RunnerEnd>;
}

export interface RunnerEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last of what the process itself (not the cell) wrote to stderr: V8's words when memory ran out. */
  lastWords: string;
}

export interface RunnerEvents {
  onMain(message: FromMain, parts: Uint8Array[]): void;
  onHelper(message: FromHelper): void;
  /** Bytes that native code or child processes wrote, past our console. */
  onRaw(name: "stdout" | "stderr", text: string): void;
}

const entry = fileURLToPath(new URL("../runner/main.js", import.meta.url));

export function startRunner(options: RunnerOptions, spawnOptions: { wrap?: string[]; maxHeap?: number }, events: RunnerEvents): RunnerProcess {
  const heap = spawnOptions.maxHeap ?? defaultHeap();
  const flags = ["--experimental-vm-modules", "--expose-internals", "--no-warnings", `--max-old-space-size=${heap}`];
  const command = [...(spawnOptions.wrap ?? []), process.execPath, ...flags, entry, JSON.stringify(options)];
  const child = spawn(command[0] ?? process.execPath, command.slice(1), {
    cwd: options.directory,
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "pipe"],
    windowsHide: true,
    env: { ...process.env, ...(options.language && { LYCEUM_LANGUAGE: options.language }) },
  });
  const [, stdout, stderr, output, helper, requests] = child.stdio as unknown as [null, Readable, Readable, Readable, Readable & Writable, Writable];
  let lastWords = "";
  output.on("data", createFrameReader(({ message, parts }) => events.onMain(message as FromMain, parts)));
  helper.on("data", createFrameReader(({ message }) => events.onHelper(message as FromHelper)));
  stdout.setEncoding("utf8").on("data", (text: string) => events.onRaw("stdout", text));
  stderr.setEncoding("utf8").on("data", (text: string) => {
    lastWords = (lastWords + text).slice(-8000);
    events.onRaw("stderr", text);
  });
  for (const stream of [stdout, stderr, output, helper, requests]) stream.on("error", () => {}); // a dying runner breaks its pipes; `ended` tells
  const ended = new Promise<RunnerEnd>((resolve) => {
    child.once("error", (error) => resolve({ code: null, signal: null, lastWords: error.message }));
    child.once("close", (code, signal) => resolve({ code, signal, lastWords }));
  });
  return {
    pid: child.pid,
    toMain: (message, parts) => void requests.write(encodeFrame(message, parts)),
    toHelper: (message) => void helper.write(encodeFrame(message)),
    kill: () => void child.kill("SIGKILL"),
    ended,
  };
}

/** Half of the memory, between 512 MB and 4 GB: a runaway cell should meet V8's limit before the machine's. */
export function defaultHeap(): number {
  return Math.round(Math.min(4096, Math.max(512, totalmem() / 2 / 1024 / 1024)));
}
