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
};

export function installHidden(): void {
  Object.defineProperty(globalThis, "__lyceum__", { value: lyceum, enumerable: false, configurable: false, writable: false });
}
