import * as tf from "@tensorflow/tfjs";
import { weightOf } from "../model/chain.js";
import { affineScale, clamp, quantise, roundHalfEven, type Quantised } from "./affine.js";
import type { Range } from "./calibrate.js";
import { activationLayer, activationOf, type Folded } from "./fold.js";
import { convSums, denseSums, pool, requantise, type IntegerLayer, type Window } from "./integer.js";

/** 8-bit activations of one example. */
export interface Small {
  readonly values: Int8Array;
  readonly shape: readonly number[];
  readonly scale: number;
  readonly zeroPoint: number;
}

/** A layer of the quantised network: integers in, integers out. The last one may answer with real numbers instead. */
export interface Step {
  readonly name: string;
  readonly className: string;
  readonly kernel?: Quantised;
  readonly bias?: Int32Array;
  readonly scale: number;
  readonly zeroPoint: number;
  /** Places of what it reads; -1 is the input. */
  readonly inputs: readonly number[];
  run(x: readonly Small[]): Small;
  /** Of the last layer: not rounded to 8 bits any more. */
  real?(x: readonly Small[]): Float64Array;
}

const affine8 = { mode: "affine", qmin: -128, qmax: 127 } as const;

/** 32-bit sums of more products than this could overflow. */
const longest = Math.floor((2 ** 31 - 1) / (127 * 255) / 2);

export function makeStep(layer: Folded, sources: readonly { scale: number; zeroPoint: number }[], range: Range, perChannel: boolean): Step {
  const { name, className, config, inputShape, outputShape, inputs } = layer;
  const input = sources[0]!;
  const activation = activationOf(config);
  const output = affineScale(range[0], range[1], affine8);
  const same = { name, className, inputs, scale: input.scale, zeroPoint: input.zeroPoint };
  const keep = (run: (x: Int8Array) => Int8Array): Step => ({ ...same, run: ([x]) => ({ ...x!, values: run(x!.values), shape: outputShape }) });
  switch (className) {
    case "Dense": {
      const linear = integers(layer, "kernel", input, perChannel);
      return linearStep(layer, linear, activation, output, (x) => denseSums(x, linear));
    }
    case "Conv2D":
    case "DepthwiseConv2D": {
      const depthwise = className !== "Conv2D";
      const linear = integers(layer, depthwise ? "depthwise_kernel" : "kernel", input, perChannel);
      const window = windowOf(layer, config["kernel_size"] as number[], depthwise);
      return linearStep(layer, linear, activation, output, (x) => convSums(x, linear, window, depthwise));
    }
    case "MaxPooling2D":
    case "AveragePooling2D": {
      const window = windowOf(layer, config["pool_size"] as number[], true);
      return keep((x) => pool(x, window, className === "MaxPooling2D" ? "max" : "mean"));
    }
    case "GlobalMaxPooling2D":
    case "GlobalAveragePooling2D": {
      const [height, width, depth] = inputShape as [number, number, number];
      const whole: Window = { input: [height, width, depth], output: [1, 1, depth], size: [height, width], strides: [1, 1], dilation: [1, 1], padTop: 0, padLeft: 0 };
      return keep((x) => pool(x, whole, className === "GlobalMaxPooling2D" ? "max" : "mean"));
    }
    case "Flatten":
    case "Reshape":
      return keep((x) => x);
    case "ZeroPadding2D":
      return keep((x) => pad(x, layer, input.zeroPoint));
    // The scales differ: the numbers are added, then rounded to the scale of the sum.
    case "Add": {
      const real = (all: readonly Small[]) => all.map(numbersOf).reduce((sum, one) => sum.map((value, at) => value + one[at]!));
      return { name, className, inputs, ...output, real, run: (x) => ({ values: shrink(real(x), output), shape: outputShape, ...output }) };
    }
    default: {
      const alone = activationLayer(layer);
      if (alone === undefined) throw new RangeError(`unsupported layer: ${name} (${className}): integer inference knows dense, convolution, depthwise, pooling, flatten, reshape, zero padding, sums (Add), batch normalisation behind a linear layer, dropout and activations`);
      const real = ([x]: readonly Small[]) => activate(alone, numbersOf(x!));
      return { name, className, inputs, ...output, real, run: (x) => ({ values: shrink(real(x), output), shape: outputShape, ...output }) };
    }
  }
}

const numbersOf = ({ values, scale, zeroPoint }: Small): Float64Array => Float64Array.from(values, (q) => scale * (q - zeroPoint));

export const shrink = (values: ArrayLike<number>, { scale, zeroPoint }: { scale: number; zeroPoint: number }): Int8Array => Int8Array.from(values, (value) => clamp(roundHalfEven(value / scale) + zeroPoint, -128, 127));

interface Linear extends IntegerLayer {
  readonly quantised: Quantised;
}

function integers(layer: Folded, name: string, input: { scale: number; zeroPoint: number }, perChannel: boolean): Linear {
  const weight = weightOf(layer, name)!;
  const channels = layer.outputShape.at(-1)!;
  const products = layer.className === "DepthwiseConv2D" ? weight.shape[0]! * weight.shape[1]! : weight.values.length / channels;
  if (products > longest) throw new RangeError(`expected at most ${longest} products a sum in ${layer.name}, got ${products}: 32 bits could overflow`);
  // The channels of every kernel are its last axes, fastest: one axis of all of them.
  const shape = [weight.values.length / channels, channels];
  const quantised = quantise(weight.values, { mode: "symmetric", shape, axis: perChannel ? 1 : null });
  const unit = Float64Array.from({ length: channels }, (_, channel) => input.scale * quantised.scale[perChannel ? channel : 0]!);
  const real = weightOf(layer, "bias")?.values;
  const bias = Int32Array.from(unit, (one, channel) => {
    const steps = roundHalfEven((real?.[channel] ?? 0) / one);
    if (Math.abs(steps) > 2 ** 30) throw new RangeError(`expected a bias of ${layer.name} that fits beside its sums, got ${real![channel]} at channel ${channel}`);
    return steps;
  });
  return { kernel: quantised.values, bias, unit, zeroPoint: input.zeroPoint, channels, quantised };
}

function linearStep({ name, className, outputShape, inputs }: Folded, { quantised, bias, unit }: Linear, activation: string, output: { scale: number; zeroPoint: number }, sums: (x: Int8Array) => Int32Array): Step {
  const real = ([x]: readonly Small[]) => activate(activation, Float64Array.from(sums(x!.values), (sum, i) => sum * unit[i % unit.length]!), unit.length);
  // Where the activation is a cut, no real number is needed at all.
  const cut = activation === "linear" ? {} : activation === "relu" ? { least: output.zeroPoint } : activation === "relu6" ? { least: output.zeroPoint, most: clamp(roundHalfEven(6 / output.scale) + output.zeroPoint, -128, 127) } : undefined;
  const run = (x: readonly Small[]): Small => ({ values: cut ? requantise(sums(x[0]!.values), unit, output, cut) : shrink(real(x), output), shape: outputShape, ...output });
  return { name, className, inputs, kernel: quantised, bias, ...output, run, real };
}

function activate(name: string, values: Float64Array, last = values.length): Float64Array {
  switch (name) {
    case "linear": return values;
    case "relu": return values.map((value) => Math.max(0, value));
    case "relu6": return values.map((value) => clamp(value, 0, 6));
    case "sigmoid": return values.map((value) => 1 / (1 + Math.exp(-value)));
    case "tanh": return values.map(Math.tanh);
    case "softmax": {
      const answer = new Float64Array(values.length);
      for (let from = 0; from < values.length; from += last) {
        const row = values.subarray(from, from + last);
        const most = row.reduce((a, b) => Math.max(a, b), -Infinity);
        const powers = row.map((value) => Math.exp(value - most));
        const sum = powers.reduce((a, b) => a + b, 0);
        answer.set(powers.map((value) => value / sum), from);
      }
      return answer;
    }
    default: throw new RangeError(`unsupported activation: ${name} (known: linear, relu, relu6, sigmoid, tanh, softmax)`);
  }
}

function windowOf({ inputShape, outputShape, config }: Folded, size: readonly number[], depthwise: boolean): Window {
  const [height, width, depth] = inputShape as [number, number, number];
  const strides = (config["strides"] ?? size) as [number, number];
  const dilation = ((config["dilation_rate"] as number | number[] | undefined) ?? [1, 1]);
  const dilations = (typeof dilation === "number" ? [dilation, dilation] : dilation) as [number, number];
  if (config["data_format"] === "channels_first") throw new RangeError("expected channels last, got data_format channels_first");
  const filter: [number, number, number, number] = [size[0]!, size[1]!, depth, depthwise ? 1 : outputShape.at(-1)!];
  const { padInfo } = tf.backend_util.computeConv2DInfo([1, height, width, depth], filter, strides, dilations, config["padding"] as "same" | "valid", undefined, depthwise);
  return { input: [height, width, depth], output: outputShape as unknown as [number, number, number], size: [size[0]!, size[1]!], strides, dilation: dilations, padTop: padInfo.top, padLeft: padInfo.left };
}

function pad(x: Int8Array, { inputShape, outputShape, config }: Folded, zeroPoint: number): Int8Array {
  const [height, width, depth] = inputShape as [number, number, number];
  const [[top], [left]] = config["padding"] as [[number, number], [number, number]];
  const wide = new Int8Array(outputShape.reduce((a, b) => a * b, 1)).fill(zeroPoint);
  for (let row = 0; row < height; row++) wide.set(x.subarray(row * width * depth, (row + 1) * width * depth), ((row + top) * outputShape[1]! + left) * depth);
  return wide;
}
