import { writeSync } from "node:fs";
import { encodeFrame } from "./frames.js";
import { flag, type SharedMemory } from "./shared.js";
import type { FromMain } from "./protocol.js";

/**
 * Output leaves by synchronous writes: it appears while a loop runs, keeps its order, and is out before the process can die.
 * Stream text gathers in shared memory for at most `delay` ms; the helper thread writes it when the main thread does not.
 */
export interface Output {
  text(parent: string, name: "stdout" | "stderr", text: string): void;
  send(message: FromMain, parts?: readonly Uint8Array[]): void;
  flush(): void;
}

/** Milliseconds that text may wait. */
export const delay = 25;
/** So many prints in `delay` ms leave at once: a crash of native code then loses nothing of a program that prints little. */
const atOnce = 8;

const pauseCell = new Int32Array(new SharedArrayBuffer(4));

/** Write everything, whatever the pipe's mode: a full non-blocking pipe is waited for. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.byteLength) {
    try {
      at += writeSync(fd, bytes, at, bytes.byteLength - at);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EPIPE" || code === "EBADF") return; // nobody listens; the helper ends the process
      if (code !== "EAGAIN" && code !== "EINTR") throw error;
      Atomics.wait(pauseCell, 0, 0, 1);
    }
  }
}

/** Complete the pending frame and write it. The caller holds the lock. */
export function writePending(memory: SharedMemory, fd: number): void {
  const length = Atomics.load(memory.flags, flag.length);
  if (length === 0) return;
  const bytes = Buffer.from(memory.output.subarray(0, length)); // a private copy: fs and shared memory do not mix
  bytes.writeUInt32LE(length - Atomics.load(memory.flags, flag.textStart), 8);
  Atomics.store(memory.flags, flag.length, 0);
  writeAll(fd, bytes);
}

export function createOutput(memory: SharedMemory, fd: number, armHelper: () => void): Output {
  const { flags, output } = memory;
  const area = Buffer.from(memory.buffer, output.byteOffset, output.byteLength);
  let key = "";
  let windowStart = 0;
  let prints = 0;

  function locked(act: () => void): void {
    // A lock that is already ours was left by a terminated call: take it over.
    while (true) {
      const owner = Atomics.compareExchange(flags, flag.lock, 0, 1);
      if (owner !== 2) break;
      Atomics.wait(flags, flag.lock, 2, 50);
    }
    try {
      act();
    } finally {
      Atomics.store(flags, flag.lock, 0);
    }
  }

  function begin(parent: string, name: string): void {
    const json = Buffer.from(JSON.stringify({ type: "stream", parent, name }));
    area.writeUInt32LE(json.length, 0);
    area.writeUInt32LE(1, 4);
    json.copy(area, 12);
    Atomics.store(flags, flag.textStart, 12 + json.length);
    Atomics.store(flags, flag.length, 12 + json.length);
  }

  function append(parent: string, name: string, text: string): void {
    const nextKey = `${name}:${parent}`;
    if (Atomics.load(flags, flag.length) > 0 && (nextKey !== key || text.length * 3 > area.length - Atomics.load(flags, flag.length))) {
      writePending(memory, fd);
    }
    key = nextKey;
    if (text.length * 3 > area.length / 2) {
      writeAll(fd, encodeFrame({ type: "stream", parent, name }, [Buffer.from(text)]));
      return;
    }
    if (Atomics.load(flags, flag.length) === 0) begin(parent, name);
    const at = Atomics.load(flags, flag.length);
    Atomics.store(flags, flag.length, at + area.write(text, at));
  }

  const flush = (): void => {
    if (Atomics.load(flags, flag.length) > 0) locked(() => writePending(memory, fd));
  };

  return {
    flush,
    text(parent, name, text) {
      if (text === "") return;
      const idle = Atomics.load(flags, flag.length) === 0;
      locked(() => append(parent, name, text));
      const now = performance.now();
      if (now - windowStart > delay) {
        windowStart = now;
        prints = 0;
        flush();
      } else if (++prints < atOnce) flush();
      else if (idle) armHelper();
    },
    send(message, parts) {
      const bytes = encodeFrame(message, parts);
      locked(() => {
        writePending(memory, fd);
        writeAll(fd, bytes);
      });
    },
  };
}
