import type { TensorFlowJs } from "../contract.js";
import type { Watched } from "./contract.js";
import { withUndo } from "./unwind.js";

/** What a recorder wants to know while a step runs. */
export interface Listener {
  /** An optimiser is about to apply gradients, or a layer to be called. */
  touched(object: Record<string, unknown>): void;
  /** An optimiser of tfjs's own applies gradients in `work`. */
  applying<T>(optimizer: Record<string, unknown>, work: () => T): T;
  /** The step used something of the host that a graph cannot hold. */
  effect(reason: string): void;
}

let listener: Listener | undefined;

/** Run `work` while `to` is told what the step touches. */
export function watching<T>(to: Listener, work: () => T): T {
  const before = listener;
  const restore: (() => void)[] = [];
  const undo = (): void => {
    for (const one of restore) one();
    listener = before;
  };
  return withUndo(undo, () => {
    listener = to;
    restore.push(spy(Math, "random", "Math.random gives other numbers at every call"));
    restore.push(spy(Date, "now", "Date.now gives another time at every call"));
    restore.push(spy(performance, "now", "performance.now gives another time at every call"));
    for (const name of ["log", "info", "debug", "table", "warn", "error"] as const) restore.push(spy(console, name, `console.${name} prints at every call`));
    if ("display" in globalThis) restore.push(spy(globalThis, "display", "display shows something at every call"));
    return work();
  });
}

function spy<K extends string>(owner: Record<K, (...args: never[]) => unknown> | object, name: K, reason: string): () => void {
  const object = owner as Record<K, (...args: unknown[]) => unknown>;
  const own = Object.getOwnPropertyDescriptor(object, name);
  const original = object[name];
  const told = (method: (...args: unknown[]) => unknown) => function (this: unknown, ...args: unknown[]): unknown {
    listener?.effect(reason);
    return method.apply(this ?? object, args);
  };
  // A function may carry others, as a notebook's `display.html`.
  const parts = Object.entries(original).map(([key, part]) => [key, typeof part === "function" ? told(part as typeof original) : part]);
  object[name] = Object.assign(told(original), Object.fromEntries(parts));
  return () => {
    if (own) Object.defineProperty(object, name, own);
    else delete object[name];
  };
}

const installed = new WeakSet<object>();

/** Let optimisers and layers report when they are used. Once a `tf`. */
export function installWatches(tf: TensorFlowJs): void {
  if (installed.has(tf)) return;
  installed.add(tf);
  const names = ["SGDOptimizer", "MomentumOptimizer", "AdagradOptimizer", "AdadeltaOptimizer", "RMSPropOptimizer", "AdamOptimizer", "AdamaxOptimizer"];
  const classes = tf as unknown as Record<string, { prototype: object } | undefined>;
  for (const name of names) if (classes[name]) around(classes[name].prototype, "applyGradients", (self, work) => listener!.applying(self, work));
  report(tf.Optimizer.prototype, "minimize");
  report(tf.layers.Layer.prototype, "apply");
}

function report(prototype: object, method: string): void {
  around(prototype, method, (self, work) => {
    listener!.touched(self);
    return work();
  });
}

/** Calls of a method go through `how` while somebody listens. */
function around(prototype: object, method: string, how: (self: Record<string, unknown>, work: () => unknown) => unknown): void {
  const owner = prototype as Record<string, (...args: unknown[]) => unknown>;
  if (!Object.hasOwn(owner, method)) return;
  const original = owner[method]!;
  owner[method] = function (this: Record<string, unknown>, ...args: unknown[]) {
    const work = () => original.apply(this, args);
    return listener ? how(this, work) : work();
  };
}

/** The properties that decide what the object computes: numbers, words and switches of its own. */
export function snapshot(object: Record<string, unknown>, except: readonly string[]): Watched["properties"] {
  return Object.entries(object).filter(([name, value]) => !except.includes(name) && (typeof value === "number" || typeof value === "boolean" || typeof value === "string"));
}

/** Has nothing changed that the graph has baked in? */
export function unchanged(watched: readonly Watched[]): boolean {
  for (const { object, properties } of watched) {
    for (const [name, value] of properties) if (!Object.is(object[name], value)) return false;
  }
  return true;
}
