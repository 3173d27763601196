import { refusal } from "./refusal.js";

/** AES-256-GCM with a given nonce: for this room only, as a nonce used twice gives both texts away. The tag's 16 bytes follow the ciphertext. */
export async function sealBytes(key: CryptoKey, iv: Uint8Array<ArrayBuffer>, plaintext: Uint8Array<ArrayBuffer>, aad: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: aad }, key, plaintext));
}

export async function openBytes(key: CryptoKey, iv: Uint8Array<ArrayBuffer>, ciphertext: Uint8Array<ArrayBuffer>, aad: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await refusal(crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: aad }, key, ciphertext)));
}
