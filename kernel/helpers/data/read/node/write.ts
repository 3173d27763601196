import type * as Fs from "node:fs";

/** Writes a text file in Node, through a neighbour that is renamed: a reader never sees half of it. */
export async function writeFile(path: string, text: string): Promise<void> {
  const fs = globalThis.process?.getBuiltinModule?.("node:fs") as typeof Fs | undefined;
  if (!fs) throw new Error(`cannot write ${path}: there is no file system here`);
  const near = `${path}.part-${globalThis.process.pid}`;
  await fs.promises.writeFile(near, text);
  await fs.promises.rename(near, path);
}
