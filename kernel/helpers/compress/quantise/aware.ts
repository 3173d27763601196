import * as tf from "@tensorflow/tfjs";
import { inside, known, shown, whole } from "../../arguments.js";
import { isLayersModel } from "../../explain/model/predictor.js";
import { nodesIn, readersIn } from "../model/nodes.js";
import { withReads } from "../model/reads.js";
import { fakeQuantise } from "./fake.js";

/** Its answer only exists inside one integer step: what follows is folded into it. */
function foldsAway(model: tf.LayersModel, layer: tf.layers.Layer): boolean {
  const after = readersIn(model, layer).map((reader) => reader.getClassName());
  return after.length === 1 && ["BatchNormalization", "Activation", "ReLU"].includes(after[0]!);
}

export interface AwareOptions {
  /** Of weights and activations, 2 to 8; default 8. Fewer bits show the effect. */
  bits?: number;
  /** How slowly the ranges of activations follow, default 0.99: each training step moves them by 1 % of the way. */
  momentum?: number;
  /** A scale for each output channel of a kernel; default true. */
  perChannel?: boolean;
}

export interface AwareModel {
  /** As the integers would answer, in floating point. With `training` the ranges of the activations follow the batch. */
  predict(x: tf.Tensor, training?: boolean): tf.Tensor;
  /** The model's own: training this trains the model, which `quantiseModel` then turns into integers. */
  readonly variables: tf.Variable[];
  /** Range of the activations by layer, as followed so far. */
  ranges(): Readonly<Record<string, readonly [low: number, high: number]>>;
  /** Frees the ranges; the model stays. */
  dispose(): void;
}

/**
 * The model as it will be once it is quantised: kernels and activations are rounded in every forward pass, gradients pass straight through, so that training (`nn.fit`, compiled too) moves the weights to where
 * the rounding hurts least. Start from a trained model. Afterwards `quantiseModel(model, data)`.
 *
 * @param model any `tf.LayersModel`, branches too
 * @param data typical inputs, for the first ranges of the activations
 * @throws `expected model to be a LayersModel, got ...`; `expected bits from 2 to 8, got 16`
 * @see Jacob et al. (2018); Krishnamoorthi (2018), "Quantizing deep convolutional networks for efficient inference"
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [1], units: 1, useBias: false, kernelInitializer: "ones" })] });
 * const aware = compress.quantisationAware(model, tf.tensor2d([[-3], [0]]), { bits: 2 });
 * aware.predict(tf.tensor2d([[-2.6], [-0.6]])) // [-3, -1]
 */
export function quantisationAware(model: tf.LayersModel, data: tf.Tensor, options: AwareOptions = {}): AwareModel {
  known(options, ["bits", "momentum", "perChannel"]);
  if (!isLayersModel(model)) throw new TypeError(`expected model to be a LayersModel, got ${shown(model)}`);
  const bits = whole({ bits: options.bits ?? 8 }, 2);
  if (bits > 8) throw new RangeError(`expected bits from 2 to 8, got ${bits}`);
  const momentum = inside({ momentum: options.momentum ?? 0.99 });
  const { perChannel = true } = options;
  const kernels = model.weights.filter((weight) => weight.shape.length >= 2 && weight.dtype === "float32");
  const last = model.outputs.map(({ sourceLayer }) => sourceLayer);
  // The answer itself is not rounded, nor what only passes numbers on.
  const layers = model.layers.filter((layer) => !["InputLayer", "Dropout", "Flatten", "Reshape", "MaxPooling2D"].includes(layer.getClassName()) && !("layers" in layer) && nodesIn(model, layer).length === 1 && !last.includes(layer) && !foldsAway(model, layer));
  const places = ["input", ...layers.map(({ name }) => name)];
  const ranges = places.map(() => tf.tidy(() => [tf.variable(tf.scalar(0), false), tf.variable(tf.scalar(0), false)] as const));

  type Follow = "first" | "training" | "still";
  function rounded(at: number, value: tf.Tensor, follow: Follow): tf.Tensor {
    const [low, high] = ranges[at]!;
    if (follow !== "still") {
      const move = (range: tf.Variable, seen: tf.Tensor) => range.assign(follow === "first" ? seen : tf.add(tf.mul(range, momentum), tf.mul(seen, 1 - momentum)));
      tf.tidy(() => {
        move(low, tf.min(value));
        move(high, tf.max(value));
      });
    }
    return fakeQuantise(value, { mode: "affine", bits, range: [low, high] });
  }
  function forward(x: tf.Tensor, training: boolean, follow: Follow): tf.Tensor {
    const reads = kernels.map((weight) => {
      const read = weight.read.bind(weight);
      return [weight, () => fakeQuantise(read(), { bits, ...(perChannel && { axis: weight.shape.length - 1 }) })] as const;
    });
    const calls = layers.map((layer) => layer.call);
    layers.forEach((layer, index) => {
      layer.call = function (...args: Parameters<typeof layer.call>) {
        const answer = calls[index]!.apply(this, args);
        return rounded(index + 1, Array.isArray(answer) ? answer[0]! : answer, follow);
      };
    });
    try {
      return withReads(reads, () => model.apply(rounded(0, x, follow), { training }) as tf.Tensor);
    } finally {
      for (const layer of layers) delete (layer as { call?: unknown }).call;
    }
  }
  tf.tidy(() => void forward(data, false, "first"));
  return Object.freeze({
    predict: (x: tf.Tensor, training = false) => forward(x, training, training ? "training" : "still"),
    variables: model.trainableWeights.map((weight) => weight.read() as tf.Variable),
    ranges: () => Object.freeze(Object.fromEntries(places.map((name, at) => [name, [ranges[at]![0].dataSync()[0]!, ranges[at]![1].dataSync()[0]!] as const]))),
    dispose: () => tf.dispose(ranges.flat()),
  });
}
