import * as tf from "@tensorflow/tfjs";
import { allFinite, shown } from "../../arguments.js";
import { random } from "../../data/random.js";

/** Variables by name. */
export type NamedWeights = Readonly<Record<string, tf.Variable>>;

/** Weights as plain data: what `save` gives and `load` takes. */
export type SavedWeights = Readonly<Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>>;

/** How a weight begins: normal with this deviation, or all of one value. */
export type Initial = { normal: number } | { value: number };

export type Specification = Record<string, { shape: number[]; initial: Initial }>;

let models = 0;

/** New variables, named `gpt1/block.0...` in TensorFlow.js, whose names are for the whole program. From `saved`, nothing is drawn: millions of numbers take seconds. */
export function makeWeights(kind: string, specification: Specification, seed: number, saved?: SavedWeights): NamedWeights {
  models += 1;
  if (saved) checkSaved(Object.fromEntries(Object.entries(specification).map(([name, { shape }]) => [name, shape])), saved);
  const draw = random(seed);
  return Object.freeze(Object.fromEntries(Object.entries(specification).map(([name, { shape, initial }]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const values = saved ? saved[name]!.values : "value" in initial ? new Float32Array(size).fill(initial.value) : Float32Array.from({ length: size }, () => draw.normal() * initial.normal);
    return [name, tf.tidy(() => tf.variable(tf.tensor(values, shape, "float32"), true, `${kind}${models}/${name}`))];
  })));
}

export function saveWeights(weights: NamedWeights): SavedWeights {
  return Object.freeze(Object.fromEntries(Object.entries(weights).map(([name, variable]) => [name, Object.freeze({ shape: Object.freeze([...variable.shape]), values: Float32Array.from(variable.dataSync()) })])));
}

/** All or nothing: a name, shape or number that is wrong changes no weight. */
export function loadWeights(weights: NamedWeights, saved: SavedWeights): void {
  const names = Object.keys(weights);
  checkSaved(Object.fromEntries(names.map((name) => [name, weights[name]!.shape])), saved);
  tf.tidy(() => names.forEach((name) => weights[name]!.assign(tf.tensor(Float32Array.from(saved[name]!.values), [...saved[name]!.shape], "float32"))));
}

function checkSaved(shapes: Readonly<Record<string, readonly number[]>>, saved: SavedWeights): void {
  const names = Object.keys(shapes);
  for (const name of Object.keys(saved)) if (!(name in shapes)) throw new RangeError(`unknown weight: ${name} (known: ${names.slice(0, 6).join(", ")}${names.length > 6 ? ", ..." : ""})`);
  for (const name of names) {
    const { shape, values } = saved[name] ?? {};
    if (!shape || !values) throw new RangeError(`expected a weight ${name}, got ${shown(saved[name])}`);
    const size = shapes[name]!.reduce((a, b) => a * b, 1);
    if (shape.join() !== shapes[name]!.join() || values.length !== size) throw new RangeError(`expected ${name} of shape [${shapes[name]!.join(", ")}], got [${shape.join(", ")}] with ${values.length} values`);
    allFinite({ [name]: values });
  }
}

export const countValues = (weights: Iterable<tf.Variable>): number => [...weights].reduce((sum, { size }) => sum + size, 0);
