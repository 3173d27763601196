import { createRequire } from "node:module";
import { dirname } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { answer, type Compiler } from "../compiler.js";
import type { CompilerHost } from "../host.js";
import { createNodeHost } from "./host.js";
import type { FromWorker, ToWorker, WorkerSettings } from "./protocol.js";

/** The thread that a compiler may block: both compilers answer synchronously. */
const { directory, implementation } = workerData as WorkerSettings;
const port = parentPort!;
const say = (message: FromWorker): void => port.postMessage(message);

interface Opened extends Compiler {
  pid?: number;
  alive?(): boolean;
  /** Settles when its process, if any, has ended. */
  ended?: Promise<void>;
}

async function open(host: CompilerHost): Promise<Opened> {
  if (implementation === "native") return (await import("../native/compiler.js")).createNativeCompiler(host);
  const require = createRequire(import.meta.url);
  const typescript = require("typescript6") as typeof import("typescript6");
  const library = dirname(require.resolve("typescript6")).replaceAll("\\", "/");
  return (await import("../classic/compiler.js")).createClassicCompiler(host, { typescript, library, disk: typescript.sys });
}

const host = createNodeHost(directory);
const compiler = await open(host);

port.on("message", async (message: ToWorker) => {
  if (message === "close") {
    compiler.close();
    await compiler.ended;
    return port.close();
  }
  const { id, request } = message;
  try {
    say({ type: "answer", id, answer: answer(host, compiler, request) });
  } catch (error) {
    say({ type: "failed", id, message: String(error), lost: compiler.alive?.() === false });
  }
});
say({ type: "ready", pid: compiler.pid });
