import type * as NodeFs from "node:fs";
import type * as NodePath from "node:path";

/** Undefined in a browser: no static `node:` import, so the file loads there too. */
function node(): { fs: typeof NodeFs; path: typeof NodePath } | undefined {
  const get = globalThis.process?.getBuiltinModule;
  return get && { fs: get("node:fs"), path: get("node:path") };
}

const needNode = (path: string): never => {
  throw new Error(`expected Node for the file ${path}: in a browser take bytes, as nn.toSafetensors gives them`);
};

/** A new file in the place of the old one, whole or not at all: whoever is killed meanwhile leaves the old one. */
export function writeWhole(path: string, bytes: Uint8Array): void {
  const { fs, path: paths } = node() ?? needNode(path);
  fs.mkdirSync(paths.dirname(paths.resolve(path)), { recursive: true });
  const fresh = `${path}.${process.pid}.new`;
  const file = fs.openSync(fresh, "w");
  try {
    fs.writeFileSync(file, bytes);
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
  fs.renameSync(fresh, path);
}

/** Undefined where there is no such file. */
export function readWhole(path: string): Uint8Array | undefined {
  const { fs } = node() ?? needNode(path);
  return fs.existsSync(path) ? new Uint8Array(fs.readFileSync(path)) : undefined;
}
