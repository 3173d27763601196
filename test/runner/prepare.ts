import { existsSync } from "node:fs";
import { engineSets, prepareEngine, tensorflowRunsHere } from "../../kernel/setup/engine.js";
import { installSets, missingSets, packageSets } from "../../kernel/setup/packages.js";
import { run } from "../../kernel/setup/run.js";
import { note, step } from "../../kernel/setup/steps.js";
import { prepareWeights } from "../../kernel/setup/weights/install.js";
import type { Place } from "../../kernel/setup/place.js";
import { findChromium, installChromiumHint } from "../support/chromium.js";

/** What the tests need: Python's test clients, JupyterLab, the engine, a browser. Nothing to do the second time. */
export async function prepareTests(place: Place): Promise<void> {
  const sets = [packageSets.jupyter, packageSets.test];
  const forEngine = await engineSets(place, tensorflowRunsHere ? "tensorflow" : "wasm");
  const missing = missingSets(place, [...sets, ...forEngine]);
  await installSets(place, sets, missing);
  await prepareEngine(place, tensorflowRunsHere ? "tensorflow" : "wasm", forEngine, true);
  await prepareWeights(place);
  await prepareChromium();
}

/** Chromium and a Chinese font for the pictures, from Debian's packages where we may install them; else what to do is said. */
async function prepareChromium(): Promise<void> {
  if (findChromium()) return;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const progress = step("Chromium for the browser tests (about 120 MB to download)");
    const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update", "-q"], { env: environment });
    const { status, output } = await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium", "fonts-noto-cjk"], {
      env: environment,
      onLine: (line) => progress.say(line.slice(0, 70)),
    });
    progress.done(status === 0 ? undefined : `apt-get failed\n${output.trim().slice(-600)}`);
  }
  if (!findChromium()) note(`The browser tests need Chromium: ${installChromiumHint()}`);
}
