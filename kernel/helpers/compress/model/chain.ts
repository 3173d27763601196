import * as tf from "@tensorflow/tfjs";
import { shown } from "../../arguments.js";
import { isLayersModel } from "../../explain/model/predictor.js";

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

/**
 * A model as a list of layers, each with one input, the output of the one before.
 *
 * @throws `expected a chain of layers, got add_1 (Add) with 2 inputs`: what has branches is not rebuilt
 */
export function readChain(model: tf.LayersModel): ChainLayer[] {
  if (!isLayersModel(model)) throw new TypeError(`expected model to be a LayersModel, got ${shown(model)}`);
  const written = (model.toJSON(undefined, false) as unknown as { config: { layers: { class_name: string; config: Record<string, unknown> }[] } }).config.layers;
  const layers = model.layers.filter((layer) => layer.getClassName() !== "InputLayer");
  return layers.map((layer, at) => {
    const className = layer.getClassName();
    const nodes = layer.inboundNodes as unknown as { inboundLayers: tf.layers.Layer[] }[];
    const before = nodes[0]?.inboundLayers ?? [];
    // A layer of a Sequential that is used once has one node; each node names the layers that feed it.
    if (nodes.length !== 1 || before.length !== 1 || (at > 0 && before[0] !== layers[at - 1])) throw new RangeError(`expected a chain of layers, got ${layer.name} (${className}) with ${nodes.length === 1 ? `${before.length} inputs` : `${nodes.length} uses`}${before.length === 1 && nodes.length === 1 ? ` from ${before[0]!.name}` : ""}`);
    if ("layers" in layer) throw new RangeError(`expected a chain of layers, got ${layer.name} (${className}), a model inside: give its layers one by one`);
    const config = written.find((one) => one.config["name"] === layer.name)!.config;
    const weights = layer.weights.map((weight) => ({ name: weight.originalName.split("/").at(-1)!, shape: weight.shape as number[], values: weight.read().dataSync<"float32">().slice() }));
    return { name: layer.name, className, config, weights, inputShape: shapeOf(layer.input as tf.SymbolicTensor), outputShape: shapeOf(layer.output as tf.SymbolicTensor) };
  });
}

const shapeOf = ({ shape }: tf.SymbolicTensor): number[] => shape.slice(1).map((size) => size ?? 1);

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
