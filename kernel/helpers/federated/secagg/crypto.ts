import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { whole } from "../../arguments.js";
import { fromHex, randomBytes, toHex, utf8, type Bytes } from "./bytes.js";

/** A pair of keys as hexadecimal text: 32 bytes each. */
export interface KeyPair {
  readonly publicKey: string;
  readonly secretKey: string;
}

/**
 * Keys for `agree` (X25519, RFC 7748): a secret that two parties share after exchanging only public keys.
 *
 * @param secretKey 64 hexadecimal digits; left out: new ones from the secure source.
 * @example federated.secure.agreementKeys("8ef15cb5ae3e5d802268a95da364ab90cddaa7b7f02062aa20a08d876eebe420").publicKey.slice(0, 8) // "de15d41d"
 */
export function agreementKeys(secretKey: string = toHex(randomBytes(32))): KeyPair {
  return Object.freeze({ publicKey: toHex(x25519.getPublicKey(fromHex(secretKey, "secretKey", 32))), secretKey });
}

/**
 * The secret that the owner of `secretKey` shares with the owner of `publicKey` (X25519). Not a key yet: derive keys from it with `hkdf`.
 *
 * @returns 64 hexadecimal digits.
 * @throws for public keys of small order, which would give a secret that everyone knows.
 * @example
 * const [a, b] = [federated.secure.agreementKeys(), federated.secure.agreementKeys()];
 * federated.secure.agree(a.secretKey, b.publicKey) === federated.secure.agree(b.secretKey, a.publicKey) // true
 */
export const agree = (secretKey: string, publicKey: string): string => toHex(x25519.getSharedSecret(fromHex(secretKey, "secretKey", 32), fromHex(publicKey, "publicKey", 32)));

/**
 * Keys for `sign` (Ed25519, RFC 8032): who a client is. The public key must reach the others by a way that the server does not control.
 *
 * @param secretKey the 32-byte seed as 64 hexadecimal digits; left out: new ones from the secure source.
 * @example federated.secure.identity("802e4ea773f4c5507d307b7f2610ceb254ed8722a7a64a503cd2da7694b3fff8").publicKey.slice(0, 8) // "c35e5a72"
 */
export function identity(secretKey: string = toHex(randomBytes(32))): KeyPair {
  return Object.freeze({ publicKey: toHex(ed25519.getPublicKey(fromHex(secretKey, "secretKey", 32))), secretKey });
}

/**
 * An Ed25519 signature, 128 hexadecimal digits.
 *
 * @param message bytes, or text (as UTF-8).
 * @example
 * const { publicKey, secretKey } = federated.secure.identity();
 * federated.secure.verify("hello", federated.secure.sign("hello", secretKey), publicKey) // true
 */
export const sign = (message: string | Uint8Array, secretKey: string): string => toHex(ed25519.sign(typeof message === "string" ? utf8(message) : message, fromHex(secretKey, "secretKey", 32)));

/**
 * True if `signature` is of this message by the owner of `publicKey`. A malformed signature is false, not an error.
 *
 * @example federated.secure.verify("hello", "00", federated.secure.identity().publicKey) // false
 */
export function verify(message: string | Uint8Array, signature: string, publicKey: string): boolean {
  const key = fromHex(publicKey, "publicKey", 32);
  try {
    return ed25519.verify(fromHex(signature, "signature", 64), typeof message === "string" ? utf8(message) : message, key, { zip215: false });
  } catch {
    return false;
  }
}

export interface HkdfOptions {
  /** Default empty. */
  salt?: Uint8Array;
  /** What the key is for: text or bytes. Different uses, different keys. */
  info: string | Uint8Array;
  /** Bytes wanted, 1 to 8160. Default 32. */
  length?: number;
}

/**
 * Key derivation HKDF with SHA-256 (RFC 5869), by WebCrypto.
 *
 * @example (await federated.secure.hkdf(new Uint8Array(22).fill(11), { info: "", length: 4 })).length // 4
 */
export async function hkdf(secret: Uint8Array, options: HkdfOptions): Promise<Uint8Array<ArrayBuffer>> {
  const length = whole({ length: options.length ?? 32 }, 1);
  if (length > 255 * 32) throw new RangeError(`expected length at most 8160, got ${length}`);
  const key = await subtle().importKey("raw", own(secret), "HKDF", false, ["deriveBits"]);
  const info = typeof options.info === "string" ? utf8(options.info) : own(options.info);
  return new Uint8Array(await subtle().deriveBits({ name: "HKDF", hash: "SHA-256", salt: own(options.salt ?? new Uint8Array()), info }, key, 8 * length));
}

/** A key is used for one message only (it is derived for a session, a sender and a receiver), so that a fixed nonce is safe. */
const nonce = new Uint8Array(12);

export async function seal(key: Bytes, text: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await subtle().encrypt({ name: "AES-GCM", iv: nonce }, await aes(key, "AES-GCM", "encrypt"), own(text)));
}

export async function open(key: Bytes, sealed: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await subtle().decrypt({ name: "AES-GCM", iv: nonce }, await aes(key, "AES-GCM", "decrypt"), own(sealed)));
}

export async function sha256(bytes: Uint8Array): Promise<string> {
  return toHex(new Uint8Array(await subtle().digest("SHA-256", own(bytes))));
}

/** The AES-256-CTR keystream from counter 0. */
export async function keystream(key: Bytes, bytes: number): Promise<Bytes> {
  return new Uint8Array(await subtle().encrypt({ name: "AES-CTR", counter: new Uint8Array(16), length: 64 }, await aes(key, "AES-CTR", "encrypt"), new Uint8Array(bytes)));
}

const aes = (key: Bytes, name: string, use: KeyUsage) => subtle().importKey("raw", key, name, false, [use]);

const own = (bytes: Uint8Array): Bytes => (bytes.buffer instanceof ArrayBuffer ? (bytes as Bytes) : new Uint8Array(bytes));

function subtle(): SubtleCrypto {
  const { crypto } = globalThis;
  if (!crypto?.subtle) throw new Error("secure aggregation needs WebCrypto, which browsers give only to pages from https or localhost");
  return crypto.subtle;
}
