/** Where data files come from: the folder `lessons/data` in Node, the site's copy of it in the page. */

type Read = (path: string) => Promise<Uint8Array>;

let read: Read | undefined;

/** Read data files by another way: the page gives a `fetch` of its own folder. `path` is relative to `lessons/data`. */
export function setDataSource(reader: Read): void {
  read = reader;
}

export function readDataBytes(path: string): Promise<Uint8Array> {
  read ??= readFromPackage;
  return read(path);
}

export async function readDataFile(path: string): Promise<string> {
  return new TextDecoder().decode(await readDataBytes(path));
}

/** Node: no static `node:` import, so that the same file loads in a browser. */
async function readFromPackage(path: string): Promise<Uint8Array> {
  const node = globalThis.process?.getBuiltinModule;
  if (!node) throw new Error("no data source: call setDataSource(read) first");
  const { readFile } = node("node:fs/promises");
  return readFile(new URL(`lessons/data/${path}`, packageRoot()));
}

/** The folder whose package.json is ours, found upward from this file: compiled code may lie at any depth. */
function packageRoot(): URL {
  const { existsSync, readFileSync } = globalThis.process.getBuiltinModule("node:fs");
  let folder = new URL("./", import.meta.url);
  for (;;) {
    const manifest = new URL("package.json", folder);
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).name === "lyceum") return folder;
    const up = new URL("../", folder);
    if (up.href === folder.href) throw new Error("package folder of lyceum not found");
    folder = up;
  }
}
