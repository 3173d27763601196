import { engineAliases } from "../engine/aliases.js";
import type { Engine, EngineOptions } from "../engine/contract.js";
import { quietTensorFlow } from "../engine/quiet.js";
import type { Output } from "./output.js";

/** TensorFlow in this process: loaded when idle, or when a cell first needs it. */
export interface EngineLoader {
  /** Load, or join the load under way. */
  load(): Promise<Engine>;
  loaded(): Engine | undefined;
  isAlias(specifier: string): boolean;
  /** A cell was cut off: put right what it was in the middle of. */
  recover(): void;
}

/** Names whose use makes a cell wait for the engine. Helpers that compute with `tf` join it here. */
const needing = new Set(["tf", "compile", "privacy", "federated", "fairness", "explain", "nn", "text", "vision", "graph", "recommend", "compress"]);

export function needsEngine(references: readonly string[], imports: readonly string[]): boolean {
  return references.some((name) => needing.has(name)) || imports.some((name) => engineAliases.includes(name) || needing.has(name.replace(/^lyceum\//, "")));
}

export function createEngineLoader(options: EngineOptions, output: Output): EngineLoader {
  let engine: Engine | undefined;
  let loading: Promise<Engine> | undefined;
  let recoverEngine: ((tf: Engine["tf"]) => void) | undefined;

  quietTensorFlow();

  async function start(): Promise<Engine> {
    const { loadEngine } = await import("../engine/index.js");
    engine = await loadEngine(options);
    hideGlobals();
    ({ recoverEngine } = await import("../engine/recover.js"));
    const { label, tier, gpu, reasons } = engine;
    output.send({ type: "engine", label, tier, gpu, reasons });
    return engine;
  }

  /** What TensorFlow.js keeps on the global object is not the learner's. */
  function hideGlobals(): void {
    for (const name of Object.keys(globalThis)) if (name === "proto" || name.startsWith("_tf")) Object.defineProperty(globalThis, name, { enumerable: false });
  }

  return {
    load() {
      loading ??= start();
      loading.catch(() => (loading = undefined)); // a failed load may be tried again
      return loading;
    },
    loaded: () => engine,
    isAlias: (specifier) => engineAliases.includes(specifier),
    recover() {
      if (engine) recoverEngine?.(engine.tf);
    },
  };
}
