import { flag, type SharedMemory } from "./shared.js";

/** Whether what runs may be cut off: code of the learner's is on the stack, or the display of a value. `files` of the frames, innermost first. */
export function mayEnd(files: readonly string[], { flags }: SharedMemory, ownFolder: string): boolean {
  const learner = files.some((file) => file !== "" && !file.startsWith("node:") && !file.includes(ownFolder));
  // The flag alone would not do: it outlives a display that was stopped, and what runs then may be the reading of this very interrupt.
  return learner || (Atomics.load(flags, flag.bundling) === 1 && files.some((file) => file.includes(`${ownFolder}/display/`)));
}
