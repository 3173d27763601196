import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder whose package.json is named "lyceum", found upward from this file. */
export function findProjectRoot(from: string = dirname(fileURLToPath(import.meta.url))): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (packageName(folder) === "lyceum") return folder;
    if (folder === dirname(folder)) throw new Error(`expected a folder of the package "lyceum" above ${from}`);
  }
}

/** Resolves as CommonJS does: the one instance of tfjs is its CommonJS build, which libraries load too. */
export const requireHere = createRequire(import.meta.url);

/** Folder of an installed package. */
export function packageFolder(name: string): string {
  return dirname(requireHere.resolve(`${name}/package.json`));
}

export function packageVersion(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version;
}

function packageName(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name?: string }).name;
  } catch {
    return undefined;
  }
}
