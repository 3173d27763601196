import { shown } from "../../arguments.js";

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

export const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  if (typeof text !== "string" || text.length % 2 || /[^\da-f]/i.test(text)) throw new RangeError(`expected hexadecimal digits in pairs, got ${shown(text)}`);
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function base64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

export function fromBase64(named: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const [name, text] = Object.entries(named)[0]!;
  try {
    if (typeof text !== "string") throw new TypeError();
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new RangeError(`expected base64 in ${name}, got ${shown(text)}`);
  }
}

/** Bytes as they are, text as UTF-8; anything else is refused. */
export function bytesOf(named: Readonly<Record<string, string | Uint8Array>>): Uint8Array<ArrayBuffer> {
  const [name, data] = Object.entries(named)[0]!;
  if (typeof data === "string") return utf8(data);
  if (data instanceof Uint8Array) return data as Uint8Array<ArrayBuffer>;
  throw new TypeError(`expected text or a Uint8Array as ${name}, got ${shown(data)}`);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
