import { Session } from "node:inspector";
import { Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { createEnding } from "./ending.js";
import { createFrameReader, encodeFrame } from "./frames.js";
import { createGate } from "./gate.js";
import { delay, writePending } from "./output.js";
import { createSharedMemory, flag } from "./shared.js";
import type { FromHelper, ToHelper } from "./protocol.js";
import { createTunnel } from "./tunnel.js";

/**
 * The runner's second thread. It has its own pipe to the session, because the main thread's event loop stands still while a cell is
 * busy, waits for input or is paused. It stops loops, brings answers to prompts, writes output that waits, and ends the process
 * when the session is gone.
 */
const { buffer, outputFd, pipeFd, ownFolder } = workerData as { buffer: SharedArrayBuffer; outputFd: number; pipeFd: number; ownFolder: string };
const memory = createSharedMemory(buffer);
const { flags } = memory;

const main = new Session();
main.connectToMainThread();

const gate = createGate(main);
const tunnel = createTunnel(main, gate.post, tell);
const end = createEnding(gate, tunnel, memory, ownFolder);

const pipe = new Socket({ fd: pipeFd, readable: true, writable: true });
pipe.on("data", createFrameReader(({ message }) => receive(message as ToHelper)));
for (const event of ["end", "close", "error"] as const) pipe.on(event, () => process.kill(process.pid, "SIGKILL"));

parentPort?.on("message", () => setTimeout(writeWaiting, delay));

function receive(message: ToHelper): void {
  if (message.type === "interrupt") void interrupt(message.id);
  else if (message.type === "reply") answerPrompt(message.value);
  else tunnel.receive(message);
}

function writeWaiting(): void {
  if (Atomics.load(flags, flag.length) === 0) return;
  if (Atomics.compareExchange(flags, flag.lock, 0, 2) !== 0) {
    setTimeout(writeWaiting, 5);
    return;
  }
  try {
    writePending(memory, outputFd);
  } finally {
    Atomics.store(flags, flag.lock, 0);
    Atomics.notify(flags, flag.lock);
  }
}

function answerPrompt(value: string | null): void {
  const bytes = Buffer.from(value ?? "").subarray(0, memory.input.byteLength);
  memory.input.set(bytes);
  Atomics.store(flags, flag.answerLength, bytes.length);
  Atomics.store(flags, flag.answered, value === null ? 2 : 1);
  Atomics.notify(flags, flag.answered);
}

/** The ladder's first rungs: let the main thread react by itself, then stop what it runs; say so when native code holds it. */
async function interrupt(id: number): Promise<void> {
  const native = setTimeout(() => tell({ type: "native", id }), 2000);
  await end(id);
  clearTimeout(native);
}

function tell(message: FromHelper): void {
  pipe.write(encodeFrame(message));
}
