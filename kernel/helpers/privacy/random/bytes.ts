import { whole } from "../../arguments.js";
import { fillSecure } from "./fill.js";

/**
 * Bytes from the system's secure source: `crypto.randomFillSync` in Node, WebCrypto in pieces of 64 KiB in the page.
 *
 * @param count how many
 * @throws `expected count to be a whole number >= 0, got 1.5`
 * @example privacy.random.bytes(16).length // 16
 */
export function bytes(count: number): Uint8Array<ArrayBuffer> {
  const view = new Uint8Array(whole({ count }));
  fillSecure(view);
  return view;
}
