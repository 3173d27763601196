import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { known, shown, whole } from "../../arguments.js";
import { bytesOf, hex, utf8 } from "./encoding.js";

/**
 * SHA-256. Text is taken as UTF-8.
 *
 * @returns 32 bytes
 * @see FIPS 180-4; computed by the audited package @noble/hashes, which needs no secure context
 * @example privacy.toHex(privacy.sha256("")).slice(0, 8) // "e3b0c442"
 */
export const sha256 = (data: string | Uint8Array): Uint8Array => nobleSha256(bytesOf({ data }));

/**
 * HMAC-SHA-256: a tag that only who has the key can make.
 *
 * @returns 32 bytes
 * @throws `expected a Uint8Array as key, got text`
 * @see RFC 2104
 * @example privacy.hmacSha256("message", { key: new Uint8Array(32) }).length // 32
 */
export function hmacSha256(data: string | Uint8Array, options: { key: Uint8Array }): Uint8Array {
  known(options, ["key"]);
  return hmac(nobleSha256, keyBytes(options.key), bytesOf({ data }));
}

/**
 * HKDF-SHA-256: keys for different uses from one secret.
 *
 * @param secret the input key: high entropy, not a password
 * @param options `length` in bytes, up to 8160; `salt` and `info` default to empty
 * @see RFC 5869
 * @example privacy.hkdfSha256(new Uint8Array(32), { info: "backup", length: 16 }).length // 16
 */
export function hkdfSha256(secret: Uint8Array, options: { length: number; salt?: Uint8Array; info?: string | Uint8Array }): Uint8Array {
  known(options, ["length", "salt", "info"]);
  const { salt = new Uint8Array(), info = new Uint8Array() } = options;
  if (whole({ length: options.length }, 1) > 8160) throw new RangeError(`expected length <= 8160, got ${options.length}`);
  return hkdf(nobleSha256, keyBytes(secret), salt, typeof info === "string" ? utf8(info) : info, options.length);
}

function keyBytes(key: Uint8Array): Uint8Array {
  if (!(key instanceof Uint8Array)) throw new TypeError(`expected a Uint8Array as key, got ${typeof key === "string" ? "text" : shown(key)}`);
  return key;
}

/** Bytes as lower-case hexadecimal digits. @example privacy.toHex(new Uint8Array([1, 255])) // "01ff" */
export const toHex = (bytes: Uint8Array): string => hex(bytes);
