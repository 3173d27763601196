import { Socket } from "node:net";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { currentCell } from "./context.js";
import { installConsole } from "./console.js";
import { createFrameReader } from "./frames.js";
import { installGlobals } from "./globals.js";
import { installHidden, lyceum } from "./hidden.js";
import { createImporter } from "./import.js";
import { createOutput } from "./output.js";
import type { RunnerOptions, ToMain } from "./protocol.js";
import { createCellRunner } from "./run.js";
import { createSharedMemory, flag } from "./shared.js";
import { createStacks } from "./stack.js";
import { createStdin } from "./stdin.js";
import { createStop } from "./stop.js";
import { describeThrown } from "./thrown.js";

/** The process that runs cells. Pipes: 3 output, 4 helper thread, 5 requests (kernel/runner/protocol.ts). */
const options = JSON.parse(process.argv[2] ?? "{}") as RunnerOptions;
const ownFolder = pathToFileURL(dirname(dirname(fileURLToPath(import.meta.url)))).href; // kernel/: display and engine are ours too
const memory = createSharedMemory();
const helper = new Worker(new URL("./helper.js", import.meta.url), {
  workerData: { buffer: memory.buffer, outputFd: 3, pipeFd: 4 },
  execArgv: [],
});
const output = createOutput(memory, 3, () => helper.postMessage(0));
const stacks = createStacks(options.directory, ownFolder);
const runner = createCellRunner(memory, output, stacks, () => undefined);

installHidden();
lyceum.stop = createStop(memory, ownFolder);
const importer = createImporter(options.directory, options.root);
lyceum.import = importer.import;
installConsole(output);
installGlobals(options.directory, runner, createStdin(memory, output));

process.on("uncaughtException", (error) => late(error, false));
process.on("unhandledRejection", (error) => late(error, true));

function late(error: unknown, rejection: boolean): void {
  const cell = currentCell();
  if (!cell.cancelled) output.send({ type: "error", parent: cell.parent, error: describeThrown(error, stacks), rejection });
}

function receive(message: ToMain, parts: Uint8Array[]): void {
  void parts;
  if (message.type === "run") runner.run(message);
  else if (message.type === "interrupt") {
    Atomics.store(memory.flags, flag.handled, message.id);
    runner.cancel();
    output.send({ type: "interrupted", id: message.id });
  }
}

const pipe = new Socket({ fd: 5, readable: true, writable: false });
pipe.on("data", createFrameReader(({ message, parts }) => receive(message as ToMain, parts)));
pipe.on("end", () => process.kill(process.pid, "SIGKILL"));
output.send({ type: "ready" });
