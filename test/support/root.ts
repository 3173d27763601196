import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, found upward from the compiled test: build folders may lie at any depth. */
export const projectRoot = find(dirname(fileURLToPath(import.meta.url)));

function find(folder: string): string {
  const manifest = join(folder, "package.json");
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).name === "lyceum") return folder;
  const up = dirname(folder);
  if (up === folder) throw new Error("package folder of lyceum not found");
  return find(up);
}
