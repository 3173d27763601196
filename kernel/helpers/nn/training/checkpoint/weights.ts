import * as tf from "@tensorflow/tfjs";
import type { Optimizer, Tensor, Variable } from "@tensorflow/tfjs";
import { known, shown } from "../../../arguments.js";
import { showAs } from "../../../label/show.js";
import { parts, type FitModel } from "../model.js";
import { readWhole, writeWhole } from "./node/files.js";
import { optimizerState, restoreOptimizer } from "./optimizer-state.js";
import { fromSafetensors, toSafetensors, type SafeFile, type SafeTensor } from "./safetensors.js";

const plain = (name: string, tensor: Tensor): SafeTensor => {
  const values = tensor.dataSync().slice() as Float32Array | Int32Array | Uint8Array;
  return { name, shape: [...tensor.shape], values, ...(tensor.dtype === "bool" && { dtype: "BOOL" as const }) };
};

/** Tensors under a prefix, which the caller disposes. */
export const tensorsOf = ({ tensors }: SafeFile, prefix: string): { name: string; tensor: Tensor }[] =>
  tensors.filter(({ name }) => name.startsWith(prefix)).map(({ name, shape, values }) => ({ name: name.slice(prefix.length), tensor: tf.tensor(values as Float32Array, [...shape], values instanceof Int32Array ? "int32" : "float32") }));

export const packed = (prefix: string, named: readonly { name: string; tensor: Tensor }[]): SafeTensor[] => named.map(({ name, tensor }) => plain(prefix + name, tensor));

/** Put saved values into variables of the same names and shapes. */
export function assignNamed(variables: readonly { name: string; variable: Variable }[], saved: readonly { name: string; tensor: Tensor }[], where: string): void {
  const byName = new Map(saved.map((one) => [one.name, one.tensor]));
  for (const { name, variable } of variables) {
    const tensor = byName.get(name);
    if (!tensor) throw new RangeError(`expected ${name} in ${where}, got ${[...byName.keys()].slice(0, 6).join(", ") || "nothing"}`);
    if (tensor.shape.join() !== variable.shape.join()) throw new RangeError(`expected ${name} of shape [${variable.shape}] in ${where}, got [${tensor.shape}]`);
  }
  if (byName.size > variables.length) throw new RangeError(`expected ${variables.length} weights in ${where}, got ${byName.size}`);
  for (const { name, variable } of variables) variable.assign(byName.get(name) as never);
}

export interface NamedWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array;
}

/**
 * A model's weights as plain data: name, shape and values of each. They show themselves as a table with their spread.
 *
 * A layers model's weights are named by the number of their layer, `0.kernel`; a variable by its own name, or `variable.0` where it has none.
 *
 * @example
 * nn.weights({ predict: (x: tf.Tensor) => x, variables: [tf.variable(tf.tensor1d([1, 3]), true, "weights example")] })[0].values // [1, 3]
 */
export function weights(model: FitModel): readonly NamedWeight[] {
  const list = parts(model).named.map(({ name, variable }) => Object.freeze(plain(name, variable) as NamedWeight));
  return showAs(list, () => list.map(({ name, shape, values }) => {
    const mean = sum(values) / values.length;
    const [least, largest] = bounds(values);
    return { name, shape: `[${shape.join(", ")}]`, numbers: values.length, mean, deviation: Math.sqrt(sum(Array.from(values, (value) => (value - mean) ** 2)) / values.length), least, largest };
  })) as readonly NamedWeight[];
}

const sum = (values: ArrayLike<number>): number => Array.prototype.reduce.call(values, ((a: number, b: number) => a + b) as never, 0) as unknown as number;
const bounds = (values: ArrayLike<number>): [number, number] => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < values.length; at++) [low, high] = [Math.min(low, values[at]!), Math.max(high, values[at]!)];
  return [low, high];
};

export interface SaveOptions {
  /** Its memory (moments, step count) goes into the file too. */
  optimizer?: Optimizer;
  /** Words about it, by name. */
  metadata?: Readonly<Record<string, string>>;
}

const iterationsKey = "lyceum.optimizer.iterations";

/**
 * A model's weights, and what its optimiser remembers, in the safetensors format. With a path (Node) the file is written whole or not at all; without one only the bytes come back.
 *
 * @param model a tf.LayersModel or `{ predict, variables }`; the file holds weights, not the architecture
 * @param path a file to write, or undefined for bytes alone (the only way in a browser)
 * @returns the bytes
 * @throws `expected Node for the file model.safetensors: in a browser take bytes, ...`
 * @example
 * const saved = tf.variable(tf.tensor1d([1, 2]), true, "save example"), model = { predict: (x: tf.Tensor) => x, variables: [saved] };
 * const bytes = nn.save(model, undefined, { metadata: { made: "here" } });
 * saved.assign(tf.tensor1d([0, 0]));
 * nn.load(model, bytes).metadata // { made: "here" }
 * Array.from(saved.dataSync()) // [1, 2]
 */
export function save(model: FitModel, path?: string, options: SaveOptions = {}): Uint8Array<ArrayBuffer> {
  known(options, ["optimizer", "metadata"]);
  const { optimizer, metadata = {} } = options;
  const state = optimizer && optimizerState(optimizer);
  const named = parts(model).named.map(({ name, variable }) => ({ name, tensor: variable as Tensor }));
  const bytes = toSafetensors([...packed(state ? "model." : "", named), ...(state ? packed("optimizer.", state.tensors) : [])], { ...metadata, ...(state && { [iterationsKey]: String(state.iterations) }) });
  if (path !== undefined) writeWhole(path, bytes);
  return bytes;
}

/**
 * Weights (and an optimiser's memory, where it is given) from a file or bytes that `nn.save` made, into a model of the same names and shapes. Nothing is changed where they differ.
 *
 * @param source a path (Node) or bytes
 * @returns the file's metadata
 * @throws `expected 0.kernel of shape [3,1] in model.safetensors, got [4,1]`; `expected a file at model.safetensors, got none`; `expected a safetensors file, got 3 bytes`
 */
export function load(model: FitModel, source: string | Uint8Array, options: { optimizer?: Optimizer } = {}): { readonly metadata: Readonly<Record<string, string>> } {
  known(options, ["optimizer"]);
  if (typeof source !== "string" && !(source instanceof Uint8Array)) throw new TypeError(`expected source to be a path or bytes, got ${shown(source)}`);
  const bytes = typeof source === "string" ? readWhole(source) : source;
  const where = typeof source === "string" ? source : "the bytes";
  if (!bytes) throw new Error(`expected a file at ${where}, got none`);
  const file = fromSafetensors(bytes);
  const iterations = file.metadata[iterationsKey];
  if (options.optimizer && iterations === undefined) throw new RangeError(`expected an optimizer's state in ${where}, got weights alone`);
  tf.tidy(() => {
    assignNamed(parts(model).named, tensorsOf(file, iterations === undefined ? "" : "model."), where);
    if (options.optimizer) restoreOptimizer(options.optimizer, tensorsOf(file, "optimizer."), Number(iterations));
  });
  const { [iterationsKey]: _, ...metadata } = file.metadata;
  return Object.freeze({ metadata: Object.freeze(metadata) });
}
