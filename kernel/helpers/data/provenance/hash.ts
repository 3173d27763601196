import { sha256 } from "@noble/hashes/sha2.js";
import { frameOf, isMissing, type Frame, type Rows } from "../table/rows.js";

/**
 * SHA-256 of a table's content, in hexadecimal: equal for the same names, rows and values in the same order, whatever the file format, encoding or line ends. Types are told apart (1 is not "1");
 * null, undefined and NaN are one missing value; -0 is 0.
 *
 * Canonical form: one JSON array a line, first the names, then each row; a date is {"d": milliseconds}, a bigint {"i": "digits"}, missing is null.
 *
 * @example
 * data.hash([{ a: 1, b: "x" }]).slice(0, 16) // "581ae3d706057b27"
 * data.hash([{ a: 1, b: "x" }]) === data.hash(data.table({ a: [1], b: ["x"] })) // true
 */
export function hash(rows: Rows<object>): string {
  return hashFrame(frameOf(rows));
}

export function hashFrame(frame: Frame): string {
  const state = sha256.create();
  const columns = frame.names.map((name) => frame.column(name));
  let lines = `${JSON.stringify(frame.names)}\n`;
  for (let row = 0; row < frame.length; row++) {
    lines += `${JSON.stringify(columns.map((values) => canonical(values[row])))}\n`;
    if (lines.length < 1 << 16) continue;
    state.update(encoder.encode(lines));
    lines = "";
  }
  state.update(encoder.encode(lines));
  return hex(state.digest());
}

export const hashText = (text: string): string => hex(sha256(encoder.encode(text)));

const encoder = new TextEncoder();
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function canonical(value: unknown): unknown {
  if (isMissing(value)) return null;
  if (value instanceof Date) return { d: value.getTime() };
  if (typeof value === "bigint") return { i: String(value) };
  if (value === Infinity || value === -Infinity) return { n: String(value) };
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value === "object") return Object.fromEntries(Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, canonical(one)]));
  return value === 0 ? 0 : value;
}
