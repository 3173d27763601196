import * as tf from "@tensorflow/tfjs";
import { known, oneOf, shown, whole } from "../../arguments.js";

export interface GroupedOptions {
  /** Input channels and filters are split in so many groups; each filter sees the channels of its group. */
  groups: number;
  /** Default 1. */
  strides?: number | readonly [number, number];
  /** Default "same". */
  pad?: "same" | "valid";
  /** Default 1. */
  dilations?: number | readonly [number, number];
}

/**
 * A convolution in groups (tfjs has none): group g of the filters sees group g of the channels only, so that kernel and work are `groups` times smaller. With as many groups as channels it is a depthwise convolution. Made of
 * ordinary operations: it has a gradient, works on every backend and in a compiled step.
 *
 * @param x [pictures, height, width, channels]
 * @param filter [height, width, channels / groups, filters]; the filters of a group stand together, as in PyTorch
 * @returns [pictures, height, width, filters]
 * @throws `expected channels to be a multiple of groups 4, got 6`; `expected filter for 2 channels a group, got 3`; `expected a picture of at least 3 x 3 for a valid convolution, got 2 x 2`
 * @see Krizhevsky et al. (2012); Xie et al. (2017), "Aggregated residual transformations for deep neural networks"
 * @example
 * const x = tf.tensor4d([1, 2, 3, 4], [1, 1, 1, 4]);
 * const filter = tf.ones<tf.Rank.R4>([1, 1, 2, 2]);
 * vision.groupedConv2d(x, filter, { groups: 2 }) // [3, 7]
 */
export function groupedConv2d(x: tf.Tensor4D, filter: tf.Tensor4D, options: GroupedOptions): tf.Tensor4D {
  known(options, ["groups", "strides", "pad", "dilations"]);
  const groups = whole({ groups: options.groups }, 1);
  const pad = oneOf({ pad: options.pad ?? "same" }, ["same", "valid"]);
  const strides = pair(options.strides ?? 1, "strides");
  const dilations = pair(options.dilations ?? 1, "dilations");
  if (x.rank !== 4) throw new RangeError(`expected x of shape [pictures, height, width, channels], got [${x.shape.join(", ")}]`);
  if (filter.rank !== 4) throw new RangeError(`expected filter of shape [height, width, channels / groups, filters], got [${filter.shape.join(", ")}]`);
  const [, height, width, channels] = x.shape;
  const [tall, wide, inputs, filters] = filter.shape;
  checkGroups(channels, filters, groups);
  if (inputs !== channels / groups) throw new RangeError(`expected filter for ${channels / groups} channels a group, got ${inputs}`);
  const [needTall, needWide] = [(tall - 1) * dilations[0] + 1, (wide - 1) * dilations[1] + 1];
  if (pad === "valid" && (height < needTall || width < needWide)) throw new RangeError(`expected a picture of at least ${needTall} x ${needWide} for a valid convolution, got ${height} x ${width}`);
  return tf.tidy(() => {
    if (groups === 1) return tf.conv2d<tf.Tensor4D>(x, filter, strides, pad, "NHWC", dilations);
    // One channel a group is what backends know as depthwise: one operation.
    if (inputs === 1) return tf.depthwiseConv2d<tf.Tensor4D>(x, tf.reshape<tf.Rank.R4>(filter, [tall, wide, channels, filters / channels]), strides, pad, "NHWC", dilations);
    const parts = tf.split<tf.Tensor4D>(x, groups, 3);
    const filterParts = tf.split<tf.Tensor4D>(filter, groups, 3);
    return tf.concat(parts.map((part, group) => tf.conv2d<tf.Tensor4D>(part, filterParts[group]!, strides, pad, "NHWC", dilations)), 3);
  });
}

export function checkGroups(channels: number, filters: number, groups: number): void {
  if (channels % groups !== 0) throw new RangeError(`expected channels to be a multiple of groups ${groups}, got ${channels}`);
  if (filters % groups !== 0) throw new RangeError(`expected filters to be a multiple of groups ${groups}, got ${filters}`);
}

export function pair(size: number | readonly number[], name: string): [number, number] {
  const [a, b] = typeof size === "number" ? [size, size] : size;
  if (typeof size !== "number" && size.length !== 2) throw new TypeError(`expected ${name} as a number or a pair, got ${shown(size)}`);
  return [whole({ [name]: a }, 1), whole({ [name]: b }, 1)];
}

/**
 * Mixes the channels of groups: channel j of group g becomes channel g of group j, so that the next grouped convolution sees all groups.
 *
 * @param x channels last
 * @throws `expected channels to be a multiple of groups 4, got 6`
 * @see Zhang et al. (2018), "ShuffleNet"
 * @example
 * vision.shuffleChannels(tf.tensor1d([0, 1, 2, 3, 4, 5]), { groups: 2 }) // [0, 3, 1, 4, 2, 5]
 */
export function shuffleChannels<T extends tf.Tensor>(x: T, { groups }: { groups: number }): T {
  whole({ groups }, 1);
  const channels = x.shape.at(-1) ?? 1;
  if (channels % groups !== 0) throw new RangeError(`expected channels to be a multiple of groups ${groups}, got ${channels}`);
  return tf.tidy(() => {
    const size = x.size / channels;
    return tf.reshape(tf.transpose(tf.reshape(x, [size, groups, channels / groups]), [0, 2, 1]), x.shape) as T;
  });
}
