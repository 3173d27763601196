import type { LayersModel, Tensor, Tensor2D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { random } from "../../../../kernel/helpers/data/random.js";

/** Values that are the same in every run. */
export function noise(tf: TensorFlowJs, shape: number[], seed = 1): Tensor {
  const { normal } = random(seed);
  return tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, normal), shape);
}

/** Two kinds of pictures of 8 x 8: a bar that stands, a bar that lies; one-hot labels. */
export function bars(tf: TensorFlowJs, count: number, seed = 1): { x: Tensor; y: Tensor2D } {
  const draw = random(seed);
  const values = new Float32Array(count * 64);
  const labels: number[] = [];
  for (let at = 0; at < count; at++) {
    const [kind, place] = [draw.integer(0, 1), draw.integer(0, 7)];
    for (let pixel = 0; pixel < 64; pixel++) values[at * 64 + pixel] = ((kind === 0 ? pixel % 8 : Math.floor(pixel / 8)) === place ? 1 : 0) + 0.15 * draw.normal();
    labels.push(kind);
  }
  return tf.tidy(() => ({ x: tf.tensor(values, [count, 8, 8, 1]), y: tf.cast(tf.oneHot(tf.tensor1d(labels, "int32"), 2), "float32") as Tensor2D }));
}

/** Weights from a seed: layers draw theirs anew in each run. With this one the answers lie far apart; with some, all pictures get nearly the same. */
export function settle(tf: TensorFlowJs, model: LayersModel, seed = 17): LayersModel {
  tf.tidy(() => model.setWeights(model.getWeights().map((weight, at) => {
    const size = weight.shape.length > 1 ? Math.sqrt(2 / (weight.size / weight.shape.at(-1)!)) : 0.1;
    const drawn = tf.mul(noise(tf, weight.shape, seed + at), size);
    return model.weights[at]!.name.includes("variance") ? tf.add(tf.abs(drawn), 0.5) : drawn;
  })));
  return model;
}

export function network(tf: TensorFlowJs): LayersModel {
  return settle(tf, tf.sequential({ layers: [
    tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 6, kernelSize: 3, padding: "same", useBias: false, name: "conv_a" }), tf.layers.batchNormalization({ name: "norm_a" }), tf.layers.reLU(),
    tf.layers.maxPooling2d({ poolSize: 2 }),
    tf.layers.depthwiseConv2d({ kernelSize: 3, padding: "same", name: "deep" }), tf.layers.conv2d({ filters: 8, kernelSize: 1, activation: "relu", name: "conv_b" }),
    tf.layers.flatten(), tf.layers.dropout({ rate: 0.1 }), tf.layers.dense({ units: 10, activation: "relu", name: "dense_a" }), tf.layers.dense({ units: 2, name: "logits" }),
  ] }));
}

export const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0);
