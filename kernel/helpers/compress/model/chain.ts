import * as tf from "@tensorflow/tfjs";
import { shown } from "../../arguments.js";
import { isLayersModel } from "../../explain/model/predictor.js";
import { nodesIn, shapeOfNode, type LayerNode } from "./nodes.js";

/** A weight as plain numbers: `kernel`, `bias`, `gamma`, ... */
export interface ChainWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A layer as plain data. `config` is as saved models write it (`kernel_size`, `use_bias`); shapes are those of one example. */
export interface ChainLayer {
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: readonly ChainWeight[];
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
}

/** A layer whose inputs are answers of others. */
export interface GraphLayer extends ChainLayer {
  /** Places in the list; -1 is the model's input. */
  readonly inputs: readonly number[];
}

/**
 * A model as a list of layers in an order in which they can be computed; the last is the answer.
 *
 * @throws `expected layers that are used once, got shared with 2 uses`; `expected one input and one output, got 2 and 1`; `... a model inside: give its layers one by one`
 */
export function readGraph(model: tf.LayersModel): GraphLayer[] {
  if (!isLayersModel(model)) throw new TypeError(`expected model to be a LayersModel, got ${shown(model)}`);
  if (model.inputs.length !== 1 || model.outputs.length !== 1) throw new RangeError(`expected one input and one output, got ${model.inputs.length} and ${model.outputs.length}`);
  const written = (model.toJSON(undefined, false) as unknown as { config: { layers: { class_name: string; config: Record<string, unknown> }[] } }).config.layers;
  const last = model.outputs[0]!.sourceLayer;
  const layers = model.layers.filter((layer) => layer.getClassName() !== "InputLayer" && layer !== last);
  if (last.getClassName() !== "InputLayer") layers.push(last);
  return layers.map((layer) => {
    const className = layer.getClassName();
    const nodes = nodesIn(model, layer);
    if (nodes.length !== 1) throw new RangeError(`expected layers that are used once, got ${layer.name} (${className}) with ${nodes.length} uses`);
    if ("layers" in layer) throw new RangeError(`expected a chain of layers, got ${layer.name} (${className}), a model inside: give its layers one by one`);
    const [node] = nodes as [LayerNode];
    const config = written.find((one) => one.config["name"] === layer.name)!.config;
    const weights = layer.weights.map((weight) => ({ name: weight.originalName.split("/").at(-1)!, shape: weight.shape as number[], values: weight.read().dataSync<"float32">().slice() }));
    const shape = (shapes: LayerNode["inputShapes"]) => shapeOfNode(shapes).map((size) => size ?? 1);
    return { name: layer.name, className, config, weights, inputs: node.inboundLayers.map((before) => layers.indexOf(before)), inputShape: shape(node.inputShapes), outputShape: shape(node.outputShapes) };
  });
}

/**
 * A model as a list of layers, each with one input, the output of the one before.
 *
 * @throws `expected a chain of layers, got add_1 (Add) with 2 inputs`: what has branches is not rebuilt
 */
export function readChain(model: tf.LayersModel): ChainLayer[] {
  const graph = readGraph(model);
  graph.forEach(({ name, className, inputs }, at) => {
    if (inputs.length !== 1) throw new RangeError(`expected a chain of layers, got ${name} (${className}) with ${inputs.length} inputs`);
    if (inputs[0] !== at - 1) throw new RangeError(`expected a chain of layers, got ${name} (${className}) that reads ${inputs[0] === -1 ? "the input" : graph[inputs[0]!]!.name}`);
  });
  return graph;
}

export const weightOf = (layer: Pick<ChainLayer, "weights">, name: string): ChainWeight | undefined => layer.weights.find((weight) => weight.name === name);

/** A layer to be built: its weights are set, its shapes follow. */
export type NewLayer = Pick<ChainLayer, "className" | "config" | "weights">;

/** A Sequential model of these layers with these weights. The order of weights within a layer is that of `readChain`. */
export async function buildChain(layers: readonly NewLayer[], inputShape: readonly number[]): Promise<tf.Sequential> {
  const described = layers.map(({ className, config }, at) => ({ class_name: className, config: at === 0 ? { ...config, batch_input_shape: [null, ...inputShape] } : without(config, "batch_input_shape") }));
  const name = `sequential_${described.length}`;
  const model = (await tf.models.modelFromJSON({ modelTopology: { class_name: "Sequential", config: { name, layers: described } } } as never)) as tf.Sequential;
  const real = model.layers.filter((layer) => layer.getClassName() !== "InputLayer");
  tf.tidy(() => layers.forEach(({ weights }, at) => {
    if (weights.length > 0) real[at]!.setWeights(weights.map(({ values, shape }) => tf.tensor(values, [...shape], "float32")));
  }));
  return model;
}

function without(config: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const { [name]: _, ...rest } = config;
  return rest;
}

/** Some places of an axis of an array, as a new array. */
export function takeAxis({ name, shape, values }: ChainWeight, axis: number, places: readonly number[]): ChainWeight {
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const size = shape[axis]!;
  const outer = values.length / (inner * size);
  const taken = new Float32Array(outer * places.length * inner);
  let to = 0;
  for (let block = 0; block < outer; block++) for (const place of places) {
    taken.set(values.subarray((block * size + place) * inner, (block * size + place + 1) * inner), to);
    to += inner;
  }
  return { name, shape: shape.map((n, at) => (at === axis ? places.length : n)), values: taken };
}
