import { readFileSync, writeFileSync } from "node:fs";
import { nodeKey, type NodeKey } from "../flower/key.js";

/** The node's key in a file; made on first use, readable by its owner only (mode 600). An existing file is never written over. */
export async function keyFile(path: string): Promise<NodeKey> {
  try {
    return await nodeKey(readFileSync(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const key = await nodeKey();
  writeFileSync(path, key.privateKey, { mode: 0o600, flag: "wx" });
  return key;
}
