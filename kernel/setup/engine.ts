import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildBinding } from "../engine/build.js";
import { findNvidiaDriver } from "../engine/gpu.js";
import { installSets, missingSets, packageSets, type PackageSet } from "./packages.js";
import { note, step } from "./steps.js";
import { run } from "./run.js";
import { installHint } from "./system.js";
import type { Place } from "./place.js";

export type EngineChoice = "tensorflow" | "wasm";

/** TensorFlow's wheels come as C libraries for Linux on x86-64; elsewhere the same lessons run on WebAssembly. */
export const tensorflowRunsHere = process.platform === "linux" && process.arch === "x64";

/** The wish, which is remembered; else what was wished before; else the best for this machine. */
export function chooseEngine(place: Place, wish: EngineChoice | undefined): EngineChoice {
  const file = join(place.private, "engine");
  if (wish === "wasm") {
    mkdirSync(place.private, { recursive: true });
    writeFileSync(file, wish);
  } else if (wish === "tensorflow") rmSync(file, { force: true });
  if (wish) return wish;
  if (existsSync(file) && readFileSync(file, "utf8") === "wasm") {
    note("Engine: WebAssembly, as chosen before; for TensorFlow:  npm start -- --engine tensorflow");
    return "wasm";
  }
  if (tensorflowRunsHere) return "tensorflow";
  note(`TensorFlow's C library has no package for ${process.platform} ${process.arch}: the lessons run on WebAssembly, with the same results and slower training.`);
  return "wasm";
}

/** What the engine needs from PyPI. A compiler only where the machine has none. */
export async function engineSets(place: Place, choice: EngineChoice): Promise<PackageSet[]> {
  if (choice === "wasm") return [];
  const compiler = (await hasCompiler()) ? [] : [packageSets.compiler];
  if (compiler.length && missingSets(place, compiler).length) {
    const install = installHint({ debian: "g++", fedora: "gcc-c++", brew: "gcc", windows: "LLVM.LLVM" });
    note(`No C++ compiler here: PyPI's ziglang is taken (101 MB). Instead of it you can install one (${install}),`);
    note("or do without TensorFlow:  npm start -- --engine wasm");
  }
  return [findNvidiaDriver() ? packageSets.cuda : packageSets.tensorflow, ...compiler];
}

async function hasCompiler(): Promise<boolean> {
  for (const command of [process.env.CXX, "g++", "clang++"]) {
    if (command && (await run(command, ["--version"])).status === 0) return true;
  }
  return false;
}

/** Make the chosen engine ready. What goes wrong with TensorFlow is said, and WebAssembly taken: lessons still run. */
export async function prepareEngine(place: Place, choice: EngineChoice, sets: PackageSet[], announced = false): Promise<EngineChoice> {
  if (choice === "wasm") return "wasm";
  try {
    await installSets(place, sets, announced ? [] : undefined);
    const progress = step("TensorFlow binding");
    const { rebuilt, reported } = await buildBinding({ root: place.root, onProgress: ({ message }) => progress.say(message) });
    progress.done(`TensorFlow ${reported.version}${reported.gpu ? ", GPU" : ""}${rebuilt ? ", compiled" : ""}`);
    return "tensorflow";
  } catch (error) {
    note(`TensorFlow cannot be used here:\n${(error as Error).message}\n  The lessons run on WebAssembly instead: same results, slower training.`);
    return "wasm";
  }
}
