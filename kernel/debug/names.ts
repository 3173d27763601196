import { tmpdir } from "node:os";
import { join, sep } from "node:path";

/**
 * How the front end knows a cell: `prefix + hash of its text + suffix`. JupyterLab writes "Cell [n]" only where the path holds the word
 * `ipykernel_`, and it keeps prefix and seed by kernel name, so both are the same in every process.
 */
export const cellNames = {
  hashMethod: "Murmur2",
  hashSeed: 0xc70f6907,
  tmpFilePrefix: join(tmpdir(), "ipykernel_lyceum") + sep,
  tmpFileSuffix: ".ts",
} as const;

export const hashOf = (source: string): string => String(murmur2(new TextEncoder().encode(source), cellNames.hashSeed));

export const pathOf = (hash: string): string => `${cellNames.tmpFilePrefix}${hash}${cellNames.tmpFileSuffix}`;

export function hashIn(path: string): string | undefined {
  const { tmpFilePrefix: prefix, tmpFileSuffix: suffix } = cellNames;
  if (!path.startsWith(prefix) || !path.endsWith(suffix)) return undefined;
  const hash = path.slice(prefix.length, -suffix.length);
  return /^\d{1,10}$/.test(hash) ? hash : undefined;
}

/** MurmurHash2, 32 bits, for little-endian words (A. Appleby; the front end computes the same). @example murmur2(new Uint8Array(), 1) // 1540447798 */
export function murmur2(bytes: Uint8Array, seed: number): number {
  const m = 0x5bd1e995;
  let h = seed ^ bytes.length;
  let at = 0;
  for (; bytes.length - at >= 4; at += 4) {
    let k = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    k = Math.imul(k, m);
    k ^= k >>> 24;
    h = Math.imul(h, m) ^ Math.imul(k, m);
  }
  const rest = bytes.length - at;
  if (rest >= 3) h ^= bytes[at + 2]! << 16;
  if (rest >= 2) h ^= bytes[at + 1]! << 8;
  if (rest >= 1) h = Math.imul(h ^ bytes[at]!, m);
  h ^= h >>> 13;
  h = Math.imul(h, m);
  return (h ^ (h >>> 15)) >>> 0;
}
