import type * as Fs from "node:fs";
import type { Stream } from "../bytes.js";

/** A file in Node, piece by piece. Undefined in a browser: no static `node:` import, so the file loads there too. */
export async function openFile(path: string, signal: AbortSignal | undefined): Promise<Stream | undefined> {
  const fs = globalThis.process?.getBuiltinModule?.("node:fs") as typeof Fs | undefined;
  if (!fs) return undefined;
  const where = path.startsWith("file:") ? new URL(path) : path;
  let status: Fs.Stats;
  try {
    status = await fs.promises.stat(where);
  } catch (error) {
    throw new Error(`no file at ${path}${path.startsWith("file:") || /^([/\\]|[a-z]:)/i.test(path) ? "" : ` (from ${globalThis.process.cwd()})`}`, { cause: error });
  }
  if (status.isDirectory()) throw new Error(`expected a file, got the folder ${path}`);
  return { total: status.size, pieces: fs.createReadStream(where, { highWaterMark: 1 << 20, ...(signal && { signal }) }) };
}
