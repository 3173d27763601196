import type * as tf from "@tensorflow/tfjs";
import { shown } from "../../arguments.js";
import type { FitModel } from "../../nn/training/model.js";
import { denseLayers, type DenseLayer } from "./dense-layer.js";

/** Which weights: names or parts of names between dots (`"query"`), a pattern, or a rule. */
export type Targets = readonly string[] | RegExp | ((name: string) => boolean);

/** A model that can be adapted: one of this room's, one of your own that multiplies through `text.linear`, or a `tf.LayersModel`. */
export type AdaptableModel = FitModel | (FitModel & { weights: Readonly<Record<string, tf.Variable>> });

/** A matrix that can get an adapter. */
export interface DenseWeight {
  readonly name: string;
  readonly kernel: tf.Variable;
  /** The layer that has to be told, where it is one of TensorFlow.js's. */
  readonly layer?: DenseLayer;
}

/** All weights of a model by name, and which of them are dense. */
export interface ModelWeights {
  readonly all: ReadonlyMap<string, tf.Variable>;
  readonly dense: readonly DenseWeight[];
  readonly usual: Targets;
  predict(x: tf.Tensor, training: boolean): tf.Tensor;
}

export function weightsOf(model: AdaptableModel): ModelWeights {
  if (typeof model !== "object" || model === null) throw new TypeError(`expected model with predict and variables, or a tf.LayersModel, got ${shown(model)}`);
  if (!("variables" in model)) {
    const layers = denseLayers(model);
    const all = new Map(model.weights.map((weight) => [weight.name.replaceAll("/", "."), weight.read() as tf.Variable]));
    const nameOf = (kernel: tf.Variable, other: string): string => [...all].find(([, variable]) => variable === kernel)?.[0] ?? other;
    return {
      all, usual: () => true, dense: layers.map((layer) => ({ name: nameOf(layer.kernel.read(), `${layer.name}.kernel`), kernel: layer.kernel.read(), layer })),
      predict: (x, training) => model.apply(x, { training }) as tf.Tensor,
    };
  }
  const named = "weights" in model ? (model.weights as Readonly<Record<string, tf.Variable>>) : undefined;
  const all = new Map(named ? Object.entries(named) : model.variables.map((variable) => [variable.name, variable] as const));
  const dense = [...all].filter(([name, { shape }]) => shape.length === 2 && (!named || name.endsWith(".kernel"))).map(([name, kernel]) => ({ name, kernel }));
  return { all, dense, usual: named && dense.some(({ name }) => name.includes(".query.")) ? ["query", "value"] : () => true, predict: (x, training) => model.predict(x, training) };
}

export function matches(targets: Targets, name: string): boolean {
  if (typeof targets === "function") return targets(name);
  if (targets instanceof RegExp) return new RegExp(targets.source, targets.flags.replace(/[gy]/g, "")).test(name);
  return targets.some((target) => name === target || `.${name}.`.includes(`.${target}.`));
}

/** Those of a list that are meant; every target must mean one. */
export function chosen<T extends { readonly name: string }>(list: readonly T[], targets: Targets, what: string): T[] {
  const known = list.map(({ name }) => name);
  const few = `${known.slice(0, 8).join(", ")}${known.length > 8 ? ", ..." : ""}`;
  if (Array.isArray(targets)) for (const target of targets as string[]) if (!known.some((name) => matches([target], name))) throw new RangeError(`unknown ${what}: ${shown(target)} (known: ${few})`);
  const found = list.filter(({ name }) => matches(targets, name));
  if (found.length === 0) throw new RangeError(`expected ${what} that name at least one weight, got ${shown(targets instanceof RegExp ? String(targets) : targets)} (known: ${few})`);
  return found;
}
