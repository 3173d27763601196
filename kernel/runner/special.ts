import { createRequire } from "node:module";
import type { EngineLoader } from "./engine.js";
import type { SpecialModules } from "./modules/import.js";
import type { Tslab } from "./tslab.js";

const requireHere = createRequire(import.meta.url);

/** The helpers that every notebook finds ready, by name. Each is loaded at its first use. */
export const helperNames = ["data", "plot", "train", "privacy", "federated", "fairness", "explain", "label", "nn", "text", "vision", "graph", "recommend", "compress", "track", "widgets"] as const;

export function loadHelper(name: string): object {
  return requireHere(`../helpers/${name}/index.js`) as object;
}

/** `compile`, which belongs to the engine. */
export function loadCompile(): unknown {
  return (requireHere("../engine/compile/public.js") as { compile: unknown }).compile;
}

/** The kernel's answers to import names that mean something of its own. */
export function createSpecialModules(engine: EngineLoader, tslab: Tslab, display: () => unknown): SpecialModules {
  return {
    find(specifier) {
      if (engine.isAlias(specifier)) return async () => withDefault((await engine.load()).tf);
      if (specifier === "tslab") return () => ({ ...tslab, default: tslab });
      if (specifier === "lyceum") return () => everything(display);
      const helper = /^lyceum\/(\w+)$/.exec(specifier)?.[1];
      if (helper !== undefined && (helperNames as readonly string[]).includes(helper)) return () => loadHelper(helper);
      return undefined;
    },
  };
}

/** `import tf from` and `import * as tf from` give the same object. */
function withDefault<T extends object>(module: T): T {
  if (!("default" in module) && Object.isExtensible(module)) Object.defineProperty(module, "default", { value: module, enumerable: false });
  return module;
}

function everything(display: () => unknown): object {
  const lazily = (make: () => unknown): PropertyDescriptor => ({ enumerable: true, get: make });
  const helpers = helperNames.map((name) => [name, lazily(() => loadHelper(name))]);
  return Object.defineProperties({}, { ...Object.fromEntries(helpers), compile: lazily(loadCompile), display: lazily(display) }) as object;
}
