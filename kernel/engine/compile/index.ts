import { debuggingSymbol, type Debugging } from "../../debug/contract.js";
import type { TensorFlowJs } from "../contract.js";
import { graphBackend } from "./backend.js";
import type { CompileOptions, Mode, Refusal } from "./contract.js";
import { learnersLine } from "./line.js";
import { scoped } from "./scope.js";
import { createVariant, type Variant } from "./step.js";
import { sign } from "./tree.js";
import { ways } from "./trial.js";
import { withUndo } from "./unwind.js";
import { installWatches } from "./watch.js";

export type { CompileOptions, Mode } from "./contract.js";

/** A step that runs as one call of TensorFlow's. */
export type Compiled<F> = F & {
  /** How it runs now, for each kind of arguments it has met. */
  readonly variants: readonly { signature: string; mode: Mode; calls: number; recorded: number; xla: boolean; why?: string }[];
  /** Free the graphs. Calling it again makes new ones. */
  dispose(): void;
};

/** Signatures that differ in numbers alone, before the numbers are given at every call. */
const manyNumbers = 3;

/** Graphs kept at once; the oldest goes. */
const manyGraphs = 32;

let running = false;

/** Graphs of a function that nobody holds any more are freed. */
const forgotten = new FinalizationRegistry<Map<string, Variant>>((variants) => {
  for (const variant of variants.values()) variant.dispose();
});

const takingGradients = (tf: TensorFlowJs): boolean => (tf.engine() as unknown as { state: { gradientDepth: number } }).state.gradientDepth > 0;

/** State behind a compiled function, for `explain`. */
export interface Inside {
  variants: Map<string, Variant>;
  name: string;
}
export const insides = new WeakMap<object, Inside>();

/** `compile` for one instance of tfjs. What it does is told at the public `compile`. */
export function createCompile(tf: TensorFlowJs): <F extends (...args: never[]) => unknown>(step: F, options?: CompileOptions) => Compiled<F> {
  return (step, options = {}) => {
    if (typeof step !== "function") throw new TypeError(`expected step to be a function, got ${typeof step}`);
    for (const name of Object.keys(options)) if (!["xla", "strict", "name"].includes(name)) throw new TypeError(`unknown option: ${name} (known: xla, strict, name)`);
    if (options.xla !== undefined && options.xla !== "auto" && typeof options.xla !== "boolean") throw new TypeError(`expected xla to be true, false or "auto", got ${String(options.xla)}`);
    installWatches(tf);
    const variants = new Map<string, Variant>();
    const numbersSeen = new Map<string, Set<string>>();
    const name = options.name ?? (step.name || "step");
    let warned = false;

    const onRefusal = (refusal: Refusal): void => {
      const line = learnersLine(refusal.at);
      const message = `${name} is not compiled, it runs operation by operation: ${refusal.reason}${line ? ` (${line})` : ""}`;
      if (options.strict) throw new Error(message);
      if (!warned) console.warn(message);
      warned = true;
    };

    /** The key under which calls like this one share a graph. */
    function keyOf(key: string, full: string): string {
      if (key.length === full.length - 1) return key;
      const seen = numbersSeen.get(key) ?? new Set();
      numbersSeen.set(key, seen);
      if (seen.size > manyNumbers) return key;
      seen.add(full);
      if (seen.size <= manyNumbers) return full;
      for (const one of seen) drop(one);
      return key;
    }

    function drop(key: string): void {
      variants.get(key)?.dispose();
      variants.delete(key);
    }

    const compiled = function (this: unknown, ...args: never[]): unknown {
      const work = () => step.apply(this, args);
      // Inside another compiled function, or where somebody takes gradients through it, its operations are part of theirs.
      if (running || takingGradients(tf)) return work();
      const backend = graphBackend(tf);
      const debugging = (globalThis as { [debuggingSymbol]?: Debugging })[debuggingSymbol];
      // A graph has no lines: with a breakpoint in a function, the step runs as it is written.
      if (!backend || debugging?.eager) return scoped(tf, work);
      const { key, full, tensors, opaque } = sign(args);
      if (opaque !== undefined) {
        onRefusal({ reason: `it takes ${opaque} as an argument; give it tensors, numbers, arrays and plain objects`, at: {} });
        return scoped(tf, work);
      }
      const chosen = keyOf(key, full);
      let variant = variants.get(chosen);
      if (!variant) {
        variant = createVariant(tf, backend, { xla: options.xla ?? false, onRefusal });
        if (chosen === key && key.length !== full.length - 1) variant.follow();
        variants.set(chosen, variant);
        if (variants.size > manyGraphs) drop(variants.keys().next().value!);
      }
      if (debugging && variant.mode === "graph" && debugging.graphs.length < 20) debugging.graphs.push(name);
      return withUndo(() => (running = false), () => {
        running = true;
        return variant.call(tensors, work);
      });
    };
    insides.set(compiled, { variants, name });
    forgotten.register(compiled, variants);
    return Object.defineProperties(compiled, {
      name: { value: name },
      length: { value: step.length },
      variants: {
        get: () => [...variants].map(([signature, { mode, calls, recorded, way, refusal }]) => ({ signature, mode, calls, recorded, xla: way === ways.xla, ...(refusal && { why: refusal.reason }) })),
      },
      dispose: {
        value: () => {
          for (const key of [...variants.keys()]) drop(key);
          numbersSeen.clear();
        },
      },
    }) as never;
  };
}
