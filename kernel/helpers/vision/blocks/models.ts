import * as tf from "@tensorflow/tfjs";
import { fraction, known, positive, shown, whole } from "../../arguments.js";
import { depthwiseSeparable, invertedResidual } from "./blocks.js";

export interface CnnOptions {
  inputShape: readonly [height: number, width: number, channels: number];
  classes: number;
  /** Filters of each stage; each stage halves the picture. Default [16, 32, 64], as far as the picture allows. */
  filters?: readonly number[];
  /** Default "standard": 3 x 3 convolutions. "separable": depthwise separable blocks. */
  kind?: "standard" | "separable";
  /** Part of the last features that is dropped in training; default 0.2. */
  dropout?: number;
  /** Of the initial weights; default 1. */
  seed?: number;
}

function shapeOf(inputShape: readonly number[]): [number, number, number] {
  if (!Array.isArray(inputShape) || inputShape.length !== 3) throw new TypeError(`expected inputShape as [height, width, channels], got ${shown(inputShape)}`);
  const [height, width, channels] = inputShape as [number, number, number];
  return [whole({ height }, 1), whole({ width }, 1), whole({ channels }, 1)];
}

/**
 * A small convolutional network: stages of convolution, normalisation, rectifier and pooling, the mean of each map, one dense layer. It gives logits: train with a loss from logits.
 *
 * @throws `expected a picture of at least 8 x 8 for 3 stages, got 4 x 4`; `expected inputShape as [height, width, channels], got ...`
 * @example
 * vision.cnn({ inputShape: [28, 28, 1], classes: 10 }).outputs[0].shape // [null, 10]
 */
export function cnn(options: CnnOptions): tf.LayersModel {
  known(options, ["inputShape", "classes", "filters", "kind", "dropout", "seed"]);
  const [height, width, channels] = shapeOf(options.inputShape);
  const classes = whole({ classes: options.classes }, 1);
  const smallest = Math.min(height, width);
  const filters = options.filters ?? [16, 32, 64].slice(0, Math.max(1, Math.floor(Math.log2(smallest))));
  if (filters.length === 0) throw new RangeError("expected filters of at least one stage, got none");
  if (smallest < 2 ** filters.length) throw new RangeError(`expected a picture of at least ${2 ** filters.length} x ${2 ** filters.length} for ${filters.length} stages, got ${height} x ${width}`);
  const dropout = fraction({ dropout: options.dropout ?? 0.2 });
  const seed = whole({ seed: options.seed ?? 1 });
  const input = tf.input({ shape: [height, width, channels] });
  let state = input;
  filters.forEach((count, stage) => {
    whole({ filters: count }, 1);
    if (options.kind === "separable" && stage > 0) state = depthwiseSeparable(state, { filters: count, activation: "relu", momentum: 0.9, seed: seed + stage });
    else {
      state = tf.layers.conv2d({ filters: count, kernelSize: 3, padding: "same", useBias: false, kernelInitializer: tf.initializers.heNormal({ seed: seed + stage }) }).apply(state) as tf.SymbolicTensor;
      state = tf.layers.batchNormalization({ momentum: 0.9 }).apply(state) as tf.SymbolicTensor;
      state = tf.layers.reLU().apply(state) as tf.SymbolicTensor;
    }
    state = tf.layers.maxPooling2d({ poolSize: 2 }).apply(state) as tf.SymbolicTensor;
  });
  state = tf.layers.globalAveragePooling2d({}).apply(state) as tf.SymbolicTensor;
  if (dropout > 0) state = tf.layers.dropout({ rate: dropout }).apply(state) as tf.SymbolicTensor;
  const outputs = tf.layers.dense({ units: classes, kernelInitializer: tf.initializers.glorotNormal({ seed: seed + 99 }) }).apply(state) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs });
}

export interface MobileNetOptions {
  /** Default [224, 224, 3]; sides of at least 32, as the picture is halved five times. */
  inputShape?: readonly [height: number, width: number, channels: number];
  /** Default 1000. */
  classes?: number;
  /** Filters are multiplied by this and rounded to a multiple of 8; default 1. */
  width?: number;
}

/** [expansion, filters, blocks, stride of the first] */
const stages = [[1, 16, 1, 1], [6, 24, 2, 2], [6, 32, 3, 2], [6, 64, 4, 2], [6, 96, 3, 1], [6, 160, 3, 2], [6, 320, 1, 1]] as const;

/**
 * MobileNetV2 with random weights, to train or to load weights into; it gives logits. The layers and their order are those of the paper's table 2 (3,504,872 trained parameters and 300.8 million multiply-accumulates with 1000 classes at 224 x 224).
 *
 * @throws `expected a picture of at least 32 x 32, got 28 x 28`; `expected width > 0, got 0`
 * @see Sandler et al. (2018), "MobileNetV2: inverted residuals and linear bottlenecks"
 * @example
 * vision.mobileNetV2({ inputShape: [32, 32, 3], classes: 4, width: 0.1 }).outputs[0].shape // [null, 4]
 */
export function mobileNetV2(options: MobileNetOptions = {}): tf.LayersModel {
  known(options, ["inputShape", "classes", "width"]);
  const shape = shapeOf(options.inputShape ?? [224, 224, 3]);
  if (Math.min(shape[0], shape[1]) < 32) throw new RangeError(`expected a picture of at least 32 x 32, got ${shape[0]} x ${shape[1]}`);
  const classes = whole({ classes: options.classes ?? 1000 }, 1);
  const width = positive({ width: options.width ?? 1 });
  const input = tf.input({ shape });
  const conv = (x: tf.SymbolicTensor, filters: number, kernelSize: number, strides: number) => {
    const sums = tf.layers.conv2d({ filters, kernelSize, strides, padding: "same", useBias: false, kernelInitializer: "heNormal" }).apply(x);
    return tf.layers.reLU({ maxValue: 6 }).apply(tf.layers.batchNormalization({ momentum: 0.999, epsilon: 1e-3 }).apply(sums)) as tf.SymbolicTensor;
  };
  let state = conv(input, byEight(32 * width), 3, 2);
  for (const [expand, filters, blocks, first] of stages) for (let block = 0; block < blocks; block++) state = invertedResidual(state, { filters: byEight(filters * width), expand, strides: block === 0 ? first : 1 });
  // A narrow network keeps its last layer wide.
  state = conv(state, width > 1 ? byEight(1280 * width) : 1280, 1, 1);
  state = tf.layers.globalAveragePooling2d({}).apply(state) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: tf.layers.dense({ units: classes }).apply(state) as tf.SymbolicTensor });
}

/** The nearest multiple of 8, but not more than a tenth below. */
function byEight(filters: number): number {
  const near = Math.max(8, Math.floor((filters + 4) / 8) * 8);
  return near < 0.9 * filters ? near + 8 : near;
}
