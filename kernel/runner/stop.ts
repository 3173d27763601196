import { terminateBelow } from "./evaluate.js";
import { flag, type SharedMemory } from "./shared.js";

/** What the attempt to stop the main thread found. */
export type StopAnswer = "terminated" | "busy writing" | "timer" | "no learner code" | "handled";

/**
 * Runs on the main thread, nested in whatever the helper's request interrupted. Termination is decided and started here, without
 * a gap: code that ended meanwhile is not on the stack, so nothing of ours and no later cell can be hit.
 */
export function createStop(memory: SharedMemory, ownFolder: string): (id: number) => StopAnswer {
  const { flags } = memory;
  return (id) => {
    if (Atomics.load(flags, flag.handled) >= id) return "handled";
    if (Atomics.load(flags, flag.lock) === 1) return "busy writing";
    const files = stackFiles();
    const learner = files.some((file) => file !== "" && !file.startsWith("node:") && !file.includes(ownFolder));
    if (!learner && Atomics.load(flags, flag.bundling) === 0) return "no learner code";
    // Node aborts when a timer's callback is terminated (async hook stack). Cells' timers run as microtasks, so this is a package's.
    const bottom = files.at(-1) ?? "";
    if (bottom === "node:internal/timers" && !files.includes("node:inspector")) return "timer";
    terminateBelow();
    return "terminated";
  };
}

/** File names of the frames below this call, innermost first. */
function stackFiles(): string[] {
  const { stackTraceLimit, prepareStackTrace } = Error;
  try {
    Error.stackTraceLimit = Infinity;
    Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getScriptNameOrSourceURL() ?? "");
    return (new Error().stack as unknown as string[]).slice(2);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
}
