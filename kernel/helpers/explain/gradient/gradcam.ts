import type * as tfTypes from "@tensorflow/tfjs";
import { known } from "../../arguments.js";
import type { OutputOption } from "../model/contract.js";
import { isLayersModel, pick } from "../model/predictor.js";
import type { Examples, InputAttributions } from "./contract.js";
import { readExamples } from "./examples.js";
import { findLayer, interceptLayer } from "./intercept.js";
import { inputAttributions } from "./results.js";

export interface GradCamOptions extends OutputOption {
  /** Name of the layer whose maps are weighted. Default: the last one that gives [height, width, channels]. */
  layer?: string;
  /** Only what speaks for the class; default true. */
  relu?: boolean;
}

/**
 * Where a convolutional network looked: the maps of a layer, each weighted by the mean gradient of the output with respect to it,
 * summed, cut at 0 and enlarged (bilinear) to the picture. As coarse as the layer is.
 *
 * @param x a tensor [pictures, height, width, channels], or flat rows
 * @returns `shape` [height, width] of the input
 * @throws `unknown layer: NAME (known: ...)`; a layer without [height, width, channels]
 * @see Selvaraju et al. (2017), "Grad-CAM: visual explanations from deep networks"
 * @example
 * const model = tf.sequential({ layers: [tf.layers.conv2d({ inputShape: [2, 2, 1], filters: 1, kernelSize: 1, kernelInitializer: "ones" }), tf.layers.flatten(), tf.layers.dense({ units: 1, kernelInitializer: "ones" })] });
 * (await explain.gradCam(model, tf.tensor4d([0, 1, 2, 3], [1, 2, 2, 1]))).values // [[0.0, 1.0, 2.0, 3.0]]
 */
export async function gradCam(model: tfTypes.LayersModel, x: Examples, options: GradCamOptions = {}): Promise<InputAttributions> {
  known(options, ["layer", "relu", "output"]);
  if (!isLayersModel(model)) throw new TypeError("expected model to be a LayersModel: Grad-CAM looks inside");
  const { values: flat, rows, width } = readExamples(x);
  const shape = model.inputs[0].shape.slice(1).map(Number);
  if (shape.length !== 3 || shape.reduce((a, b) => a * b, 1) !== width) throw new RangeError(`expected pictures of ${shape.join(" x ")} numbers like the model's input, got ${width} numbers`);
  const column = pick(options.output, model.outputs[0].shape.slice(1).reduce((a: number, b) => a * Number(b), 1));
  const name = options.layer ?? model.layers.filter((layer) => Array.isArray(layer.outputShape) && layer.outputShape.length === 4).at(-1)?.name;
  if (name === undefined) throw new RangeError("expected a model with a layer that gives [height, width, channels], got none");
  const map = findLayer(model, name).outputShape;
  if (map.length !== 4) throw new RangeError(`expected layer ${name} to give [height, width, channels], got [${map.slice(1).join(", ")}]`);
  const tf = await import("@tensorflow/tfjs");
  const [cam, answers] = tf.tidy(() => {
    const input = tf.tensor(new Float32Array(flat), [rows, ...shape]);
    let maps: tfTypes.Tensor | undefined;
    let outputs: tfTypes.Tensor | undefined;
    // The gradient with respect to a 0 that is added to the maps is the gradient with respect to the maps.
    const run = (zero: tfTypes.Tensor) => interceptLayer(model, name, (answer) => {
      maps?.dispose();
      maps = tf.keep(answer.clone());
      return answer.add(zero);
    }, () => {
      const answer = (model.apply(input, { training: false }) as tfTypes.Tensor).reshape([rows, -1]).slice([0, column], [rows, 1]);
      outputs = tf.keep(answer.clone());
      return answer.sum();
    });
    const slopes = tf.grad(run)(tf.zeros([rows, ...(map as number[]).slice(1)]));
    const weights = slopes.mean([1, 2], true);
    const sum = maps!.mul(weights).sum(-1, true) as tfTypes.Tensor4D;
    const seen = (options.relu === false ? sum : sum.relu()) as tfTypes.Tensor4D;
    const result = tf.image.resizeBilinear(seen, [shape[0], shape[1]], false, true);
    tf.dispose([maps!]);
    return [result, outputs!];
  });
  try {
    return inputAttributions(shape.slice(0, 2), shape[0] * shape[1], Float64Array.from(await cam.data()), Float64Array.from(await answers.data()));
  } finally {
    tf.dispose([cam, answers]);
  }
}
