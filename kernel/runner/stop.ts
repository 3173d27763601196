import { createRequire } from "node:module";
import { mayEnd } from "./endable.js";
import { terminateBelow } from "./evaluate.js";
import { flag, type SharedMemory } from "./shared.js";

/** What the attempt to stop the main thread found. */
export type StopAnswer = "terminated" | "busy writing" | "no learner code" | "handled";

/**
 * Runs on the main thread, nested in whatever the helper's request interrupted. Termination is decided and started here, without
 * a gap: code that ended meanwhile is not on the stack, so nothing of ours and no later cell can be hit.
 */
export function createStop(memory: SharedMemory, ownFolder: string): (id: number) => StopAnswer {
  const { flags } = memory;
  return (id) => {
    if (Atomics.load(flags, flag.handled) >= id) return "handled";
    if (Atomics.load(flags, flag.lock) === 1) return "busy writing";
    if (!mayEnd(stackFiles(), memory, ownFolder)) return "no learner code";
    forgetAsyncIds();
    terminateBelow();
    return "terminated";
  };
}

/**
 * Terminated code never leaves the async scopes that it entered, and Node aborts when it finds them open. Node empties this stack
 * itself after an uncaught exception, and tolerates it being empty. It has no public name: the runner is started with
 * `--expose-internals` for it alone. Where a future Node has it no more, such a loop costs the process, which is told.
 */
function findForgetAsyncIds(): () => void {
  try {
    const { clearAsyncIdStack } = createRequire(import.meta.url)("internal/async_hooks") as { clearAsyncIdStack?: () => void };
    return clearAsyncIdStack ?? (() => {});
  } catch {
    return () => {};
  }
}
export const forgetAsyncIds = findForgetAsyncIds();

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
