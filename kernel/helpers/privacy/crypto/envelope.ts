import { known, shown } from "../../arguments.js";
import { bytes as randomBytes } from "../random/bytes.js";
import { openBytes, sealBytes } from "./aes.js";
import { base64, bytesOf, fromBase64, utf8 } from "./encoding.js";
import { createKey, unwrapKey, wrapKey } from "./keys.js";
import { DecryptionError } from "./refusal.js";

/** Encrypted data as plain data, for a file or a message. */
export interface Envelope {
  readonly algorithm: "A256GCM";
  /** Nonce, 12 bytes, base64. */
  readonly iv: string;
  /** Ciphertext and tag, base64. */
  readonly ciphertext: string;
}

export interface EncryptOptions {
  key: CryptoKey;
  /** What the data is for ("gradebook/2024"): not stored, not secret, but must be the same on decrypting, so that an envelope cannot be put in another's place. Default "". */
  context?: string;
}

/**
 * AES-256-GCM: nobody without the key can read the data, or change it unnoticed. A fresh random nonce each time; use one key for fewer than 2^32 envelopes.
 *
 * @param data text (as UTF-8) or bytes; all in memory: for large files `encryptChunks`
 * @see NIST SP 800-38D
 * @example
 * const key = await privacy.createKey();
 * new TextDecoder().decode(await privacy.decrypt(await privacy.encrypt("a secret", { key }), { key })) // "a secret"
 */
export async function encrypt(data: string | Uint8Array, options: EncryptOptions): Promise<Envelope> {
  known(options, ["key", "context"]);
  const iv = randomBytes(12);
  const ciphertext = await sealBytes(aesKey(options.key), iv, bytesOf({ data }), utf8(options.context ?? ""));
  return Object.freeze({ algorithm: "A256GCM" as const, iv: base64(iv), ciphertext: base64(ciphertext) });
}

/**
 * The bytes of an envelope.
 *
 * @throws DecryptionError `decryption refused: wrong key or context, or the data was changed`; `expected algorithm A256GCM, got ...`; `expected an iv of 12 bytes, got 8`
 * @example
 * const key = await privacy.createKey();
 * Array.from(await privacy.decrypt(await privacy.encrypt(new Uint8Array([1, 2]), { key, context: "x" }), { key, context: "x" })) // [1, 2]
 */
export async function decrypt(envelope: Envelope, options: EncryptOptions): Promise<Uint8Array> {
  known(options, ["key", "context"]);
  if (envelope.algorithm !== "A256GCM") throw new RangeError(`expected algorithm A256GCM, got ${shown(envelope.algorithm)}`);
  const iv = fromBase64({ iv: envelope.iv });
  if (iv.length !== 12) throw new RangeError(`expected an iv of 12 bytes, got ${iv.length}`);
  return openBytes(aesKey(options.key), iv, fromBase64({ ciphertext: envelope.ciphertext }), utf8(options.context ?? ""));
}

function aesKey(key: CryptoKey): CryptoKey {
  if (key?.algorithm?.name !== "AES-GCM") throw new TypeError(`expected an AES-GCM key, got ${key?.algorithm?.name ?? shown(key)}`);
  return key;
}

/** An envelope with its key, encrypted for each recipient. */
export interface SealedEnvelope extends Envelope {
  /** The message's key, wrapped for each public key in order, base64. */
  readonly keys: readonly string[];
}

/**
 * Encrypts once for several owners of RSA keys: a new AES key for the data, wrapped for each. Says nothing about who sent it.
 *
 * @throws `expected at least one public key, got none`
 * @example
 * const { publicKey, privateKey } = await privacy.createKeyPair({ bits: 2048 });
 * const sealed = await privacy.seal("for you", { publicKeys: [publicKey] });
 * new TextDecoder().decode(await privacy.unseal(sealed, { privateKey })) // "for you"
 */
export async function seal(data: string | Uint8Array, options: { publicKeys: readonly CryptoKey[]; context?: string }): Promise<SealedEnvelope> {
  known(options, ["publicKeys", "context"]);
  const { publicKeys, context = "" } = options;
  if (publicKeys.length === 0) throw new RangeError("expected at least one public key, got none");
  const key = await createKey();
  const keys = await Promise.all(publicKeys.map((publicKey) => wrapKey(key, { publicKey })));
  return Object.freeze({ ...(await encrypt(data, { key, context })), keys: Object.freeze(keys) });
}

/**
 * What `seal` encrypted, for the owner of one of the keys.
 *
 * @throws DecryptionError where none of the wrapped keys is for this private key, or anything was changed
 * @example
 * const { publicKey, privateKey } = await privacy.createKeyPair({ bits: 2048 });
 * (await privacy.unseal(await privacy.seal(new Uint8Array(3), { publicKeys: [publicKey] }), { privateKey })).length // 3
 */
export async function unseal(sealed: SealedEnvelope, options: { privateKey: CryptoKey; context?: string }): Promise<Uint8Array> {
  known(options, ["privateKey", "context"]);
  const { privateKey, context = "" } = options;
  for (const wrapped of sealed.keys) {
    const key = await unwrapKey(wrapped, { privateKey }).catch((error: unknown) => {
      if (error instanceof DecryptionError) return undefined;
      throw error;
    });
    if (key) return decrypt({ algorithm: sealed.algorithm, iv: sealed.iv, ciphertext: sealed.ciphertext }, { key, context });
  }
  throw new DecryptionError("decryption refused: no key in the envelope is for this private key");
}
