import { nodeFill } from "./node/fill.js";

/** WebCrypto refuses to fill more than this in one call. */
const chunk = 65536;

function webFill(view: Uint8Array<ArrayBuffer>): void {
  for (let at = 0; at < view.length; at += chunk) globalThis.crypto.getRandomValues(view.subarray(at, Math.min(at + chunk, view.length)));
}

/** Fills bytes from the system's secure source. */
export const fillSecure: (view: Uint8Array<ArrayBuffer>) => void = nodeFill() ?? webFill;

/** The page's way, also in Node: for tests of the chunks. */
export const fillFromWebCrypto = webFill;
