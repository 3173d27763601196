import { displaySymbol } from "../../../display/contract.js";
import { say } from "../../../display/language.js";
import { compare } from "../compare.js";
import type { RunRecord } from "../contract.js";
import type { Runs } from "../list.js";

/** A list of runs shows itself compared. */
export function listView(runs: RunRecord[]): Runs {
  const show = (): object => (runs.length === 0 ? { data: { "text/plain": say("no runs", "没有运行") }, metadata: {} } : (compare(runs) as unknown as { [displaySymbol](): object })[displaySymbol]());
  return Object.freeze(Object.defineProperty(runs, displaySymbol, { value: show }));
}
