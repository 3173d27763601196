import { promisify } from "node:util";
import { currentCell } from "./context.js";

type Callback = (...args: unknown[]) => void;
type Schedule = (callback: Callback, ...rest: unknown[]) => unknown;

/** Timers that an interrupted cell has set do not fire: its loops of `await` and sleep end there. */
export function installTimers(): void {
  for (const name of ["setTimeout", "setInterval", "setImmediate"] as const) {
    const schedule = globalThis[name] as unknown as Schedule & { [promisify.custom]?: unknown };
    const own: Schedule = (callback, ...rest) => {
      if (typeof callback !== "function") return schedule(callback, ...rest); // Node's own error
      const cell = currentCell();
      return schedule(function (this: unknown, ...args) {
        if (!cell.cancelled) callback.apply(this, args);
      }, ...rest);
    };
    Object.defineProperty(own, "name", { value: name });
    Object.defineProperty(own, promisify.custom, { value: promisified(own, name), enumerable: false });
    Object.defineProperty(globalThis, name, { value: own, writable: true, configurable: true, enumerable: true });
  }
}

/** `util.promisify(setTimeout)(ms, value)`. Intervals have none. */
function promisified(schedule: Schedule, name: string): ((...args: unknown[]) => Promise<unknown>) | undefined {
  if (name === "setInterval") return undefined;
  if (name === "setImmediate") return (value) => new Promise((resolve) => schedule(() => resolve(value)));
  return (ms, value) => new Promise((resolve) => schedule(() => resolve(value), ms));
}
