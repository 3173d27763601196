import * as tf from "@tensorflow/tfjs";
import { shown } from "../../arguments.js";
import { nodesIn } from "../../compress/model/nodes.js";
import { isLayersModel } from "../../explain/model/predictor.js";

/** A trained network to build on: a LayersModel, or anything that gives features (rows of numbers or maps). */
export type Backbone = tf.LayersModel | { predict(x: tf.Tensor, training: boolean): tf.Tensor; variables: tf.Variable[] };

export interface Trunk {
  /** Features of a batch, without training. */
  features(x: tf.Tensor): tf.Tensor;
  /** Only of a LayersModel: where the new head is put. */
  readonly output?: tf.SymbolicTensor;
  readonly inputs?: tf.SymbolicTensor[];
  /** From the input to the features, each with its variables. */
  readonly layers: readonly { readonly name: string; readonly variables: tf.Variable[] }[];
  /** [height, width, channels] of a picture, where it is known. */
  readonly inputShape?: readonly (number | null)[];
}

/**
 * What of the network is used: up to `layer`, or everything before its last dense layer.
 *
 * @throws `unknown layer: ...`; `expected a backbone with layers before its last dense layer, got none`
 */
export function trunkOf(backbone: Backbone, layer?: string): Trunk {
  if (!isLayersModel(backbone)) {
    const { predict, variables } = (backbone ?? {}) as Partial<Exclude<Backbone, tf.LayersModel>>;
    if (typeof predict !== "function" || !Array.isArray(variables)) throw new TypeError(`expected backbone to be a LayersModel or { predict, variables }, got ${shown(backbone)}`);
    if (layer !== undefined) throw new TypeError(`expected layer with a LayersModel only, got ${shown(layer)}`);
    return { features: (x) => predict(x, false), layers: [{ name: "backbone", variables: [...variables] }] };
  }
  const at = layer === undefined ? lastBefore(backbone) : backbone.layers.findIndex((one) => one.name === layer);
  if (at < 0) throw new RangeError(layer === undefined ? "expected a backbone with layers before its last dense layer, got none: name a layer" : `unknown layer: ${layer} (known: ${backbone.layers.map((one) => one.name).join(", ")})`);
  const output = nodesIn(backbone, backbone.layers[at]!)[0]!.outputTensors[0]!;
  const part = tf.model({ inputs: backbone.inputs, outputs: output });
  const layers = part.layers.filter(({ weights }) => weights.length > 0).map(({ name, weights }) => ({ name, variables: weights.map((weight) => weight.read() as tf.Variable) }));
  return { features: (x) => part.apply(x, { training: false }) as tf.Tensor, output, inputs: backbone.inputs, layers, inputShape: backbone.inputs[0]!.shape.slice(1) };
}

/** The layer before the head: the last dense layer and what follows it (softmax), and the dropout before it, are the old task's. Without such an end the whole network. */
function lastBefore({ layers }: tf.LayersModel): number {
  let at = layers.length - 1;
  while (at >= 0 && ["Activation", "Softmax", "Dropout"].includes(layers[at]!.getClassName())) at -= 1;
  if (at < 0 || layers[at]!.getClassName() !== "Dense") return layers.length - 1;
  at -= 1;
  while (at >= 0 && layers[at]!.getClassName() === "Dropout") at -= 1;
  return at >= 0 && layers[at]!.getClassName() !== "InputLayer" ? at : -1;
}
