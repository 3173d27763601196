import type * as NodeFs from "node:fs/promises";
import type * as NodePath from "node:path";

/** Node's files, without a static import: this file loads in the page too, where there are none. */
function node(): { fs: typeof NodeFs; path: typeof NodePath } | undefined {
  const builtin = globalThis.process?.getBuiltinModule;
  const fs = builtin?.("node:fs/promises") as typeof NodeFs | undefined;
  const path = builtin?.("node:path") as typeof NodePath | undefined;
  return fs && path ? { fs, path } : undefined;
}

/** Writes the files into the folder, made if need be. Weight files of a model that was there before are removed. */
export async function writeFolder(folder: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const { fs, path } = needed(`writing to ${folder}`);
  await fs.mkdir(folder, { recursive: true });
  const old = (await fs.readdir(folder)).filter((name) => /^group1-shard\d+of\d+\.bin$/.test(name) && !(name in files));
  await Promise.all(old.map((name) => fs.rm(path.join(folder, name))));
  // The description last: a folder with it is whole.
  for (const name of Object.keys(files).sort((a, b) => Number(a.endsWith(".json")) - Number(b.endsWith(".json")))) await fs.writeFile(path.join(folder, name), files[name]!);
}

/** @throws `there is no saved model at ...` */
export async function readFolderFile(folder: string, name: string): Promise<Uint8Array> {
  const { fs, path } = needed(`reading ${folder}`);
  try {
    return new Uint8Array(await fs.readFile(path.join(folder, name)));
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOENT") throw error;
    throw new Error(name === "model.json" ? `there is no saved model at ${folder}` : `expected ${name} in ${folder}, as its model.json says: it is missing`);
  }
}

function needed(what: string): NonNullable<ReturnType<typeof node>> {
  const found = node();
  if (!found) throw new Error(`${what} needs Node: in the page take the files (exportModel(...).files) or load from a URL`);
  return found;
}
