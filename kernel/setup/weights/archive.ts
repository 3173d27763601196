import { gunzipSync, unzipSync } from "fflate";

/** The files of an npm package (`.tgz`) or a Python wheel (a zip file), by path. */
export function filesOf(name: string, bytes: Uint8Array): Map<string, Uint8Array> {
  return name.endsWith(".tgz") ? tarFiles(gunzipSync(bytes)) : new Map(Object.entries(unzipSync(bytes)));
}

const block = 512;

/** A tar archive as npm writes it: regular files with names of at most 256 characters; anything else is passed over. */
function tarFiles(tar: Uint8Array): Map<string, Uint8Array> {
  const words = (from: number, length: number) => new TextDecoder().decode(tar.subarray(from, from + length)).replace(/\0.*$/s, "");
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + block <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(words(at + 124, 12), 8);
    const kind = words(at + 156, 1);
    const prefix = words(at + 345, 155);
    if (kind === "0" || kind === "") files.set(`${prefix ? `${prefix}/` : ""}${words(at, 100)}`.replace(/^package\//, ""), tar.subarray(at + block, at + block + size));
    at += block + Math.ceil(size / block) * block;
  }
  return files;
}
