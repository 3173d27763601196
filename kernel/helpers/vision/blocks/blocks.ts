import * as tf from "@tensorflow/tfjs";
import { fraction, known, oneOf, shown, whole } from "../../arguments.js";

export interface SeparableOptions {
  filters: number;
  /** Default 1. */
  strides?: 1 | 2;
  /** Default 3. */
  kernelSize?: number;
  /** Default "relu6". */
  activation?: Activation;
  /** Share of the old mean and deviation that normalisation keeps at each step; default 0.999, Keras's for these networks. Short trainings of some hundred steps want 0.9, else the model is judged by statistics of its first weights. */
  momentum?: number;
  /** Of the initial weights; default: another each time. */
  seed?: number;
}

export type Activation = "relu" | "relu6";

/** A rectifier as a layer that saved models know. */
const active = (activation: Activation): tf.layers.Layer => tf.layers.reLU(activation === "relu6" ? { maxValue: 6 } : {});

/** Keras's momentum and epsilon for these networks. */
const norm = (momentum = 0.999): tf.layers.Layer => tf.layers.batchNormalization({ momentum: fraction({ momentum }), epsilon: 1e-3 });

/** Each weight of a block by a seed of its own. */
const first = (seed: number | undefined, at: number) => tf.initializers.heNormal(seed === undefined ? {} : { seed: 3 * whole({ seed }) + at });

const through = (x: tf.SymbolicTensor, ...layers: tf.layers.Layer[]): tf.SymbolicTensor => layers.reduce((state, layer) => layer.apply(state) as tf.SymbolicTensor, x);

export function checkMap(x: tf.SymbolicTensor): [height: number, width: number, channels: number] {
  if (!Array.isArray(x?.shape) || x.shape.length !== 4) throw new TypeError(`expected x as a symbolic tensor of [height, width, channels], got ${x?.shape ? `[${x.shape.slice(1).join(", ")}]` : shown(x)}`);
  return x.shape.slice(1) as [number, number, number];
}

function strided(x: tf.SymbolicTensor, strides: number): void {
  const [height, width] = checkMap(x);
  if (strides !== 1 && strides !== 2) throw new RangeError(`expected strides to be 1 or 2, got ${shown(strides)}`);
  if (strides === 2 && (height < 2 || width < 2)) throw new RangeError(`expected maps of at least 2 x 2 before a stride of 2, got ${height} x ${width}: the picture is too small for so many halvings`);
}

/**
 * MobileNet's block: a depthwise convolution (each channel by itself) and a 1 x 1 convolution (each pixel by itself), each with batch normalisation and a rectifier; where filters are many, nearly `kernelSize^2` times less work than a full convolution.
 *
 * @param x what a layer or `tf.input` gives
 * @throws `expected strides to be 1 or 2, got 3`; `expected maps of at least 2 x 2 before a stride of 2, got 1 x 1: ...`
 * @see Howard et al. (2017), "MobileNets"
 * @example
 * const input = tf.input({ shape: [8, 8, 4] });
 * const model = tf.model({ inputs: input, outputs: vision.depthwiseSeparable(input, { filters: 6, strides: 2 }) });
 * model.outputs[0].shape // [null, 4, 4, 6]
 */
export function depthwiseSeparable(x: tf.SymbolicTensor, options: SeparableOptions): tf.SymbolicTensor {
  known(options, ["filters", "strides", "kernelSize", "activation", "momentum", "seed"]);
  const { strides = 1, kernelSize = 3, activation = "relu6", momentum, seed } = options;
  strided(x, strides);
  whole({ filters: options.filters }, 1);
  whole({ kernelSize }, 1);
  oneOf({ activation }, ["relu", "relu6"]);
  return through(x,
    tf.layers.depthwiseConv2d({ kernelSize, strides, padding: "same", useBias: false, depthwiseInitializer: first(seed, 1) }), norm(momentum), active(activation),
    tf.layers.conv2d({ filters: options.filters, kernelSize: 1, useBias: false, kernelInitializer: first(seed, 0) }), norm(momentum), active(activation));
}

export interface InvertedResidualOptions extends SeparableOptions {
  /** The channels are multiplied by this inside; default 6. 1: no expansion layer. */
  expand?: number;
  /** Squeeze-and-excite inside: channels by this in the bottle-neck, such as 4. Default: none. */
  squeeze?: number;
}

/**
 * MobileNetV2's block: widen, filter each channel, narrow without a rectifier; and the input added where shapes allow (stride 1, as many channels).
 *
 * @throws as `depthwiseSeparable`; `expected expand to be a whole number >= 1, got 0`
 * @see Sandler et al. (2018), "MobileNetV2: inverted residuals and linear bottlenecks"; Howard et al. (2019) for squeeze-and-excite inside
 * @example
 * const input = tf.input({ shape: [8, 8, 4] });
 * const model = tf.model({ inputs: input, outputs: vision.invertedResidual(input, { filters: 4, expand: 2 }) });
 * model.layers.at(-1).getClassName() // "Add"
 */
export function invertedResidual(x: tf.SymbolicTensor, options: InvertedResidualOptions): tf.SymbolicTensor {
  known(options, ["filters", "strides", "kernelSize", "activation", "momentum", "seed", "expand", "squeeze"]);
  const { strides = 1, kernelSize = 3, activation = "relu6", momentum, seed, expand = 6, squeeze } = options;
  const [, , channels] = checkMap(x);
  strided(x, strides);
  const filters = whole({ filters: options.filters }, 1);
  whole({ expand }, 1);
  whole({ kernelSize }, 1);
  oneOf({ activation }, ["relu", "relu6"]);
  let state = x;
  if (expand > 1) state = through(state, tf.layers.conv2d({ filters: channels * expand, kernelSize: 1, useBias: false, kernelInitializer: first(seed, 0) }), norm(momentum), active(activation));
  state = through(state, tf.layers.depthwiseConv2d({ kernelSize, strides, padding: "same", useBias: false, depthwiseInitializer: first(seed, 1) }), norm(momentum), active(activation));
  if (squeeze !== undefined) state = squeezeExcite(state, { reduction: squeeze });
  state = through(state, tf.layers.conv2d({ filters, kernelSize: 1, useBias: false, kernelInitializer: first(seed, 2) }), norm(momentum));
  return strides === 1 && channels === filters ? (tf.layers.add().apply([x, state]) as tf.SymbolicTensor) : state;
}

/**
 * Lets a network weigh its channels by what the whole picture shows: mean of each channel, two small dense layers, a factor from 0 to 1 for each channel.
 *
 * @param reduction the channels are divided by this inside, rounded up; default 4
 * @throws `expected reduction >= 1, got 0`
 * @see Hu, Shen & Sun (2018), "Squeeze-and-excitation networks"
 * @example
 * const input = tf.input({ shape: [8, 8, 8] });
 * tf.model({ inputs: input, outputs: vision.squeezeExcite(input, { reduction: 4 }) }).countParams() // 42
 */
export function squeezeExcite(x: tf.SymbolicTensor, options: { reduction?: number } = {}): tf.SymbolicTensor {
  known(options, ["reduction"]);
  const [, , channels] = checkMap(x);
  const reduction = options.reduction ?? 4;
  if (!(reduction >= 1)) throw new RangeError(`expected reduction >= 1, got ${shown(reduction)}`);
  const factors = through(x,
    tf.layers.globalAveragePooling2d({}),
    tf.layers.dense({ units: Math.ceil(channels / reduction), activation: "relu" }),
    tf.layers.dense({ units: channels, activation: "sigmoid" }),
    tf.layers.reshape({ targetShape: [1, 1, channels] }));
  return tf.layers.multiply().apply([x, factors]) as tf.SymbolicTensor;
}
