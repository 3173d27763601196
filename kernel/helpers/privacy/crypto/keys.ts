import { known, shown, whole } from "../../arguments.js";
import { base64, fromBase64 } from "./encoding.js";
import { refusal } from "./refusal.js";

const aes = { name: "AES-GCM", length: 256 } as const;
const rsa = { name: "RSA-OAEP", hash: "SHA-256" } as const;

/**
 * A new AES-256 key from the system's secure source.
 *
 * @param options `extractable` (default true): may it be exported or wrapped?
 * @example (await privacy.createKey()).algorithm.name // "AES-GCM"
 */
export async function createKey(options: { extractable?: boolean } = {}): Promise<CryptoKey> {
  known(options, ["extractable"]);
  return crypto.subtle.generateKey(aes, options.extractable ?? true, ["encrypt", "decrypt"]);
}

/**
 * An AES-256 key from its 32 bytes.
 *
 * @throws `expected a key of 32 bytes, got 16`
 * @example (await privacy.importKey(privacy.random.bytes(32))).type // "secret"
 */
export async function importKey(bytes: Uint8Array, options: { extractable?: boolean } = {}): Promise<CryptoKey> {
  known(options, ["extractable"]);
  if (!(bytes instanceof Uint8Array) || bytes.length !== 32) throw new RangeError(`expected a key of 32 bytes, got ${bytes instanceof Uint8Array ? bytes.length : shown(bytes)}`);
  return crypto.subtle.importKey("raw", bytes as Uint8Array<ArrayBuffer>, aes, options.extractable ?? true, ["encrypt", "decrypt"]);
}

/**
 * The 32 bytes of an AES key, to be kept where only its owner reads.
 *
 * @throws `expected an extractable key`
 * @example (await privacy.exportKey(await privacy.createKey())).length // 32
 */
export async function exportKey(key: CryptoKey): Promise<Uint8Array> {
  if (!key.extractable) throw new TypeError("expected an extractable key");
  return new Uint8Array(await crypto.subtle.exportKey("raw", key));
}

/**
 * A pair of RSA-OAEP keys (SHA-256): anyone may wrap for the public one, only the private one unwraps. The private key cannot be exported.
 *
 * @param options `bits`: 2048, 3072 (default) or 4096
 * @example (await privacy.createKeyPair({ bits: 2048 })).publicKey.type // "public"
 */
export async function createKeyPair(options: { bits?: number } = {}): Promise<CryptoKeyPair> {
  known(options, ["bits"]);
  const bits = whole({ bits: options.bits ?? 3072 });
  if (![2048, 3072, 4096].includes(bits)) throw new RangeError(`expected bits 2048, 3072 or 4096, got ${bits}`);
  return crypto.subtle.generateKey({ ...rsa, modulusLength: bits, publicExponent: new Uint8Array([1, 0, 1]) }, false, ["wrapKey", "unwrapKey"]);
}

/**
 * An AES key, encrypted for the owner of a public key.
 *
 * @returns base64
 * @throws `expected an extractable key`
 * @see RFC 8017, section 7.1
 * @example
 * const { publicKey, privateKey } = await privacy.createKeyPair({ bits: 2048 });
 * const wrapped = await privacy.wrapKey(await privacy.createKey(), { publicKey });
 * (await privacy.unwrapKey(wrapped, { privateKey })).type // "secret"
 */
export async function wrapKey(key: CryptoKey, options: { publicKey: CryptoKey }): Promise<string> {
  known(options, ["publicKey"]);
  if (!key.extractable) throw new TypeError("expected an extractable key");
  return base64(new Uint8Array(await crypto.subtle.wrapKey("raw", key, options.publicKey, rsa)));
}

/**
 * The AES key that `wrapKey` encrypted. Not extractable unless asked for.
 *
 * @throws DecryptionError: the wrong private key, or changed bytes; `expected base64 in wrapped, got ...`
 * @example
 * const pair = await privacy.createKeyPair({ bits: 2048 });
 * (await privacy.unwrapKey(await privacy.wrapKey(await privacy.createKey(), { publicKey: pair.publicKey }), { privateKey: pair.privateKey })).extractable // false
 */
export async function unwrapKey(wrapped: string, options: { privateKey: CryptoKey; extractable?: boolean }): Promise<CryptoKey> {
  known(options, ["privateKey", "extractable"]);
  const bytes = fromBase64({ wrapped });
  return refusal(crypto.subtle.unwrapKey("raw", bytes, options.privateKey, rsa, aes, options.extractable ?? false, ["encrypt", "decrypt"]));
}
