import * as tf from "@tensorflow/tfjs";
import { say } from "../../../display/language.js";
import { known, shown } from "../../arguments.js";
import { showAs } from "../../label/show.js";
import { readGraph } from "../model/chain.js";
import { affineScale } from "./affine.js";
import { calibrate, type CalibrationOptions } from "./calibrate.js";
import { foldNormalisation } from "./fold.js";
import { makeStep, shrink, type Small, type Step } from "./steps.js";

export interface QuantiseModelOptions extends CalibrationOptions {
  /** A scale for each output channel of a kernel; default true. False: one a kernel. */
  perChannel?: boolean;
}

export interface QuantisedLayer {
  readonly name: string;
  readonly className: string;
  /** Of its output. */
  readonly scale: number;
  readonly zeroPoint: number;
  /** Integers of its kernel and 32-bit biases, with their scales. */
  readonly bytes: number;
}

export interface QuantisedModel {
  readonly layers: readonly QuantisedLayer[];
  /** Kernels as 8-bit integers, biases as 32-bit ones, scales as 32-bit floats. */
  readonly bytes: number;
  /** The same layers as 32-bit floats, normalisation included. */
  readonly bytesBefore: number;
  /** Answers by integer arithmetic: 8-bit numbers, 32-bit sums. Only the last activation is computed in real numbers. */
  predict(x: tf.Tensor): tf.Tensor;
  /** The 8-bit activations of every layer for one example, as a device would have them. */
  integers(example: tf.Tensor): readonly { readonly name: string; readonly values: Int8Array; readonly shape: readonly number[] }[];
  /** Kernel and bias as integers, by layer. */
  readonly weights: Readonly<Record<string, { readonly kernel: Int8Array; readonly kernelScale: Float64Array; readonly bias: Int32Array }>>;
}

/**
 * A trained network in 8-bit integers, without training: kernels symmetric (per output channel), activations affine with ranges that `data` shows, batch normalisation folded in. `predict` computes as a
 * phone's integer unit does, so its accuracy is the one to expect there; it is a simulation and slower than the model itself.
 *
 * @param model dense, convolution, depthwise, pooling, normalisation, activation, flatten and dropout layers, in a row or with sums (as MobileNetV2)
 * @param data some hundred typical inputs; ranges come from them, labels are not needed
 * @throws `expected layers that are used once, got dense_1 (Dense) with 2 uses`; `unsupported layer: lstm_1 (LSTM): ...`; `expected calibration data of shape [rows, 28, 28, 1], got [28, 28]`
 * @see Jacob et al. (2018), "Quantization and training of neural networks for efficient integer-arithmetic-only inference"
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 1, useBias: false, kernelInitializer: "ones" })] });
 * const small = compress.quantiseModel(model, tf.tensor2d([[0, 0], [1, 1.55]]));
 * small.predict(tf.tensor2d([[0.5, 0.25]])) // [0.75]
 * small.bytes // 10
 */
export function quantiseModel(model: tf.LayersModel, data: tf.Tensor, options: QuantiseModelOptions = {}): QuantisedModel {
  known(options, ["perChannel", "method", "inside", "batchSize"]);
  const { perChannel = true, ...calibration } = options;
  const chain = readGraph(model);
  checkInput(data, chain[0]!.inputShape, "calibration data");
  const ranges = calibrate(model, chain, data, calibration);
  const input = affineScale(ranges[0]![0], ranges[0]![1], { mode: "affine", qmin: -128, qmax: 127 });
  const steps: Step[] = [];
  for (const layer of foldNormalisation(chain)) steps.push(makeStep(layer, layer.inputs.map((at) => steps[at] ?? input), ranges[layer.at + 1]!, perChannel));
  if (steps.length === 0) throw new RangeError("expected a model with at least one layer that computes, got none");
  const outputShape = chain.at(-1)!.outputShape;

  const start = (values: Float32Array): Small => ({ values: shrink(values, input), shape: chain[0]!.inputShape, ...input });
  /** What each step gives, by place; at -1 the input. */
  function through(x: Small, some: readonly Step[]): Small[] {
    const states: Small[] = Object.assign([], { [-1]: x });
    some.forEach((step, at) => void (states[at] = step.run(step.inputs.map((input) => states[input]!))));
    return states;
  }
  function answer(values: Float32Array): ArrayLike<number> {
    const last = steps.at(-1)!;
    const states = through(start(values), steps.slice(0, -1));
    const given = last.inputs.map((at) => states[at]!);
    if (last.real) return last.real(given);
    const { values: small, scale, zeroPoint } = last.run(given);
    return Float64Array.from(small, (q) => scale * (q - zeroPoint));
  }
  const rows = steps.map(({ name, className, scale, zeroPoint, kernel, bias }) => Object.freeze({ name, className, scale, zeroPoint, bytes: kernel ? kernel.values.length + 4 * kernel.scale.length + 4 * bias!.length : 0 }));
  const result: QuantisedModel = {
    layers: Object.freeze(rows),
    // The input's and each output's scale and zero point: 4 bytes and 1.
    bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0),
    bytesBefore: chain.reduce((sum, { weights }) => sum + weights.reduce((inner, { values }) => inner + 4 * values.length, 0), 0),
    predict(x) {
      checkInput(x, chain[0]!.inputShape, "x");
      const values = x.dataSync<"float32">();
      const width = chain[0]!.inputShape.reduce((a, b) => a * b, 1);
      const count = x.shape[0]!;
      const size = outputShape.reduce((a, b) => a * b, 1);
      const all = new Float32Array(count * size);
      for (let row = 0; row < count; row++) all.set(answer(Float32Array.from(values.subarray(row * width, (row + 1) * width))), row * size);
      return tf.tensor(all, [count, ...outputShape]);
    },
    integers(example) {
      const shape = chain[0]!.inputShape;
      const one = example.shape.length === shape.length + 1 && example.shape[0] === 1 ? example.shape.slice(1) : example.shape;
      if (one.join() !== shape.join()) throw new RangeError(`expected example of shape [${shape.join(", ")}], got [${example.shape.join(", ")}]`);
      const x = start(example.dataSync<"float32">());
      const states = through(x, steps);
      return Object.freeze([{ name: "input", values: x.values, shape: x.shape }, ...steps.map(({ name }, at) => ({ name, values: states[at]!.values, shape: states[at]!.shape }))]);
    },
    weights: Object.freeze(Object.fromEntries(steps.flatMap(({ name, kernel, bias }) => (kernel ? [[name, Object.freeze({ kernel: kernel.values, kernelScale: kernel.scale, bias: bias! })]] : [])))),
  };
  return showAs(result, () => rows, () => say(`${result.bytesBefore.toLocaleString("en-US")} bytes became ${result.bytes.toLocaleString("en-US")}`, `从 ${result.bytesBefore.toLocaleString("en-US")} 字节变为 ${result.bytes.toLocaleString("en-US")} 字节`));
}

function checkInput(x: tf.Tensor, shape: readonly number[], what: string): void {
  if (!Array.isArray(x?.shape)) throw new TypeError(`expected ${what} as a tensor, got ${shown(x)}`);
  if (x.shape.slice(1).join() !== shape.join() || x.shape.length !== shape.length + 1) throw new RangeError(`expected ${what} of shape [rows, ${shape.join(", ")}], got [${x.shape.join(", ")}]`);
}
