import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../project.js";
import { patches, type Patch } from "./patches.js";

/** The texts that are compiled, by file name: upstream's, patched, and our own. */
export interface BindingSources {
  files: Map<string, string>;
  /** The addon that is loaded before the binding: `kernel/engine/binding/early/*.cc`. */
  early: Map<string, string>;
  /** SHA-256 over names and texts. */
  hash: string;
}

/** Reads tfjs-node's binding out of node_modules, applies our patches, adds `kernel/engine/binding/*.cc` and `*.h`. */
export function readSources(root: string, upstream: string = join(packageFolder("@tensorflow/tfjs-node-gpu"), "binding")): BindingSources {
  const files = applyPatches(readFolder(upstream), patches);
  for (const [name, text] of readFolder(join(root, "kernel", "engine", "binding"))) files.set(name, text);
  const early = readFolder(join(root, "kernel", "engine", "binding", "early"));
  const hash = createHash("sha256");
  for (const part of [files, early]) for (const name of [...part.keys()].sort()) hash.update(`${name}\0${part.get(name)}\0`);
  return { files, early, hash: hash.digest("hex") };
}

/** Throws where upstream's text is not what a patch was written for. */
export function applyPatches(files: Map<string, string>, list: Patch[]): Map<string, string> {
  const patched = new Map(files);
  for (const patch of list) {
    const text = patched.get(patch.file);
    if (text === undefined) throw new Error(`binding patch does not fit: no file ${patch.file} (${patch.reason})`);
    patched.set(patch.file, applyPatch(text, patch));
  }
  return patched;
}

function applyPatch(text: string, patch: Patch): string {
  const misfit = (what: string) =>
    new Error(`binding patch does not fit ${patch.file}: ${what} (${patch.reason}). Was @tensorflow/tfjs-node-gpu updated?`);
  const start = text.indexOf(patch.find);
  if (start < 0) throw misfit(`expected to find ${JSON.stringify(patch.find)}`);
  if (text.indexOf(patch.find, start + 1) >= 0) throw misfit(`expected one ${JSON.stringify(patch.find)}, got several`);
  let end = start + patch.find.length;
  if (patch.through !== undefined) {
    const last = text.indexOf(patch.through, end);
    if (last < 0) throw misfit(`expected ${JSON.stringify(patch.through)} after ${JSON.stringify(patch.find)}`);
    end = last + patch.through.length;
  }
  return text.slice(0, start) + patch.replace + text.slice(end);
}

function readFolder(folder: string): Map<string, string> {
  const names = readdirSync(folder).filter((name) => /\.(cc|h)$/.test(name)).sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}
