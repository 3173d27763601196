import * as tf from "@tensorflow/tfjs";
import type { SafeTensor } from "../../nn/training/checkpoint/safetensors.js";
import { blocks, firstFilters, lastFilters } from "./blocks.js";

/**
 * MobileNetV2 without a head: pictures [n, size, size, 3] from -1 to 1 to maps [n, size / 32, size / 32, 1280], rounded up. Normalisation is folded into the
 * convolutions, so each has a bias and there is nothing whose statistics could drift.
 *
 * @param tensors `NAME/kernel` ([height, width, in, out]; depthwise [height, width, channels, 1]) and `NAME/bias` of each convolution
 * @throws `expected weights of Conv_1 of shape [1,1,320,1280], got none`
 */
export function mobileNetBackbone(tensors: readonly SafeTensor[], size: number): tf.LayersModel {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const filled: tf.layers.Layer[] = [];
  // Zeros, and not random numbers that would be thrown away at once.
  const start = { kernelInitializer: "zeros", depthwiseInitializer: "zeros", padding: "same", useBias: true } as const;
  const relu6 = (x: tf.SymbolicTensor, name: string) => tf.layers.reLU({ maxValue: 6, name: `${name}/relu6` }).apply(x) as tf.SymbolicTensor;
  function convolve(x: tf.SymbolicTensor, layer: tf.layers.Layer, active: boolean): tf.SymbolicTensor {
    filled.push(layer);
    const y = layer.apply(x) as tf.SymbolicTensor;
    return active ? relu6(y, layer.name) : y;
  }
  const conv = (x: tf.SymbolicTensor, name: string, filters: number, active: boolean, kernelSize = 1, strides = 1) => convolve(x, tf.layers.conv2d({ ...start, name, filters, kernelSize, strides }), active);

  const input = tf.input({ shape: [size, size, 3], name: "picture" });
  let state = conv(input, "Conv", firstFilters, true, 3, 2);
  for (const { name, expand, filters, strides } of blocks) {
    const channels = state.shape[3]!;
    let inner = expand > 1 ? conv(state, `${name}/expand`, channels * expand, true) : state;
    inner = convolve(inner, tf.layers.depthwiseConv2d({ ...start, name: `${name}/depthwise`, kernelSize: 3, strides }), true);
    inner = conv(inner, `${name}/project`, filters, false);
    state = strides === 1 && channels === filters ? (tf.layers.add({ name: `${name}/add` }).apply([state, inner]) as tf.SymbolicTensor) : inner;
  }
  const model = tf.model({ inputs: input, outputs: conv(state, "Conv_1", lastFilters, true), name: "mobilenet-v2" });
  for (const layer of filled) {
    tf.tidy(() => layer.setWeights(layer.weights.map(({ shape }, at) => {
      const found = byName.get(`${layer.name}/${at === 0 ? "kernel" : "bias"}`);
      if (found?.shape.join() !== shape.join()) throw new RangeError(`expected weights of ${layer.name} of shape [${shape}], got ${found ? `[${found.shape}]` : "none"}`);
      return tf.tensor(found.values as Float32Array, [...found.shape]);
    })));
  }
  return model;
}
