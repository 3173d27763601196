import { createHmac, timingSafeEqual } from "node:crypto";

export interface Signer {
  /** Hexadecimal, lower case; empty where there is no key. */
  sign(json: readonly Uint8Array[]): string;
  /** True for a right signature that was not seen before. */
  accept(signature: string, json: readonly Uint8Array[]): "ok" | "forged" | "replayed";
}

/** Signatures remembered against replay; the oldest are forgotten first. Same bound as jupyter_client's. */
const historySize = 65_536;

/** `scheme` as in the connection file: `hmac-sha256`. */
export function createSigner(key: string, scheme = "hmac-sha256"): Signer {
  const algorithm = scheme.replace(/^hmac-/, "");
  const seen = new Set<string>();
  const sign = (json: readonly Uint8Array[]): string => {
    if (key === "") return "";
    const hmac = createHmac(algorithm, key);
    for (const frame of json) hmac.update(frame);
    return hmac.digest("hex");
  };
  if (key !== "") sign([]); // an unknown algorithm fails now, not at the first message
  return {
    sign,
    accept(signature, json) {
      if (key === "") return "ok";
      const expected = Buffer.from(sign(json));
      const given = Buffer.from(signature);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return "forged";
      if (seen.has(signature)) return "replayed";
      seen.add(signature);
      if (seen.size > historySize) seen.delete(seen.values().next().value as string);
      return "ok";
    },
  };
}
