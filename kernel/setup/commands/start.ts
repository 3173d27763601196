import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { installKernelspec, prefixKernels } from "../../server/kernelspec.js";
import { openBrowser } from "../browser.js";
import { chooseEngine, engineSets, prepareEngine, type EngineChoice } from "../engine.js";
import { lessonNotebooks } from "../lessons.js";
import { startJupyter } from "../jupyter.js";
import { writeNotebooks, type WrittenNotebook } from "../notebooks.js";
import { oneOf, wholeNumber, workFolder } from "../options.js";
import { installSets, missingSets, packageSets } from "../packages.js";
import { findPlace, type Place } from "../place.js";
import { choosePort } from "../port.js";
import { systemLanguage, writeLabSettings, type Language } from "../settings.js";
import { note, step } from "../steps.js";
import { prepareWeights } from "../weights/install.js";

export const usage = `lyceum start [options]

Sets up what is missing, then opens JupyterLab with the lessons. The second run needs no network.

  --no-browser          print the address only
  --port N              default: the first free from 8888; 0: any free port
  --work DIR            where your notebooks are; default ./work; existing files are never overwritten
  --engine NAME         tensorflow (default on Linux x86-64) or wasm (285 MB less to download, slower training);
                        the choice is remembered
  --language en|zh      of the lesson that is opened and of JupyterLab; default: your system's`;

/** Returns when JupyterLab has ended: by Ctrl-C, by a signal, or from its own menu. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      "no-browser": { type: "boolean", default: false },
      port: { type: "string" },
      work: { type: "string" },
      engine: { type: "string" },
      language: { type: "string" },
    },
  });
  const place = findPlace();
  const wantedPort = values.port === undefined ? undefined : wholeNumber("--port", values.port, 0, 65_535);
  const choice = chooseEngine(place, oneOf("--engine", values.engine, ["tensorflow", "wasm"]));
  const language = oneOf("--language", values.language, ["en", "zh"]) ?? systemLanguage();
  const work = workFolder(values.work, place.root);

  const engine = await setUp(place, choice, language);
  const notebooks = await writeLessons(work);
  return serve(place, { wantedPort, work, engine, language, notebooks, browser: !values["no-browser"] });
}

async function setUp(place: Place, choice: EngineChoice, language: Language): Promise<EngineChoice> {
  const forEngine = await engineSets(place, choice);
  // Announced together; should TensorFlow fail, JupyterLab is there and the engine falls back.
  const missing = missingSets(place, [packageSets.jupyter, ...forEngine]);
  const first = missing.includes(packageSets.jupyter);
  if (first) await installSets(place, [packageSets.jupyter], missing);
  const engine = await prepareEngine(place, choice, forEngine, first);
  await prepareWeights(place);
  installKernelspec(prefixKernels(place.venv));
  writeLabSettings(place, language);
  return engine;
}

async function writeLessons(work: string): Promise<WrittenNotebook[]> {
  mkdirSync(work, { recursive: true });
  const written = writeNotebooks(work, await lessonNotebooks());
  const count = written.filter(({ what }) => what === "written").length;
  if (count) note(`${count} notebooks written to ${work}`);
  for (const { path, what } of written) if (what === "beside") note(`a lesson has changed: the new version is ${resolve(work, path)}; your own notebook is as you left it`);
  return written;
}

interface Serving {
  wantedPort: number | undefined;
  work: string;
  engine: EngineChoice;
  language: Language;
  notebooks: WrittenNotebook[];
  browser: boolean;
}

async function serve(place: Place, { wantedPort, work, engine, language, notebooks, browser }: Serving): Promise<number> {
  const progress = step("JupyterLab");
  const environment = { LYCEUM_LANGUAGE: language, ...(engine === "wasm" && { LYCEUM_ENGINE: "wasm" }) };
  const ended = endSignal();
  const server = await startJupyter(place, { port: await choosePort(wantedPort), work, environment, cancel: ended.signal });
  progress.done();
  const first = notebooks.find(({ path }) => path.startsWith(`${language}/`))?.path;
  const page = first === undefined ? "lab" : `lab/tree/${first.split("/").map(encodeURIComponent).join("/")}`;
  const url = `http://127.0.0.1:${server.port}/${page}?token=${server.token}`;
  const opened = browser && openBrowser(url);
  process.stdout.write(`\n${opened ? "Opened" : "Open"} this address in a browser on this machine:\n\n    ${url}\n\nCtrl-C here ends JupyterLab; your notebooks stay in ${work}\n`);
  await Promise.race([ended.promise, server.exited]);
  await server.stop();
  process.stderr.write("JupyterLab has ended.\n");
  return 0;
}

/** Ctrl-C, a polite kill, a closed terminal: all mean the same. */
function endSignal(): { promise: Promise<void>; signal: AbortSignal } {
  const controller = new AbortController();
  const promise = new Promise<void>((end) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => { controller.abort(); end(); });
  });
  return { promise, signal: controller.signal };
}
