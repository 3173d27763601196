import type { CellFacts } from "../cell/contract.js";
import type { ExecuteRequest } from "./contract.js";

/** What ran: the texts behind stack frames, and behind the question for a source. */
export interface History {
  add(request: ExecuteRequest, scriptNames: readonly string[], facts: CellFacts | undefined): void;
  find(scriptName: string): { source: string; count: number } | undefined;
  /** Last run text of the cell with this id, else of the cell that defined this name. */
  source(name: string): string | undefined;
  clear(): void;
}

export function createHistory(): History {
  const scripts = new Map<string, { source: string; count: number }>();
  const byCell = new Map<string, string>();
  const byName = new Map<string, string>();
  return {
    add({ code, count, cellId }, scriptNames, facts) {
      for (const name of scriptNames) scripts.set(name, { source: code, count });
      if (cellId !== undefined) byCell.set(cellId, code);
      for (const { name } of facts?.declares ?? []) byName.set(name, code);
    },
    find: (name) => scripts.get(name),
    source: (name) => byCell.get(name) ?? byName.get(name),
    clear() {
      for (const map of [scripts, byCell, byName]) map.clear();
    },
  };
}
