import * as tf from "@tensorflow/tfjs";
import { known, oneOf, whole } from "../../arguments.js";
import { checkGroups, groupedConv2d, pair, shuffleChannels } from "./convolution.js";

type LayerArgs = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>;

export interface GroupedConv2dArgs extends LayerArgs {
  filters: number;
  /** Default 3. */
  kernelSize?: number | [number, number];
  groups: number;
  /** Default 1. */
  strides?: number | [number, number];
  /** Default "same". */
  padding?: "same" | "valid";
  /** Default true. */
  useBias?: boolean;
  /** Default "linear". */
  activation?: "linear" | "relu" | "relu6";
}

const settings = ["filters", "kernelSize", "groups", "strides", "padding", "useBias", "activation"] as const;

class GroupedConv2D extends tf.layers.Layer {
  static readonly className = "GroupedConv2D";
  private readonly filters: number;
  private readonly size: [number, number];
  private readonly groups: number;
  private readonly strides: [number, number];
  private readonly padding: "same" | "valid";
  private readonly useBias: boolean;
  private readonly activation: "linear" | "relu" | "relu6";
  private kernel!: tf.LayerVariable;
  private bias?: tf.LayerVariable;

  constructor(args: GroupedConv2dArgs) {
    super(args);
    this.filters = whole({ filters: args.filters }, 1);
    this.groups = whole({ groups: args.groups }, 1);
    this.size = pair(args.kernelSize ?? 3, "kernelSize");
    this.strides = pair(args.strides ?? 1, "strides");
    this.padding = oneOf({ padding: args.padding ?? "same" }, ["same", "valid"]);
    this.activation = oneOf({ activation: args.activation ?? "linear" }, ["linear", "relu", "relu6"]);
    this.useBias = args.useBias ?? true;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const channels = (inputShape as tf.Shape).at(-1)!;
    checkGroups(channels, this.filters, this.groups);
    this.kernel = this.addWeight("kernel", [...this.size, channels / this.groups, this.filters], "float32", tf.initializers.heNormal({}));
    if (this.useBias) this.bias = this.addWeight("bias", [this.filters], "float32", tf.initializers.zeros());
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [rows, height, width] = inputShape as [number | null, number | null, number | null, number];
    const out = (size: number | null, axis: 0 | 1) => {
      if (size === null) return null;
      const length = this.padding === "same" ? Math.ceil(size / this.strides[axis]) : Math.ceil((size - this.size[axis] + 1) / this.strides[axis]);
      if (length < 1) throw new RangeError(`expected a picture of at least ${this.size.join(" x ")} for a valid convolution, got ${height} x ${width}`);
      return length;
    };
    return [rows, out(height, 0), out(width, 1), this.filters];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
    return tf.tidy(() => {
      const sums = groupedConv2d(x, this.kernel.read() as tf.Tensor4D, { groups: this.groups, strides: this.strides, pad: this.padding });
      const shifted = this.bias ? tf.add(sums, this.bias.read()) : sums;
      return this.activation === "relu" ? tf.relu(shifted) : this.activation === "relu6" ? tf.relu6(shifted) : shifted;
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), filters: this.filters, kernelSize: this.size, groups: this.groups, strides: this.strides, padding: this.padding, useBias: this.useBias, activation: this.activation };
  }
}

class ChannelShuffle extends tf.layers.Layer {
  static readonly className = "ChannelShuffle";
  private readonly groups: number;

  constructor(args: LayerArgs & { groups: number }) {
    super(args);
    this.groups = whole({ groups: args.groups }, 1);
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    checkGroups((inputShape as tf.Shape).at(-1)!, this.groups, this.groups);
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[] {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return shuffleChannels(Array.isArray(inputs) ? inputs[0]! : inputs, { groups: this.groups });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), groups: this.groups };
  }
}

tf.serialization.registerClass(GroupedConv2D);
tf.serialization.registerClass(ChannelShuffle);

const layerArgs = ["inputShape", "batchInputShape", "batchSize", "dtype", "name", "trainable", "weights"];

/**
 * A layer of `groupedConv2d`, for `tf.sequential` and `tf.model`; saved models with it load where `vision` is loaded.
 *
 * @throws as `groupedConv2d`, when it is added to a model; `unknown option: filter (known: ...)`
 * @example
 * const model = tf.sequential({ layers: [vision.groupedConv2dLayer({ inputShape: [8, 8, 4], filters: 8, groups: 4 })] });
 * [model.countParams(), model.outputs[0].shape[3]] // [80, 8]
 */
export function groupedConv2dLayer(args: GroupedConv2dArgs): tf.layers.Layer {
  known(args, [...settings, ...layerArgs]);
  return new GroupedConv2D(args);
}

/**
 * A layer of `shuffleChannels`.
 *
 * @example
 * tf.sequential({ layers: [vision.channelShuffleLayer({ inputShape: [1, 1, 4], groups: 2 })] }).predict(tf.tensor4d([0, 1, 2, 3], [1, 1, 1, 4])) // [0, 2, 1, 3]
 */
export function channelShuffleLayer(args: LayerArgs & { groups: number }): tf.layers.Layer {
  known(args, ["groups", ...layerArgs]);
  return new ChannelShuffle(args);
}
