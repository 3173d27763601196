import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TensorFlowLibrary } from "./tensorflow-library.js";

/** What the compiled binding in `.engine/` was made from. */
export interface BindingManifest {
  /** File name inside `.engine/`; carries the key, so that a rebuild never overwrites a file in use. */
  file: string;
  /** The small addon to load before it, which silences TensorFlow's start-up lines. */
  early: string;
  /** Everything below that decides about the result, hashed. */
  key: string;
  sources: string;
  tensorflow: TensorFlowLibrary;
  compiler: string;
  flags: string[];
  /** What the library said when the binding was tried after the build. */
  reported: { version: string; gpu: boolean };
}

export function engineFolder(root: string): string {
  return join(root, ".engine");
}

export function readManifest(root: string): BindingManifest | undefined {
  try {
    return JSON.parse(readFileSync(join(engineFolder(root), "manifest.json"), "utf8")) as BindingManifest;
  } catch {
    return undefined;
  }
}

export function writeManifest(root: string, manifest: BindingManifest): void {
  const folder = engineFolder(root);
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, `manifest.${process.pid}.json`);
  writeFileSync(draft, JSON.stringify(manifest, null, 2) + "\n");
  renameSync(draft, join(folder, "manifest.json"));
}

/** The compiler is recorded and not part of the key: a binding that works outlives the compiler that made it. */
export function bindingKey(sources: string, tensorflow: TensorFlowLibrary, flags: string[]): string {
  const size = statSync(join(tensorflow.directory, "libtensorflow_cc.so.2")).size;
  const parts = [sources, tensorflow.directory, tensorflow.version, size, flags, process.platform, process.arch];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** The addons in the order in which to load them; the last is the binding. */
export function addonPaths(root: string, manifest: BindingManifest): [early: string, binding: string] {
  return [join(engineFolder(root), manifest.early), join(engineFolder(root), manifest.file)];
}

export function isBuilt(root: string, manifest: BindingManifest | undefined, key: string): manifest is BindingManifest {
  return manifest !== undefined && manifest.key === key && addonPaths(root, manifest).every((path) => existsSync(path));
}
