import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { compileAddon, flags, tryAddons } from "./binding/compile.js";
import { findCompilers, noCompiler, type Compiler } from "./binding/compilers.js";
import { addonPaths, bindingKey, engineFolder, isBuilt, readManifest, writeManifest } from "./binding/manifest.js";
import { readSources, type BindingSources } from "./binding/sources.js";
import { findTensorFlow, type TensorFlowLibrary } from "./binding/tensorflow-library.js";
import { projectRoot } from "../root.js";

export interface BuildOptions {
  /** Project root; default: found upward from this file. `.engine/` and `.venv` are looked for here. */
  root?: string;
  /** `site-packages/tensorflow` of a wheel; default: see `findTensorFlow`. */
  tensorflow?: string;
  /** Compiler command, such as `clang++` or `python3 -m ziglang c++`; default: CXX, g++, clang++, ziglang. */
  compiler?: string;
  /** Build even when the binding is there and current. */
  force?: boolean;
  environment?: NodeJS.ProcessEnv;
  onProgress?: (progress: BuildProgress) => void;
}

export interface BuildProgress {
  step: "find" | "compile" | "try" | "done";
  /** For people: `compiling the TensorFlow binding with g++ (about 10 s)`. */
  message: string;
}

export interface BuildReport {
  /** The compiled addon. */
  path: string;
  /** False: it was there and current. */
  rebuilt: boolean;
  seconds: number;
  /** First line of the compiler's version. */
  compiler: string;
  tensorflow: TensorFlowLibrary;
  reported: { version: string; gpu: boolean };
  /** Compilers that were tried before and failed, with their first complaint. */
  failed: string[];
}

/**
 * Compile tfjs-node's binding against a TensorFlow wheel, into `.engine/`. Seconds the first time, milliseconds when it is current.
 * @throws Error that names what is missing and the package to install: TensorFlow, or a compiler.
 */
export async function buildBinding(options: BuildOptions = {}): Promise<BuildReport> {
  const started = performance.now();
  const { root = projectRoot(), environment = process.env, onProgress = () => {} } = options;
  if (process.platform !== "linux") throw new Error(`the TensorFlow binding is built on Linux only, got ${process.platform}; use WebAssembly or WSL2`);

  onProgress({ step: "find", message: "looking for TensorFlow" });
  const { library, reason } = findTensorFlow({ root, environment, ...(options.tensorflow && { tensorflow: options.tensorflow }) });
  if (!library) throw new Error(reason);
  const sources = readSources(root);
  const key = bindingKey(sources.hash, library, flags);
  const seconds = () => (performance.now() - started) / 1000;

  const manifest = readManifest(root);
  if (!options.force && isBuilt(root, manifest, key)) {
    const { compiler, reported } = manifest;
    onProgress({ step: "done", message: `the TensorFlow binding is current (TensorFlow ${reported.version})` });
    return { path: addonPaths(root, manifest)[1], rebuilt: false, seconds: seconds(), compiler, tensorflow: library, reported, failed: [] };
  }

  const compilers = findCompilers({ root, environment, ...(options.compiler && { compiler: options.compiler }) });
  if (compilers.length === 0) throw new Error(options.compiler ? `expected a C++ compiler, got ${options.compiler}` : noCompiler);
  const failed: string[] = [];
  for (const compiler of compilers) {
    onProgress({ step: "compile", message: `compiling the TensorFlow binding with ${compiler.version}` });
    const drafts = ["early", "binding"].map((name) => join(engineFolder(root), `draft-${process.pid}-${name}.node`));
    mkdirSync(engineFolder(root), { recursive: true });
    const complaint = await compileAll(sources, drafts, library, compiler, environment);
    if (complaint === undefined) onProgress({ step: "try", message: "trying the TensorFlow binding" });
    const reported = complaint === undefined ? await tryAddons(drafts) : { complaint };
    if ("complaint" in reported) {
      for (const draft of drafts) rmSync(draft, { force: true });
      failed.push(`${compiler.version}: ${reported.complaint}`);
      continue;
    }
    const names = ["early", "tfjs_binding"].map((name) => `${name}-${key.slice(0, 12)}.node`) as [string, string];
    names.forEach((name, index) => renameSync(drafts[index]!, join(engineFolder(root), name)));
    writeManifest(root, { early: names[0], file: names[1], key, sources: sources.hash, tensorflow: library, compiler: compiler.version, flags, reported });
    dropOldAddons(root, names);
    onProgress({ step: "done", message: `the TensorFlow binding is ready (TensorFlow ${reported.version})` });
    return { path: join(engineFolder(root), names[1]), rebuilt: true, seconds: seconds(), compiler: compiler.version, tensorflow: library, reported, failed };
  }
  throw new Error(`the TensorFlow binding did not compile:\n${failed.join("\n")}`);
}

/** Both addons, side by side. Undefined, or what went wrong. */
async function compileAll(sources: BindingSources, drafts: string[], library: TensorFlowLibrary, compiler: Compiler, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const framework = "libtensorflow_framework.so.2";
  const complaints = await Promise.all([
    compileAddon({ files: sources.early, libraries: [], output: drafts[0]! }, library, compiler, environment),
    compileAddon({ files: sources.files, libraries: ["libtensorflow_cc.so.2", framework], output: drafts[1]! }, library, compiler, environment),
  ]);
  return complaints.find((complaint) => complaint !== undefined);
}

function dropOldAddons(root: string, keep: string[]): void {
  for (const name of readdirSync(engineFolder(root))) {
    if (/^(early|tfjs_binding)-/.test(name) && !keep.includes(name)) rmSync(join(engineFolder(root), name), { force: true });
  }
}
