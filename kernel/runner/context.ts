import { AsyncLocalStorage } from "node:async_hooks";

/** The cell that code belongs to. It follows timers and awaits, so late output finds its own cell. */
export interface CellContext {
  parent: string;
  allowStdin: boolean;
  /** The cell was interrupted: what it started must not go on printing. */
  cancelled: boolean;
}

const storage = new AsyncLocalStorage<CellContext>();
let latest: CellContext = { parent: "", allowStdin: false, cancelled: false };

/** The cell that runs this code; for code of no cell, the last one that ran. */
export function currentCell(): CellContext {
  return storage.getStore() ?? latest;
}

export function runInCell<T>(cell: CellContext, act: () => T): T {
  latest = cell;
  return storage.run(cell, act);
}

/** Run in a cell's name without becoming the latest: comm handlers, questions. */
export function runBeside<T>(cell: CellContext, act: () => T): T {
  return storage.run(cell, act);
}
