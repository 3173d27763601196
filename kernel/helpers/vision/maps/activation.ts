import * as tf from "@tensorflow/tfjs";
import { say } from "../../../display/language.js";
import { known, shown, whole } from "../../arguments.js";
import { isLayersModel } from "../../explain/model/predictor.js";
import { nodesIn } from "../../compress/model/nodes.js";
import { displaySymbol } from "../../../display/contract.js";
import { plotlyView } from "../../../display/plotly.js";
import type { Figure } from "../../plot/figure.js";
import { images as plotImages } from "../../plot/images.js";

export interface ActivationOptions {
  /** Default: the first layer that gives maps after the input. */
  layer?: string;
  /** Maps to plot, the most active first; default 16. */
  maps?: number;
}

export interface ActivationMaps {
  readonly layer: string;
  /** [height, width, channels]. */
  readonly shape: readonly [number, number, number];
  /** Row by row, channels fastest. */
  readonly values: Float32Array;
  /** Mean of each channel. */
  readonly means: Float32Array;
  plot(): Figure;
}

/**
 * What the filters of a layer answer to one picture: a map each. Shows the most active ones, black to white on one scale.
 *
 * @param image one picture, [height, width, channels] or [1, height, width, channels]
 * @throws `unknown layer: ... (known: ...)`: those that give maps; `expected a picture of shape [28, 28, 1], got [2, 28, 28, 1]`
 * @see Zeiler & Fergus (2014), "Visualizing and understanding convolutional networks"
 * @example
 * const model = tf.sequential({ layers: [tf.layers.conv2d({ inputShape: [3, 3, 1], filters: 2, kernelSize: 2, kernelInitializer: "ones" })] });
 * const maps = vision.activationMaps(model, tf.ones([3, 3, 1]));
 * [maps.shape, maps.values[0]] // [[2, 2, 2], 4]
 */
export function activationMaps(model: tf.LayersModel, image: tf.Tensor, options: ActivationOptions = {}): ActivationMaps {
  known(options, ["layer", "maps"]);
  if (!isLayersModel(model)) throw new TypeError(`expected model to be a LayersModel, got ${shown(model)}`);
  const most = whole({ maps: options.maps ?? 16 }, 1);
  const outputOf = (one: tf.layers.Layer) => nodesIn(model, one)[0]!.outputTensors[0]!;
  const layers = model.layers.filter((one) => one.getClassName() !== "InputLayer" && !("layers" in one) && outputOf(one).shape.length === 4);
  const layer = options.layer === undefined ? layers[0] : layers.find(({ name }) => name === options.layer);
  if (!layer) throw new RangeError(options.layer === undefined ? "expected a model with a layer that gives maps [height, width, channels], got none" : `unknown layer: ${options.layer} (known: ${layers.map(({ name }) => name).join(", ")})`);
  const wanted = model.inputs[0]!.shape.slice(1);
  const own = image.rank === 4 && image.shape[0] === 1 ? image.shape.slice(1) : image.shape;
  if (own.length !== wanted.length || wanted.some((size, at) => size !== null && size !== own[at])) throw new RangeError(`expected a picture of shape [${wanted.map((size) => size ?? "any").join(", ")}], got [${image.shape.join(", ")}]`);
  const { shape, values, means } = tf.tidy(() => {
    const part = tf.model({ inputs: model.inputs, outputs: outputOf(layer) });
    const maps = part.apply(tf.cast(tf.reshape(image, [1, ...own]), "float32"), { training: false }) as tf.Tensor;
    return { shape: maps.shape.slice(1) as [number, number, number], values: maps.dataSync<"float32">().slice(), means: tf.mean(maps, [0, 1, 2]).dataSync<"float32">().slice() } as never;
  }) as unknown as { shape: [number, number, number]; values: Float32Array; means: Float32Array };
  const [height, width, channels] = shape;
  const plot = (): Figure => {
    const order = Array.from(means, (_, channel) => channel).sort((a, b) => means[b]! - means[a]!).slice(0, most);
    // One scale for all maps, from the least value (0 after a rectifier) to the largest: else a map of small values would look as busy as one of large ones, or all of them black.
    const shown = order.map((channel) => Array.from({ length: height * width }, (_, at) => values[at * channels + channel]!));
    const low = shown.reduce((least, map) => Math.min(least, ...map), 0);
    const high = shown.reduce((most, map) => Math.max(most, ...map), low + 1e-12);
    const pictures = shown.map((map) => Array.from({ length: height }, (_, y) => map.slice(y * width, (y + 1) * width).map((value) => (value - low) / (high - low))));
    return plotImages(pictures, { labels: order.map((channel) => say(`channel ${channel}`, `通道 ${channel}`)), title: say(`Activation maps of ${layer.name}`, `${layer.name} 的激活图`) });
  };
  const result: ActivationMaps = { layer: layer.name, shape: Object.freeze(shape), values, means, plot };
  Object.defineProperty(result, displaySymbol, { value: () => plotlyView(plot()), enumerable: false });
  return Object.freeze(result);
}
