import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the kernel's own package: source tree, build folder and installed package differ in depth, so walk up. */
export function packageRoot(from = dirname(fileURLToPath(import.meta.url))): string {
  const file = join(from, "package.json");
  if (existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as { name?: string }).name === "lyceum") return from;
  const parent = dirname(from);
  if (parent === from) throw new Error("the lyceum package is not complete: no package.json above the session");
  return packageRoot(parent);
}
