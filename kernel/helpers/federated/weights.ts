import { allFinite, known, shown } from "../arguments.js";

/** One array of a model: its name, shape and values in row-major order. Plain data: what travels between clients and server. */
export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A whole model as a list of arrays. The order, names and shapes are the same for every client of a federation. */
export type Weights = readonly Weight[];

/** What one client gives back after training: its weights, and how many examples they were trained on (the weight of its vote). */
export interface Update {
  readonly weights: Weights;
  /** A whole number > 0. */
  readonly examples: number;
  /** Numbers of the client's own, such as `{ loss: 0.3 }`. */
  readonly metrics?: Readonly<Record<string, number>>;
}

export type Nested = number | readonly Nested[] | Float32Array;

/**
 * Weights from nested arrays of numbers, by name: `{ kernel: [[1], [2]], bias: [0] }`.
 *
 * @param arrays name to a number (shape `[]`), an array, or nested arrays of equal length. Values become float32.
 * @returns a list of `{ name, shape, values }` in the order of the names.
 * @throws `expected arrays of equal length in kernel, got 2 and 1`; `expected finite numbers in kernel, got NaN at index 0`.
 * @example federated.weights({ kernel: [[1, 2], [3, 4]], bias: [5, 6] })[0].shape // [2, 2]
 */
export function weights(arrays: Readonly<Record<string, Nested>>): Weights {
  return freeze(Object.entries(arrays).map(([name, nested]) => {
    const shape = shapeOf(nested, name);
    const values = nested instanceof Float32Array ? nested.slice() : Float32Array.from(typeof nested === "number" ? [nested] : ((nested as readonly unknown[]).flat(20) as number[]));
    return { name, shape, values: allFinite({ [name]: values }) };
  }));
}

function shapeOf(nested: Nested, name: string): number[] {
  if (typeof nested === "number") return [];
  if (nested instanceof Float32Array) return [nested.length];
  if (!Array.isArray(nested)) throw new TypeError(`expected numbers or arrays in ${name}, got ${shown(nested)}`);
  const [first = [], ...rest] = nested.map((inner: Nested) => shapeOf(inner, name));
  for (const other of rest) if (other.join() !== first.join()) throw new RangeError(`expected arrays of equal length in ${name}, got shapes [${first}] and [${other}]`);
  return [nested.length, ...first];
}

/** All values one after another, in 64-bit floats for sums. */
export function flatten(model: Weights): Float64Array {
  const flat = new Float64Array(size(model));
  let at = 0;
  for (const { values } of model) {
    flat.set(values, at);
    at += values.length;
  }
  return flat;
}

/** The values of a flat array under the names and shapes of a model. */
export function unflatten(flat: ArrayLike<number>, like: Weights): Weights {
  let at = 0;
  return freeze(like.map(({ name, shape, values: { length } }) => {
    const values = new Float32Array(length);
    for (let i = 0; i < length; i++) values[i] = flat[at++]!;
    return { name, shape, values };
  }));
}

export const size = (model: Weights): number => model.reduce((sum, { values }) => sum + values.length, 0);

const freeze = (model: Weight[]): Weights => Object.freeze(model.map((weight) => Object.freeze(weight)));

/** Names, shapes and lengths agree; else the first difference is named. */
export function checkAlike(model: Weights, like: Weights, whose: string): void {
  if (!Array.isArray(model)) throw new TypeError(`expected weights of ${whose} to be a list of { name, shape, values }, got ${shown(model)}`);
  if (model.length !== like.length) throw new RangeError(`expected ${like.length} arrays of ${whose}, got ${model.length}`);
  model.forEach((weight, at) => {
    const wanted = like[at]!;
    if (weight.name !== wanted.name) throw new RangeError(`expected array ${at} of ${whose} to be named ${wanted.name}, got ${weight.name}`);
    if (weight.shape.join() !== wanted.shape.join()) throw new RangeError(`expected shape [${wanted.shape}] of ${weight.name} of ${whose}, got [${weight.shape}]`);
    if (!(weight.values instanceof Float32Array) || weight.values.length !== wanted.values.length)
      throw new RangeError(`expected ${wanted.values.length} float32 values in ${weight.name} of ${whose}, got ${shown(weight.values)}`);
  });
}

/** A list of at least one update, all alike, finite, with whole numbers of examples above 0. */
export function checkUpdates(updates: readonly Update[]): Weights {
  if (!Array.isArray(updates) || updates.length === 0) throw new RangeError(`expected at least one update, got ${Array.isArray(updates) ? "none" : shown(updates)}`);
  const like = (updates[0] as Update).weights;
  updates.forEach((update: Update, at) => {
    known(update, ["weights", "examples", "metrics"]);
    checkAlike(update.weights, like, `update ${at}`);
    if (!Number.isSafeInteger(update.examples) || update.examples < 1) throw new RangeError(`expected examples of update ${at} to be a whole number >= 1, got ${shown(update.examples)}`);
    for (const { name, values } of update.weights) allFinite({ [`${name} of update ${at}`]: values });
  });
  return like;
}
