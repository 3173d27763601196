import { reportPlain } from "./report.js";
import type { ErrorReport } from "./contract.js";
import type { RunnerEnd } from "./process.js";
import type { Words } from "./words.js";

/** Why we ended the runner ourselves, or what it said before it went. */
export type DeathCause = { exit: number } | "interrupt" | undefined;

/** The end of a runner process, in plain words. */
export function explainDeath(end: RunnerEnd, cause: DeathCause, heap: number, words: Words): string {
  if (cause === "interrupt") return words.loopKilled;
  if (cause) return words.exit(cause.exit);
  if (/heap out of memory|Allocation failed|OOM|Fatal process out of memory/.test(end.lastWords)) return words.memory(heap);
  if (end.signal === "SIGKILL" || end.signal === "SIGTERM") return words.killed;
  if (end.code === null && end.signal === null) return words.notStarted(end.lastWords);
  return words.crashed(end.signal ?? `code ${end.code}`);
}

export function reportDeath(reason: string, words: Words): ErrorReport {
  return reportPlain("died", "Process ended", reason, words.lost);
}
