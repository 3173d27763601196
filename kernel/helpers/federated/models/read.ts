import * as tf from "@tensorflow/tfjs";
import { checkAlike, type Weight, type Weights } from "../weights.js";

/** A Layers model, or the variables of a hand-written one, in an order that all clients share. */
export type Model = tf.LayersModel | readonly tf.Variable[];

interface Slot {
  name: string;
  shape: number[];
  read(): tf.Tensor;
  write(tensor: tf.Tensor): void;
}

/** Names count from the place in the model: `0/kernel`. Layers.js numbers its own names through the whole program, so that two equal models differ in them. */
function slots(model: Model): Slot[] {
  if (!("predict" in model)) return model.map((variable, at) => ({ name: `${at}`, shape: [...variable.shape], read: () => variable, write: (tensor) => variable.assign(tensor) }));
  return model.weights.map((weight, at) => ({ name: `${at}/${weight.originalName.split("/").at(-1)}`, shape: weight.shape as number[], read: () => weight.read(), write: (tensor) => void weight.write(tensor) }));
}

/**
 * The weights of a model as plain data, a copy. All weights, also those that are not trained (the moving means of batch normalisation).
 *
 * @param model a `tf.LayersModel`, or a list of `tf.Variable`.
 * @throws `expected float32 weights in 0/kernel, got int32`.
 * @example
 * const variable = tf.variable(tf.tensor1d([1, 2]));
 * federated.readWeights([variable])[0].values // [1, 2]
 */
export function readWeights(model: Model): Weights {
  return Object.freeze(slots(model).map(({ name, shape, read }): Weight => {
    const tensor = read();
    if (tensor.dtype !== "float32") throw new TypeError(`expected float32 weights in ${name}, got ${tensor.dtype}`);
    return Object.freeze({ name, shape, values: Float32Array.from(tensor.dataSync()) });
  }));
}

/**
 * Puts weights into a model, by place; names and shapes must agree. Leaves no tensor behind.
 *
 * @throws `expected shape [2] of 0 of the given weights, got [3]`.
 * @example
 * const variable = tf.variable(tf.tensor1d([0, 0]));
 * federated.writeWeights([variable], [{ name: "0", shape: [2], values: Float32Array.of(3, 4) }]);
 * variable.dataSync() // [3, 4]
 */
export function writeWeights(model: Model, weights: Weights): void {
  const places = slots(model);
  checkAlike(weights, places.map(({ name, shape }) => ({ name, shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)) })), "the given weights");
  // A write to a Layers variable that makes a copy of its own still leaves this one to us.
  places.forEach(({ shape, write }, at) => tf.tidy(() => write(tf.tensor(weights[at]!.values.slice(), shape, "float32"))));
}
