import { takeAxis, weightOf, type ChainLayer, type ChainWeight, type NewLayer } from "../model/chain.js";

/** A layer whose output channels can be chosen. */
export interface Producer {
  readonly channels: number;
  /** The name in its config that says how many. */
  readonly setting: "filters" | "units";
  /** The weight whose last axis are the channels. */
  readonly kernel: string;
}

export function producerOf({ className, config }: ChainLayer): Producer | undefined {
  if (className === "Dense") return { channels: config["units"] as number, setting: "units", kernel: "kernel" };
  if (className === "Conv1D" || className === "Conv2D") return { channels: config["filters"] as number, setting: "filters", kernel: "kernel" };
  if (className === "SeparableConv2D") return { channels: config["filters"] as number, setting: "filters", kernel: "pointwise_kernel" };
  return undefined;
}

/** One number a channel: how much it matters. */
export function score(chain: readonly ChainLayer[], at: number, by: "l1" | "l2" | "scale"): Float64Array {
  const layer = chain[at]!;
  const { channels, kernel } = producerOf(layer)!;
  if (by === "scale") {
    const norm = chain[at + 1];
    const gamma = norm?.className === "BatchNormalization" ? weightOf(norm, "gamma") : undefined;
    if (!gamma) throw new RangeError(`expected a batch normalisation after ${layer.name}, got ${norm ? `${norm.name} (${norm.className})` : "the end"}`);
    return Float64Array.from(gamma.values, Math.abs);
  }
  const { values } = weightOf(layer, kernel)!;
  const sums = new Float64Array(channels);
  values.forEach((value, place) => void (sums[place % channels]! += by === "l1" ? Math.abs(value) : value * value));
  return by === "l1" ? sums : sums.map(Math.sqrt);
}

const passing = ["Activation", "ReLU", "LeakyReLU", "ELU", "ThresholdedReLU", "Softmax", "Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout", "MaxPooling1D", "MaxPooling2D", "AveragePooling1D", "AveragePooling2D", "GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalMaxPooling1D", "GlobalMaxPooling2D", "ZeroPadding2D", "UpSampling2D"];

/**
 * The layer without the inputs that are gone and with only the outputs that are kept.
 *
 * @param alive places of the input's last axis that still exist; undefined: all
 * @param kept output channels that stay; undefined: all
 */
export function followChannels(layer: ChainLayer, alive: readonly number[] | undefined, kept: readonly number[] | undefined): { built: NewLayer; leaves: readonly number[] | undefined } {
  const { className, config, weights, inputShape } = layer;
  const built = (change: Record<string, unknown>, edit: (weight: ChainWeight) => ChainWeight) => ({ className, config: { ...config, ...change }, weights: weights.map(edit) });
  const take = (weight: ChainWeight, axis: number, places: readonly number[] | undefined) => (places ? takeAxis(weight, axis, places) : weight);
  const producer = producerOf(layer);
  if (producer) {
    const edit = (weight: ChainWeight): ChainWeight => {
      if (weight.name === "bias") return take(weight, 0, kept);
      if (weight.name === "depthwise_kernel") return take(weight, 2, alive);
      const multiplier = className === "SeparableConv2D" ? (config["depth_multiplier"] as number) : 1;
      return take(take(weight, weight.shape.length - 2, spread(alive, multiplier)), weight.shape.length - 1, kept);
    };
    return { built: built(kept ? { [producer.setting]: kept.length } : {}, edit), leaves: kept };
  }
  if (className === "DepthwiseConv2D") {
    const leaves = spread(alive, config["depth_multiplier"] as number);
    return { built: built({}, (weight) => (weight.name === "bias" ? take(weight, 0, leaves) : take(weight, 2, alive))), leaves };
  }
  if (className === "BatchNormalization" || className === "LayerNormalization") return { built: built({}, (weight) => take(weight, 0, alive)), leaves: alive };
  if (className === "Flatten") {
    const channels = inputShape.at(-1)!;
    const places = inputShape.slice(0, -1).reduce((a, b) => a * b, 1);
    return { built: layer, leaves: alive && Array.from({ length: places }, (_, place) => alive.map((channel) => place * channels + channel)).flat() };
  }
  if (passing.includes(className)) return { built: layer, leaves: alive };
  if (alive === undefined) return { built: layer, leaves: undefined };
  throw new RangeError(`unsupported layer: ${layer.name} (${className}): its channels cannot be followed; leave out the layers before it`);
}

/** Each channel as the `multiplier` channels that a depthwise convolution makes of it. */
const spread = (channels: readonly number[] | undefined, multiplier: number): readonly number[] | undefined =>
  channels && (multiplier === 1 ? channels : channels.flatMap((channel) => Array.from({ length: multiplier }, (_, at) => channel * multiplier + at)));
