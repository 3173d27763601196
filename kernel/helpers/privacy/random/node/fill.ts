import type * as NodeCrypto from "node:crypto";

/** Node's own generator fills any length in one call. Undefined in a browser: the file has no static `node:` import, so it loads there too. */
export function nodeFill(): ((view: Uint8Array<ArrayBuffer>) => void) | undefined {
  const crypto = globalThis.process?.getBuiltinModule?.("node:crypto") as typeof NodeCrypto | undefined;
  return crypto && ((view) => void crypto.randomFillSync(view));
}
