import { isFunctionMark } from "./codec.js";
import type { DecodedTensor, Text } from "./contract.js";

/** A decoded tensor: made by `decode`, or an argument for `student.call`. */
export function isTensor(value: unknown): value is DecodedTensor {
  return typeof value === "object" && value !== null && (value as DecodedTensor).kind === "tensor" && Array.isArray((value as DecodedTensor).shape);
}

/** A number as people read it: 6 digits at most. */
export function show(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}` : `${Number(value.toPrecision(6))}`;
}

/** A value in a few words: `3.5`, `the text "no"`, `an array of 4`. */
export function describe(value: unknown): Text {
  if (value === undefined) return { en: "nothing (undefined)", zh: "空的（undefined）" };
  if (value === null || typeof value === "boolean") return same(`${value}`);
  if (typeof value === "number") return same(show(value));
  if (typeof value === "bigint") return same(`${value}n`);
  if (typeof value === "string") return both(JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value), "the text ", "文字 ");
  if (isFunctionMark(value)) return { en: "a function", zh: "一个函数" };
  if (isTensor(value)) return both(`[${value.shape.join(", ")}]`, "a tensor of shape ", "张量，形状为 ");
  if (Array.isArray(value)) return { en: `an array of ${value.length}`, zh: `长度为 ${value.length} 的数组` };
  if (ArrayBuffer.isView(value)) return { en: `a ${value.constructor.name} of ${(value as Uint8Array).length}`, zh: `长度为 ${(value as Uint8Array).length} 的 ${value.constructor.name}` };
  if (value instanceof Map) return { en: `a Map of ${value.size}`, zh: `有 ${value.size} 项的 Map` };
  if (value instanceof Set) return { en: `a Set of ${value.size}`, zh: `有 ${value.size} 项的 Set` };
  const keys = Object.keys(value as object);
  const list = keys.slice(0, 6).join(", ") + (keys.length > 6 ? ", ..." : "");
  return { en: `an object with ${list || "no fields"}`, zh: keys.length ? `含有 ${list} 的对象` : "空对象" };
}

const same = (text: string): Text => ({ en: text, zh: text });
const both = (text: string, en: string, zh: string): Text => ({ en: en + text, zh: zh + text });
