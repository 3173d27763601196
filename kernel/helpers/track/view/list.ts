import { displaySymbol } from "../../../display/contract.js";
import { compare } from "../compare.js";
import type { Runs } from "../list.js";
import type { RunRecord } from "../contract.js";

/** A list of runs shows itself compared. */
export function listView(runs: RunRecord[]): Runs {
  const show = (): object => (runs.length === 0 ? { data: { "text/plain": "no runs" }, metadata: {} } : (compare(runs) as unknown as { [displaySymbol](): object })[displaySymbol]());
  return Object.freeze(Object.defineProperty(runs, displaySymbol, { value: show }));
}
