import { shown } from "../../arguments.js";
import type { Store } from "../contract.js";
import { memoryStore } from "./memory.js";
import { fileStore } from "./node/files.js";

const memory = new Map<string, Store>();

/** Files in Node, memory in a browser or where it is asked for: one store for each folder. */
export function openStore(folder: string | false | undefined): Store {
  if (folder !== undefined && folder !== false && (typeof folder !== "string" || folder === "")) throw new TypeError(`expected folder to be a path or false, got ${shown(folder)}`);
  const path = folder === false ? "" : (folder ?? "runs");
  const open = memory.get(path) ?? (path === "" ? undefined : fileStore(path)) ?? memoryStore();
  memory.set(path, open);
  return open;
}

/** A name that can be a folder everywhere. */
export function fileName(named: Readonly<Record<string, string>>): string {
  const [name, value] = Object.entries(named)[0]!;
  // oxlint-disable-next-line no-control-regex -- that is what is looked for
  if (typeof value !== "string" || value === "" || value.length > 100 || /[\\/:*?"<>|\u0000-\u001f]/.test(value) || /^\.|[. ]$/.test(value)) throw new RangeError(`expected ${name} that a file can have as its name, got ${shown(value)}`);
  return value;
}
