import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** A TensorFlow from a Python wheel: shared libraries and C headers in one folder. */
export interface TensorFlowLibrary {
  /** Real path, no symbolic link: CUDA's libraries are found relative to it. */
  directory: string;
  version: string;
  /** The wheel was built for CUDA; whether it works here only the binding can tell. */
  cuda: boolean;
}

export interface TensorFlowSearch {
  /** Take this folder (`site-packages/tensorflow`) or fail. */
  tensorflow?: string;
  root: string;
  environment?: NodeJS.ProcessEnv;
}

/** Looks in the given folder, LYCEUM_TENSORFLOW, TENSORFLOW_DIR, the project's `.venv`, then where `python3` imports from. */
export function findTensorFlow(search: TensorFlowSearch): { library?: TensorFlowLibrary; reason?: string } {
  const { root, environment = process.env } = search;
  const given = search.tensorflow ?? environment["LYCEUM_TENSORFLOW"] ?? environment["TENSORFLOW_DIR"];
  if (given) {
    const library = readTensorFlow(given);
    return library ? { library } : { reason: `expected libtensorflow_cc.so.2 in the given TensorFlow folder, got ${given}` };
  }
  for (const folder of venvFolders(join(root, ".venv"))) {
    const library = readTensorFlow(folder);
    if (library) return { library };
  }
  const folder = askPython(environment);
  const library = folder ? readTensorFlow(folder) : undefined;
  if (library) return { library };
  return { reason: "TensorFlow's wheel is not installed: `npm start` installs it, or `.venv/bin/pip install tensorflow-cpu`" };
}

/** A folder's TensorFlow, or undefined where the folder does not hold libraries and headers. */
export function readTensorFlow(folder: string): TensorFlowLibrary | undefined {
  if (!existsSync(join(folder, "libtensorflow_cc.so.2"))) return undefined;
  if (!existsSync(join(folder, "libtensorflow_framework.so.2"))) return undefined;
  if (!existsSync(join(folder, "include", "tensorflow", "c", "c_api.h"))) return undefined;
  const directory = realpathSync(folder);
  return { directory, ...readDistribution(directory) };
}

/** Name and version from the wheel's own record: `tensorflow_cpu-2.21.0.dist-info`. */
function readDistribution(directory: string): { version: string; cuda: boolean } {
  const pattern = /^(tensorflow\w*|tf_nightly\w*)-([\d.]+\w*)\.dist-info$/;
  const found = readdirSync(dirname(directory)).flatMap((name) => {
    const match = pattern.exec(name);
    return match && ownsLibrary(join(dirname(directory), name)) ? [{ name: match[1]!, version: match[2]! }] : [];
  })[0];
  if (!found) return { version: "unknown", cuda: false };
  return { version: found.version, cuda: !/cpu/.test(found.name) };
}

/** `tensorflow_estimator` and the like carry the prefix too; only the real wheel lists the library. */
function ownsLibrary(distInfo: string): boolean {
  try {
    return readFileSync(join(distInfo, "RECORD"), "utf8").includes("tensorflow/libtensorflow_cc.so.2");
  } catch {
    return false;
  }
}

function venvFolders(venv: string): string[] {
  const lib = join(venv, "lib");
  if (!existsSync(lib)) return [];
  return readdirSync(lib)
    .filter((name) => basename(name).startsWith("python"))
    .map((name) => join(lib, name, "site-packages", "tensorflow"));
}

/** Finds the module without importing it, which would take seconds. */
function askPython(environment: NodeJS.ProcessEnv): string | undefined {
  const program = "import importlib.util as u; s = u.find_spec('tensorflow'); print(s.origin if s and s.origin else '')";
  const answer = spawnSync("python3", ["-c", program], { encoding: "utf8", env: environment, timeout: 10_000 });
  const origin = answer.status === 0 ? answer.stdout.trim() : "";
  return origin ? dirname(origin) : undefined;
}
