/** Bytes that WebCrypto takes: in memory of their own, not shared. */
export type Bytes = Uint8Array<ArrayBuffer>;

export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @throws `expected publicKey to be 64 hexadecimal digits, got "xyz"`. */
export function fromHex(text: string, name: string, length?: number): Bytes {
  if (typeof text !== "string" || !/^(?:[0-9a-f]{2})*$/i.test(text) || (length !== undefined && text.length !== 2 * length))
    throw new RangeError(`expected ${name} to be ${length === undefined ? "hexadecimal digits in pairs" : `${2 * length} hexadecimal digits`}, got ${typeof text === "string" ? JSON.stringify(text.slice(0, 70)) : typeof text}`);
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16));
}

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

export function randomBytes(count: number): Bytes {
  return globalThis.crypto.getRandomValues(new Uint8Array(count));
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
