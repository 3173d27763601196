import type { Bytes } from "../secagg/bytes.js";
import { concat } from "./protobuf.js";

/** A node's identity for Flower: a key pair on the curve P-384. */
export interface NodeKey {
  /** PKCS #8 in PEM: keep it secret, in a file that only you can read. */
  readonly privateKey: string;
  /** SPKI in PEM: how the server knows the node. */
  readonly publicKey: string;
  /** The public key as OpenSSH writes it in one line: what `flwr supernode register` takes. */
  readonly ssh: string;
}

const curve = { name: "ECDSA", namedCurve: "P-384" };

/**
 * A key for a node of a Flower federation (ECDSA on P-384), new from the secure source, or the one of a private key that was kept.
 * Made by WebCrypto, in Node and in browsers.
 *
 * @param privateKey PEM text of an earlier `nodeKey().privateKey`.
 * @throws `expected key.privateKey to be a PEM text "PRIVATE KEY", as nodeKey() makes it`.
 * @example
 * const key = await federated.nodeKey();
 * (await federated.nodeKey(key.privateKey)).ssh === key.ssh // true
 */
export async function nodeKey(privateKey?: string): Promise<NodeKey> {
  const secret = privateKey === undefined ? (await subtle().generateKey(curve, true, ["sign", "verify"])).privateKey : await subtle().importKey("pkcs8", fromPem(privateKey, "PRIVATE KEY"), curve, true, ["sign"]);
  const { kty, crv, x, y } = await subtle().exportKey("jwk", secret);
  const open = await subtle().importKey("jwk", { kty, crv, x, y } as JsonWebKey, curve, true, ["verify"]);
  const bytes = async (format: "spki" | "raw" | "pkcs8", key: CryptoKey) => new Uint8Array(await subtle().exportKey(format, key));
  return Object.freeze({ privateKey: pem("PRIVATE KEY", await bytes("pkcs8", secret)), publicKey: pem("PUBLIC KEY", await bytes("spki", open)), ssh: openSsh(await bytes("raw", open)) });
}

/** The headers that every request to Flower's Fleet API carries: the key, the time, and the time's signature. */
export async function signer(key: Pick<NodeKey, "privateKey" | "publicKey">): Promise<(now: Date) => Promise<Record<string, string>>> {
  const secret = await subtle().importKey("pkcs8", fromPem(key.privateKey, "PRIVATE KEY"), curve, false, ["sign"]);
  const name = base64(new TextEncoder().encode(key.publicKey));
  return async (now) => {
    const timestamp = now.toISOString().replace("Z", "+00:00");
    const raw = new Uint8Array(await subtle().sign({ name: "ECDSA", hash: "SHA-256" }, secret, new TextEncoder().encode(timestamp)));
    return { "flwr-public-key": name, "flwr-timestamp": timestamp, "flwr-signature": base64(der(raw)) };
  };
}

/** WebCrypto gives r and s one after the other; Flower wants them as a DER sequence of two integers. */
function der(raw: Uint8Array): Uint8Array {
  const integer = (bytes: Uint8Array) => {
    let from = 0;
    while (from < bytes.length - 1 && bytes[from] === 0) from++;
    const rest = bytes.subarray(from);
    // A leading bit of 1 would make it negative.
    const body = rest[0]! > 127 ? concat([Uint8Array.of(0), rest]) : rest;
    return concat([Uint8Array.of(2, body.length), body]);
  };
  const both = concat([integer(raw.subarray(0, raw.length / 2)), integer(raw.subarray(raw.length / 2))]);
  return concat([Uint8Array.of(0x30, both.length), both]);
}

function openSsh(point: Uint8Array): string {
  const field = (bytes: Uint8Array) => concat([Uint8Array.of(0, 0, bytes.length >> 8, bytes.length & 255), bytes]);
  const text = (value: string) => field(new TextEncoder().encode(value));
  return `ecdsa-sha2-nistp384 ${base64(concat([text("ecdsa-sha2-nistp384"), text("nistp384"), field(point)]))}`;
}

const pem = (label: string, bytes: Uint8Array) => `-----BEGIN ${label}-----\n${base64(bytes).replace(/.{64}/g, "$&\n").trimEnd()}\n-----END ${label}-----\n`;

function fromPem(text: string, label: string): Bytes {
  const body = new RegExp(`^-----BEGIN ${label}-----\\s+([A-Za-z0-9+/=\\s]+)-----END ${label}-----\\s*$`).exec(text)?.[1];
  if (!body) throw new TypeError(`expected key.${label === "PRIVATE KEY" ? "privateKey" : "publicKey"} to be a PEM text "${label}", as nodeKey() makes it`);
  return Uint8Array.from(atob(body.replace(/\s/g, "")), (letter) => letter.charCodeAt(0));
}

const base64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

function subtle(): SubtleCrypto {
  if (!globalThis.crypto?.subtle) throw new Error("a Flower node needs WebCrypto, which browsers give only to pages from https or localhost");
  return globalThis.crypto.subtle;
}
