import type { Display } from "../display/index.js";
import type { Comms } from "./comms.js";
import type { EngineLoader } from "./engine.js";
import type { CellRunner } from "./run.js";
import type { Services } from "./services.js";
import { helperNames, loadCompile, loadHelper } from "./special.js";
import type { Stdin } from "./stdin.js";
import type { Tslab } from "./tslab.js";

export interface GlobalParts {
  runner: CellRunner;
  stdin: Stdin;
  engine: EngineLoader;
  comms: Comms;
  services: Services;
  tslab: Tslab;
  require: NodeJS.Require;
}

/** What every cell finds on `globalThis`, beside Node's own. kernel/types/globals.ts gives the same names their types. */
export function installGlobals({ runner, stdin, engine, comms, services, tslab, require }: GlobalParts): void {
  const { prompt, confirm, alert, getpass } = stdin;
  define({
    display: displayFunction(runner),
    clear: (wait?: boolean) => runner.display().clear(wait),
    page: (text: unknown) => runner.payload({ source: "page", data: { "text/plain": String(text) }, start: 0 }),
    check: (id: string) => services.call("check", id),
    comms: { open: comms.open, onOpen: comms.onOpen },
    ...{ prompt, confirm, alert, getpass, tslab, require },
  });
  // A cell that names tf has waited for the engine; code that hides the name gets the same object, perhaps before its backend.
  defineLazy("tf", () => engine.loaded()?.tf ?? (require("@tensorflow/tfjs") as unknown));
  defineLazy("compile", () => loadCompile());
  for (const name of helperNames) defineLazy(name, () => loadHelper(name));
}

/** Put values on `globalThis` the way built-ins are: writable, and not listed by `Object.keys`. */
export function define(values: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

/** A global that is made at its first use. A learner's own binding of the name wins. */
function defineLazy(name: string, make: () => unknown): void {
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
