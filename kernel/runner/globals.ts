import { createRequire } from "node:module";
import { join } from "node:path";
import type { Display } from "../display/index.js";
import type { CellRunner } from "./run.js";
import type { Stdin } from "./stdin.js";

/** What every cell finds on `globalThis`, beside Node's own. */
export function installGlobals(directory: string, runner: CellRunner, stdin: Stdin): void {
  define({
    display: displayFunction(runner),
    clear: (wait?: boolean) => runner.display().clear(wait),
    prompt: stdin.prompt,
    confirm: stdin.confirm,
    alert: stdin.alert,
    getpass: stdin.getpass,
    page: (text: unknown) => runner.payload({ source: "page", data: { "text/plain": String(text) }, start: 0 }),
    require: createRequire(join(directory, "notebook.cjs")),
  });
}

/** Put values on `globalThis` the way built-ins are: writable, and not listed by `Object.keys`. */
export function define(values: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

/** A global that is made at its first use. A learner's own binding of the name wins. */
export function defineLazy(name: string, make: () => unknown): void {
  Object.defineProperty(globalThis, name, {
    configurable: true,
    enumerable: false,
    get() {
      const value = make();
      define({ [name]: value });
      return value;
    },
    set(value: unknown) {
      define({ [name]: value });
    },
  });
}

/** One `display` for all cells that speaks for the cell that calls it. */
function displayFunction(runner: CellRunner): Display["display"] {
  const names: (keyof Display["display"])[] = ["clear", "html", "svg", "markdown", "latex", "image", "javascript", "json", "text", "bundle"];
  const methods = names.map((name) => [name, (...args: unknown[]) => (runner.display()[name as "html"] as (...args: unknown[]) => unknown)(...args)]);
  return Object.assign((value: unknown) => runner.display().display(value), Object.fromEntries(methods)) as Display["display"];
}
