import { installKernelspec, prefixKernels } from "../server/kernelspec.js";
import { openBrowser } from "./browser.js";
import { engineSets, prepareEngine, type EngineChoice } from "./engine.js";
import { startJupyter } from "./jupyter.js";
import { installSets, missingSets, packageSets } from "./packages.js";
import type { Place } from "./place.js";
import { choosePort } from "./port.js";
import { writeLabSettings, type Language } from "./settings.js";
import { step } from "./steps.js";
import { prepareWeights } from "./weights/install.js";

/** Everything that JupyterLab on our kernel needs; nothing to do the second time. */
export async function setUp(place: Place, choice: EngineChoice, language: Language): Promise<EngineChoice> {
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

export interface Serving {
  wantedPort: number | undefined;
  /** The folder that JupyterLab shows. */
  work: string;
  engine: EngineChoice;
  language: Language;
  /** A notebook of `work` to open, with `/`. */
  open: string | undefined;
  browser: boolean;
  /** More for the environment of the kernels. */
  environment?: NodeJS.ProcessEnv;
  /** What becomes of the notebooks when it ends. */
  last: string;
}

/** JupyterLab until Ctrl-C, a signal, or its own menu ends it. */
export async function serveNotebooks(place: Place, { wantedPort, work, engine, language, open, browser, last, environment: more }: Serving): Promise<number> {
  const progress = step("JupyterLab");
  const environment = { ...more, LYCEUM_LANGUAGE: language, ...(engine === "wasm" && { LYCEUM_ENGINE: "wasm" }) };
  const ended = endSignal();
  const server = await startJupyter(place, { port: await choosePort(wantedPort), work, environment, cancel: ended.signal });
  progress.done();
  const page = open === undefined ? "lab" : `lab/tree/${open.split("/").map(encodeURIComponent).join("/")}`;
  const url = `http://127.0.0.1:${server.port}/${page}?token=${server.token}`;
  const opened = browser && openBrowser(url);
  process.stdout.write(`\n${opened ? "Opened" : "Open"} this address in a browser on this machine:\n\n    ${url}\n\nCtrl-C here ends JupyterLab; ${last}\n`);
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
