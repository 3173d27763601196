import { known, nonNegative, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import type { OutputOption } from "../model/contract.js";
import type { DifferentiableModel, Examples, InputAttributions } from "./contract.js";
import { differentiable } from "./differentiable.js";
import { readExamples } from "./examples.js";
import { inputAttributions } from "./results.js";

export interface SaliencyOptions extends OutputOption {
  /** Sizes without signs; default true, as the method was published. */
  absolute?: boolean;
}

/**
 * How steeply the output changes with each input number, at the example itself (vanilla gradient). Says little where the model is flat: a
 * pixel that the answer rests on may have a slope of 0.
 *
 * @param x rows, or a tensor [examples, ...shape]
 * @see Simonyan et al. (2013), "Deep inside convolutional networks"; as captum.attr.Saliency
 * @example
 * const model = { predict: (rows: number[][]) => rows.map(([a, b]) => a * a - b), gradient: (rows: number[][]) => rows.map(([a]) => [2 * a, -1]) };
 * (await explain.saliency(model, [[3, 1]])).values // [[6, 1]]
 */
export async function saliency(model: DifferentiableModel, x: Examples, options: SaliencyOptions = {}): Promise<InputAttributions> {
  known(options, ["absolute", "output"]);
  const { values: flat, rows, width, shape } = readExamples(x);
  const { predict, gradient } = differentiable(model, width, options.output);
  const predictions = (await predict(flat, rows)).slice(0, rows);
  const slopes = await gradient(flat, rows);
  return inputAttributions(shape, width, options.absolute === false ? slopes : slopes.map(Math.abs), predictions);
}

export interface SmoothGradOptions extends SaliencyOptions {
  /** Standard deviation of the noise as a share of the example's range (largest - smallest number); default 0.15. */
  noise?: number;
  /** Noisy copies; default 25. */
  samples?: number;
  /** Default 0. */
  seed?: number;
}

/**
 * The mean gradient over noisy copies of the example: less speckled than `saliency`. With `absolute` (default true) the sizes of the mean.
 *
 * @param x as `saliency`
 * @throws `expected samples to be a whole number >= 1, got 0`
 * @see Smilkov et al. (2017), "SmoothGrad: removing noise by adding noise"
 * @example
 * const model = { predict: (rows: number[][]) => rows.map(([a, b]) => 3 * a - b), gradient: (rows: number[][]) => rows.map(() => [3, -1]) };
 * (await explain.smoothGrad(model, [[1, 0]], { absolute: false })).values // [[3.000, -1.000]]
 */
export async function smoothGrad(model: DifferentiableModel, x: Examples, options: SmoothGradOptions = {}): Promise<InputAttributions> {
  known(options, ["absolute", "output", "noise", "samples", "seed"]);
  const { values: flat, rows, width, shape } = readExamples(x);
  const noise = nonNegative({ noise: options.noise ?? 0.15 });
  const samples = whole({ samples: options.samples ?? 25 }, 1);
  const dice = random(options.seed ?? 0);
  const { predict, gradient } = differentiable(model, width, options.output);
  const predictions = (await predict(flat, rows)).slice(0, rows);
  const spread = Array.from({ length: rows }, (_, row) => {
    const one = flat.subarray(row * width, (row + 1) * width);
    return noise * (one.reduce((a, b) => Math.max(a, b)) - one.reduce((a, b) => Math.min(a, b)));
  });
  const sums = new Float64Array(flat.length);
  for (let sample = 0; sample < samples; sample++) {
    const slopes = await gradient(flat.map((value, at) => value + spread[Math.floor(at / width)] * dice.normal()), rows);
    for (let at = 0; at < sums.length; at++) sums[at] += slopes[at] / samples;
  }
  return inputAttributions(shape, width, options.absolute === false ? sums : sums.map(Math.abs), predictions);
}
