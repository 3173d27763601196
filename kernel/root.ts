import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

let found: string | undefined;

/** The project's folder: the one whose package.json is named "lyceum", upward from this file. Source, build and installed package differ in depth. */
export function projectRoot(): string {
  return (found ??= above(dirname(fileURLToPath(import.meta.url))));
}

function above(folder: string): string {
  if (packageName(folder) === "lyceum") return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("the lyceum package is not complete: no package.json of that name above its files");
  return above(parent);
}

function packageName(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name?: string }).name;
  } catch {
    return undefined;
  }
}
