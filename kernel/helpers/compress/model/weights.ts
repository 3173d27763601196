import type * as tf from "@tensorflow/tfjs";
import { shown } from "../../arguments.js";
import type { FitModel } from "../../nn/training/model.js";
import { isLayersModel } from "../../explain/model/predictor.js";

/** A variable of a model and what it is called in tables and messages. */
export interface NamedVariable {
  readonly name: string;
  readonly variable: tf.Variable;
  /** Only of a LayersModel: the weight as its layer reads it. */
  readonly weight?: tf.LayerVariable;
}

/** All variables of a model, each once however often it is used; trainable and not. */
export function variablesOf(model: FitModel): NamedVariable[] {
  if (isLayersModel(model)) return model.weights.map((weight) => ({ name: weight.originalName, variable: weight.read() as tf.Variable, weight }));
  const { predict, variables } = (model ?? {}) as Partial<Exclude<FitModel, tf.LayersModel>>;
  if (typeof predict !== "function" || !Array.isArray(variables)) throw new TypeError(`expected model to be a LayersModel or { predict, variables }, got ${shown(model)}`);
  return [...new Set(variables)].map((variable) => ({ name: variable.name, variable }));
}

/**
 * What is worth making smaller: the weights with two axes or more (kernels, embeddings). Biases and the numbers of a normalisation are few, and cutting them costs more than it saves.
 *
 * @param only names of weights, or of layers (`dense_1` for `dense_1/kernel`)
 */
export function kernelsOf(model: FitModel, only?: readonly string[]): NamedVariable[] {
  const all = variablesOf(model).filter(({ variable }) => variable.rank >= 2 && variable.dtype === "float32");
  if (all.length === 0) throw new RangeError("expected a model with at least one weight of two axes or more, got none");
  if (only === undefined) return all;
  for (const name of only) if (!all.some((one) => named(one, name))) throw new RangeError(`unknown layer: ${name} (known: ${all.map((one) => one.name).join(", ")})`);
  return all.filter((one) => only.some((name) => named(one, name)));
}

const named = ({ name }: NamedVariable, wanted: string): boolean => name === wanted || name.startsWith(`${wanted}/`);
