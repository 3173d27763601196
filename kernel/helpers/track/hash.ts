import { sha256 } from "@noble/hashes/sha2.js";
import { shown } from "../arguments.js";

export const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const digest = (bytes: Uint8Array): string => hex(sha256(bytes));

interface TensorLike {
  dtype: string;
  shape: readonly number[];
  dataSync(): ArrayBufferView;
}

const isTensor = (value: object): value is TensorLike => "dataSync" in value && "shape" in value;

/**
 * SHA-256 of data, so that two runs can say whether they had the same: of types, shapes and numbers of tensors and typed arrays (little-endian), of keys in alphabetical order and of JSON values.
 *
 * @param data tensors, typed arrays, text, numbers, arrays and plain objects of them
 * @returns 64 hexadecimal digits
 * @throws `expected data of tensors, arrays and plain values, got a function at .rows`
 * @example
 * track.hash({ y: [1, 2], x: "a" }) === track.hash({ x: "a", y: [1, 2] }) // true
 * track.hash([1, 2]) === track.hash([2, 1]) // false
 */
export function hash(data: unknown): string {
  const sum = sha256.create();
  const text = (words: string): void => void sum.update(new TextEncoder().encode(words));
  const numbers = (kind: string, view: ArrayBufferView): void => {
    text(`${kind}:${view.byteLength};`);
    sum.update(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  };
  const visit = (value: unknown, path: string): void => {
    if (value === null || typeof value === "boolean" || typeof value === "number") return text(`${typeof value}:${String(value)};`);
    if (value === undefined) return text("undefined;");
    if (typeof value === "string") return text(`string:${value.length}:${value};`);
    if (typeof value !== "object") throw new TypeError(`expected data of tensors, arrays and plain values, got ${shown(value)} at ${path || "the top"}`);
    if (isTensor(value)) return numbers(`tensor ${value.dtype}[${value.shape}]`, value.dataSync());
    if (ArrayBuffer.isView(value)) return numbers(value.constructor.name, value);
    if (Array.isArray(value)) {
      text(`array:${value.length};`);
      return value.forEach((item, at) => visit(item, `${path}[${at}]`));
    }
    const keys = Object.keys(value).sort();
    text(`object:${keys.length};`);
    for (const key of keys) {
      text(`${key.length}:${key}=`);
      visit((value as Record<string, unknown>)[key], `${path}.${key}`);
    }
  };
  visit(data, "");
  return hex(sum.digest());
}
