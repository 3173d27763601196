import { Console } from "node:console";
import { Writable } from "node:stream";
import { currentCell } from "./context.js";
import type { Output } from "./output.js";

type Name = "stdout" | "stderr";

/** `console`, `process.stdout` and `process.stderr` write to the cell that runs the code. Node's own formatting, in colour. */
export function installConsole(output: Output): void {
  const write = (name: Name, text: string): void => {
    const cell = currentCell();
    if (cell.cancelled) throw new Error("the cell was interrupted");
    output.text(cell.parent, name, text);
  };
  const sink = (name: Name): NodeJS.WriteStream => {
    const stream = new Writable({
      decodeStrings: false,
      write(chunk: string | Uint8Array, _encoding, done) {
        write(name, typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"));
        done();
      },
    });
    return Object.assign(stream, { isTTY: false, columns: 80, rows: 24, fd: name === "stdout" ? 1 : 2 }) as unknown as NodeJS.WriteStream;
  };
  for (const name of ["stdout", "stderr"] as const) {
    let stream: NodeJS.WriteStream | undefined;
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get: () => (stream ??= sink(name)) });
  }
  const own = new Console({
    stdout: direct((text) => write("stdout", text)),
    stderr: direct((text) => write("stderr", text)),
    ignoreErrors: false,
    colorMode: true,
    inspectOptions: { maxStringLength: 10_000 },
  });
  Object.defineProperty(globalThis, "console", { value: own, writable: true, configurable: true, enumerable: false });
}

/** The least that Console needs of a stream: several times faster than a Writable. */
function direct(write: (text: string) => void): NodeJS.WritableStream {
  const nothing = (): unknown => stream;
  const stream = { write: (text: string) => (write(text), true), on: nothing, once: nothing, off: nothing, removeListener: nothing, listenerCount: () => 0 };
  return stream as unknown as NodeJS.WritableStream;
}
