import * as tf from "@tensorflow/tfjs";
import type { Tensor, Variable } from "@tensorflow/tfjs";
import { shown } from "../../arguments.js";

/** Anything that turns a batch into predictions, and the variables to train. A `tf.LayersModel` is one. */
export type FitModel = tf.LayersModel | { predict(x: tf.Tensor, training: boolean): tf.Tensor; variables: tf.Variable[] };

export interface Parts {
  predict(x: Tensor, training: boolean): Tensor;
  /** Those that are trained. */
  variables: Variable[];
  /** All that decide what the model answers, moving averages too, by names that are the same in every program that builds it. */
  named: readonly { name: string; variable: Variable }[];
}

/** @throws `expected model to be a tf.LayersModel or { predict, variables }, got an object with layers` */
export function parts(model: FitModel): Parts {
  const own = model as Partial<{ predict: unknown; variables: unknown; apply: unknown }> | null;
  if (own && typeof own.predict === "function" && Array.isArray(own.variables)) {
    const { predict, variables } = model as Exclude<FitModel, tf.LayersModel>;
    return { predict: (x, training) => predict.call(model, x, training), variables, named: variables.map((variable, at) => ({ name: /^\d+$/.test(variable.name) ? `variable.${at}` : variable.name, variable })) };
  }
  if (!own || typeof own.apply !== "function") throw new TypeError(`expected model to be a tf.LayersModel or { predict, variables }, got ${shown(model)}`);
  const layers = model as tf.LayersModel;
  return {
    predict: (x, training) => layers.apply(x, { training }) as Tensor,
    variables: layers.trainableWeights.map((weight) => weight.read() as Variable),
    named: layersNames(layers),
  };
}

/** `0.kernel`: tfjs numbers its layers through the program, so that their own names differ from run to run. */
function layersNames(model: tf.LayersModel): { name: string; variable: Variable }[] {
  const taken = new Map<string, number>();
  return model.layers.flatMap((layer, index) =>
    layer.weights.map((weight) => {
      const name = `${index}.${weight.originalName.split("/").at(-1)}`;
      const times = taken.get(name) ?? 0;
      taken.set(name, times + 1);
      return { name: times === 0 ? name : `${name}.${times}`, variable: weight.read() as Variable };
    }));
}
