import type * as tf from "@tensorflow/tfjs";
import { activationOf } from "../quantise/fold.js";
import { layerCost, type LayerWork } from "./work.js";

/** One use of a layer: shapes of one example. */
export interface Use {
  readonly input: readonly number[];
  readonly output: readonly number[];
}

type Config = Readonly<Record<string, unknown>>;
const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** Multiplications and other operations of one use of a layer; undefined where the kind of layer is not known. */
export function workOf(layer: tf.layers.Layer, { input, output }: Use): { macs: number; other: number } | undefined {
  const config = layer.getConfig() as Config;
  const counted = described(layer.getClassName(), config, input, output);
  if (counted === undefined) return layer.weights.length === 0 ? { macs: 0, other: product(output) } : undefined;
  const sums = counted.map((work) => layerCost(work));
  // Config of layers here is camel case or, of custom layers, whatever they write; an activation that is not linear is one operation a value.
  const active = activationOf(config) === "linear" ? 0 : product(output);
  return { macs: sums.reduce((sum, { macs }) => sum + macs, 0), other: sums.reduce((sum, { other }) => sum + other, active) };
}

const free = ["InputLayer", "Flatten", "Reshape", "Permute", "RepeatVector", "Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout", "AlphaDropout", "Masking", "ZeroPadding2D", "Cropping2D", "Embedding", "Concatenate", "UpSampling2D", "ChannelShuffle"];

function described(className: string, config: Config, input: readonly number[], output: readonly number[]): LayerWork[] | undefined {
  if (free.includes(className)) return [];
  const bias = config["useBias"] !== false;
  const kernel = pair(config["kernelSize"]);
  const plane = [output[0]!, output.length > 2 ? output[1]! : 1] as const;
  const channels = input.at(-1)!;
  switch (className) {
    case "Dense": return [{ type: "dense", inputs: channels, units: output.at(-1)!, positions: product(output.slice(0, -1)), bias }];
    case "Conv1D": return [{ type: "conv2d", inputChannels: channels, filters: output.at(-1)!, kernel: [kernel[0], 1], output: plane, bias }];
    case "Conv2D":
    case "GroupedConv2D": return [{ type: "conv2d", inputChannels: channels, filters: output.at(-1)!, kernel, output: plane, groups: (config["groups"] as number | undefined) ?? 1, bias }];
    // Each pixel of the input is multiplied with the whole kernel.
    case "Conv2DTranspose": return [{ type: "conv2d", inputChannels: channels, filters: output.at(-1)!, kernel, output: [input[0]!, input[1]!], bias }];
    case "DepthwiseConv2D": return [{ type: "depthwise", channels, multiplier: (config["depthMultiplier"] as number | undefined) ?? 1, kernel, output: plane, bias }];
    case "SeparableConv2D": {
      const multiplier = (config["depthMultiplier"] as number | undefined) ?? 1;
      return [{ type: "depthwise", channels, multiplier, kernel, output: plane, bias: false }, { type: "conv2d", inputChannels: channels * multiplier, filters: output.at(-1)!, kernel: [1, 1], output: plane, bias }];
    }
    case "SimpleRNN":
    case "GRU":
    case "LSTM": return [{ type: "recurrent", cell: ({ SimpleRNN: "simple", GRU: "gru", LSTM: "lstm" } as const)[className], inputs: channels, units: config["units"] as number, steps: input[0]!, bias }];
    case "BatchNormalization": return [{ type: "norm", kind: "batch", channels, positions: product(output.slice(0, -1)) }];
    case "LayerNormalization": return [{ type: "norm", kind: "layer", channels, positions: product(output.slice(0, -1)) }];
    case "MaxPooling2D":
    case "AveragePooling2D": return [{ type: "pool", channels, kernel: pair(config["poolSize"]), output: plane }];
    case "MaxPooling1D":
    case "AveragePooling1D": return [{ type: "pool", channels, kernel: [pair(config["poolSize"])[0], 1], output: [output[0]!, 1] }];
    case "GlobalAveragePooling2D":
    case "GlobalMaxPooling2D": return [{ type: "pool", channels, kernel: [input[0]!, input[1]!], output: [1, 1] }];
    case "GlobalAveragePooling1D":
    case "GlobalMaxPooling1D": return [{ type: "pool", channels, kernel: [input[0]!, 1], output: [1, 1] }];
    default: return undefined;
  }
}

function pair(size: unknown): [number, number] {
  if (typeof size === "number") return [size, size];
  const list = (size as number[] | undefined) ?? [1, 1];
  return [list[0]!, list[1] ?? list[0]!];
}
