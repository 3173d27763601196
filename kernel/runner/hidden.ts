import { debuggingSymbol, type Debugging } from "../debug/contract.js";
import type { DebugValues } from "./debug-values.js";

/** The object that compiled cells call: `__lyceum__`. Hidden from `Object.keys(globalThis)` and from completion. */
export interface Hidden {
  /** Takes the value of a cell's last expression. */
  result(value: unknown): void;
  import(specifier: string, options?: unknown, names?: readonly string[]): Promise<unknown>;
  meta: { url: string; dirname: string; filename: string; resolve(specifier: string): string };
  /** What `callGuarded` calls. */
  pending(): unknown;
  /** Where `thrownValue` picks up what was thrown. */
  caught: unknown;
  /** Called by the helper thread, nested in whatever runs. */
  stop(id: number): string;
  /** As `stop`, where the debugger terminates what is paused: only what Node must forget. */
  forget(): void;
  /** Values as the debugger shows them. */
  debug: DebugValues | undefined;
  /** There while a debugger is attached; compiled steps look at it. */
  debugging: Debugging | undefined;
  attach(eager: boolean): void;
  detach(): void;
}

const missing = (): never => {
  throw new Error("the runner is not set up");
};

export const lyceum: Hidden = {
  result: missing,
  import: missing,
  meta: { url: "", dirname: "", filename: "", resolve: missing },
  pending: missing,
  caught: undefined,
  stop: missing,
  forget: missing,
  debug: undefined,
  debugging: undefined,
  attach(eager) {
    lyceum.debugging ??= { eager, graphs: [] };
    lyceum.debugging.eager = eager;
    Object.defineProperty(globalThis, debuggingSymbol, { value: lyceum.debugging, enumerable: false, configurable: true });
  },
  detach() {
    lyceum.debugging = undefined;
    Reflect.deleteProperty(globalThis, debuggingSymbol);
  },
};

export function installHidden(): void {
  Object.defineProperty(globalThis, "__lyceum__", { value: lyceum, enumerable: false, configurable: false, writable: false });
}
