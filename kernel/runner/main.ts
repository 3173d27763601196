import { Socket } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { createComms } from "./comms.js";
import { installConsole } from "./console.js";
import { currentCell } from "./context.js";
import { createDebugValues } from "./debug-values.js";
import { createEngineLoader, needsEngine } from "./engine.js";
import { callGuarded } from "./evaluate.js";
import { installExit, installLateErrors } from "./exit.js";
import { createFrameReader } from "./frames.js";
import { installGlobals } from "./globals.js";
import { installHidden, lyceum } from "./hidden.js";
import { createImporter } from "./modules/import.js";
import { createCellRequire } from "./modules/require.js";
import { createOutput } from "./output.js";
import type { RunnerOptions, ToMain } from "./protocol.js";
import { preloadEngine } from "./preload.js";
import { createQuestions } from "./questions.js";
import { reviveTensors } from "./revive.js";
import { createCellRunner } from "./run.js";
import { createServices } from "./services.js";
import { createSharedMemory, flag } from "./shared.js";
import { createSpecialModules } from "./special.js";
import { createStacks } from "./stack.js";
import { createStdin } from "./stdin.js";
import { createStop, forgetAsyncIds } from "./stop.js";
import { describeThrown } from "./thrown.js";
import { installTimers } from "./timers.js";
import { createTslab } from "./tslab.js";

/** The process that runs cells. Pipes: 3 output, 4 helper thread, 5 requests (kernel/runner/protocol.ts). This file only connects the parts. */
const options = JSON.parse(process.argv[2] ?? "{}") as RunnerOptions;
const { directory, root, language } = options;
const ownFolder = pathToFileURL(dirname(dirname(fileURLToPath(import.meta.url)))).href; // kernel/: display and engine are ours too

const memory = createSharedMemory();
const helper = new Worker(new URL("./helper.js", import.meta.url), { workerData: { buffer: memory.buffer, outputFd: 3, pipeFd: 4, ownFolder }, execArgv: [] });
const output = createOutput(memory, 3, () => helper.postMessage("text waits"));
const stacks = createStacks(directory, ownFolder);
const engine = createEngineLoader({ tier: options.tier as never, directory }, output);
const runner = createCellRunner(memory, output, stacks, ({ references, imports }) => (needsEngine(references, imports) ? engine.load() : undefined), () => engine.recover());
const comms = createComms(
  (message, buffers) => output.send({ type: "comm", parent: currentCell().parent, message }, buffers),
  (act) => callGuarded(act, (result) => result.status === "threw" && tellLate(currentCell().parent, result.value, false)),
);
const services = createServices(output, runner);
const questions = createQuestions((answer) => output.send(answer), (value) => reviveTensors(value, engine.loaded), (error) => oneLine(error));
const tslab = createTslab((bundle, displayId, update) => {
  const { parent, cancelled } = currentCell();
  if (cancelled) return;
  if (update && displayId !== undefined) output.send({ type: "update_display_data", parent, bundle, displayId });
  else output.send({ type: "display_data", parent, bundle, displayId });
});
const special = createSpecialModules(engine, tslab, () => (globalThis as { display?: unknown }).display);
const onFile = (path: string, map: string | undefined): void => stacks.file(path, map);
const cellRequire = createCellRequire({ directory, root, language, onFile, find: findRequired, loadedModule: (path) => importer.graph.loaded(path) });
const importer = createImporter({ directory, root, language, special, require: cellRequire, onFile });

installHidden();
lyceum.stop = createStop(memory, ownFolder);
lyceum.forget = forgetAsyncIds;
lyceum.import = importer.import;
const filename = join(directory, "notebook.ts");
lyceum.meta = { url: pathToFileURL(filename).href, dirname: directory, filename, resolve: (name) => pathToFileURL(cellRequire.resolve(name)).href };
installConsole(output);
installGlobals({ runner, stdin: createStdin(memory, output), engine, comms, services, tslab, require: cellRequire });
installTimers();
installExit(output, runner);
installLateErrors(memory, tellLate);
lyceum.debug = createDebugValues(new Set(Reflect.ownKeys(globalThis)), () => engine.loaded()?.tf.backend());

function findRequired(specifier: string): { module: unknown } | undefined {
  if (specifier === "tslab") return { module: tslab };
  const loaded = engine.isAlias(specifier) ? engine.loaded() : undefined; // while the engine loads, it must find the real packages
  return loaded && { module: loaded.tf };
}

function tellLate(parent: string, error: unknown, rejection: boolean): void {
  output.send({ type: "error", parent, error: describeThrown(error, stacks), rejection });
}

function oneLine(error: unknown): string {
  const { ename, evalue } = describeThrown(error, stacks);
  return evalue === "" ? ename : `${ename}: ${evalue}`;
}

function receive(message: ToMain, parts: Uint8Array[]): void {
  switch (message.type) {
    case "run":
      return runner.run(message);
    case "interrupt":
      Atomics.store(memory.flags, flag.handled, message.id);
      if (message.ask === undefined) runner.cancel();
      return output.send({ type: "interrupted", id: message.id });
    case "comm":
      runner.beside(message.parent, () => comms.receive({ ...message.message, buffers: parts }));
      return output.send({ type: "handled", id: message.id });
    case "ask":
      return questions.answer(message.id, message.question, message.args, message.size);
    case "service":
      return services.answer(message.id, message.bundle, message.error);
  }
}

const pipe = new Socket({ fd: 5, readable: true, writable: false });
pipe.on("data", createFrameReader(({ message, parts }) => receive(message as ToMain, parts)));
pipe.on("end", () => process.kill(process.pid, "SIGKILL"));
output.send({ type: "ready" });
if (options.preload) preloadEngine(directory, runner.isBusy, engine.load);
