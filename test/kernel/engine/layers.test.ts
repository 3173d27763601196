import assert from "node:assert/strict";
import type { layers, LayersModel, Tensor } from "@tensorflow/tfjs";

import { test } from "node:test";
import type { TensorFlowJs } from "../../../kernel/engine/contract.js";
import { compile } from "../../../kernel/engine/compile/public.js";
import { loadEngine } from "../../../kernel/engine/index.js";
import { assertClose, noTensorFlow, on, sample, tiersHere } from "./support.js";

type Layer = layers.Layer;

/** Every layer the curriculum trains, with the shape of one example. */
const models: Record<string, { shape: number[]; make: (tf: TensorFlowJs) => Layer[]; integers?: number }> = {
  dense: { shape: [6], make: ({ layers }) => [layers.dense({ units: 5, activation: "relu" }), layers.dense({ units: 3, activation: "softmax" })] },
  "conv2d with stride": { shape: [8, 8, 2], make: ({ layers }) => [layers.conv2d({ filters: 3, kernelSize: 3, strides: 2, padding: "same", activation: "tanh" }), layers.flatten()] },
  "conv2d with dilation": { shape: [8, 8, 2], make: ({ layers }) => [layers.conv2d({ filters: 3, kernelSize: 3, dilationRate: 2 }), layers.flatten()] },
  conv1d: { shape: [9, 4], make: ({ layers }) => [layers.conv1d({ filters: 3, kernelSize: 3, strides: 2, padding: "same" }), layers.globalAveragePooling1d()] },
  "transposed convolution": { shape: [4, 4, 2], make: ({ layers }) => [layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: "same" }), layers.flatten()] },
  "depthwise convolution": { shape: [7, 7, 2], make: ({ layers }) => [layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, strides: 2, padding: "same" }), layers.flatten()] },
  "separable convolution": { shape: [7, 7, 3], make: ({ layers }) => [layers.separableConv2d({ filters: 4, kernelSize: 3, padding: "same" }), layers.flatten()] },
  "max pooling": { shape: [6, 6, 2], make: ({ layers }) => [layers.conv2d({ filters: 2, kernelSize: 3 }), layers.maxPooling2d({ poolSize: 2 }), layers.flatten()] },
  "average pooling with padding": { shape: [5, 5, 2], make: ({ layers }) => [layers.conv2d({ filters: 2, kernelSize: 2 }), layers.averagePooling2d({ poolSize: 3, strides: 2, padding: "same" }), layers.flatten()] },
  embedding: { shape: [7], integers: 9, make: ({ layers }) => [layers.embedding({ inputDim: 9, outputDim: 4 }), layers.flatten(), layers.dense({ units: 2 })] },
  "layer normalization": { shape: [6], make: ({ layers }) => [layers.dense({ units: 5 }), layers.layerNormalization()] },
  "batch normalization": { shape: [6], make: ({ layers }) => [layers.dense({ units: 5 }), layers.batchNormalization()] },
  LSTM: { shape: [5, 3], make: ({ layers }) => [layers.lstm({ units: 4 }), layers.dense({ units: 2 })] },
  "stacked GRU": { shape: [5, 3], make: ({ layers }) => [layers.gru({ units: 4, returnSequences: true }), layers.simpleRNN({ units: 3 })] },
  "leaky and exponential units": { shape: [6], make: ({ layers }) => [layers.dense({ units: 5 }), layers.leakyReLU(), layers.dense({ units: 4, activation: "elu" }), layers.dense({ units: 4, activation: "selu" }), layers.prelu()] },
};

/** Loss, gradient for the input where it is numeric, and gradients for all weights. */
function gradients(tf: TensorFlowJs, name: string): Tensor[] {
  const { step, x } = prepare(tf, name);
  return step(x);
}

/** A model with its weights set, and what computes loss and gradients on it. */
function prepare(tf: TensorFlowJs, name: string): { step(x: Tensor): Tensor[]; x: Tensor } {
  const { shape, make, integers } = models[name]!;
  const layers = make(tf);
  const model = tf.sequential();
  layers.forEach((layer, index) => model.add(index === 0 ? withShape(tf, layer, shape) : layer));
  setWeights(tf, model);
  const x = integers ? tf.floor(tf.mul(tf.abs(sample(tf, [4, ...shape])), integers)) : sample(tf, [4, ...shape]);
  const target = sample(tf, [4, ...model.outputShape.slice(1) as number[]], 3);
  const step = (x: Tensor): Tensor[] => {
    const loss = () => tf.losses.meanSquaredError(target, model.apply(x, { training: true }) as Tensor).asScalar();
    const { value, grads } = tf.variableGrads(loss);
    const weights = model.trainableWeights.map((weight) => grads[(weight.read() as unknown as { name: string }).name] ?? grads[weight.name]!);
    return [value, ...weights];
  };
  return { step, x };
}

function withShape(tf: TensorFlowJs, layer: Layer, shape: number[]): Layer {
  const config = { ...layer.getConfig(), batchInputShape: [null, ...shape] };
  return new (layer.constructor as new (options: object) => Layer)(config);
}

function setWeights(tf: TensorFlowJs, model: LayersModel): void {
  model.setWeights(model.getWeights().map((weight, index) => {
    const values = tf.mul(sample(tf, weight.shape, index + 5), 0.5);
    // Variances must be positive.
    return weight.shape.length === 1 ? tf.abs(values) : values;
  }));
}

for (const tier of tiersHere.filter((name) => name !== "cpu")) {
  for (const name of Object.keys(models)) {
    test(`the gradients of ${name} on the ${tier} tier equal those of the JavaScript backend`, async () => {
      assertClose(await on(tier, (tf) => gradients(tf, name)), await on("cpu", (tf) => gradients(tf, name)), 1e-4, name);
    });
  }
}

for (const name of Object.keys(models)) {
  test(`the loss and gradients of ${name}, compiled, equal the eager ones within 1e-6`, { skip: noTensorFlow }, async () => {
    const { tf } = await loadEngine({ tier: "tensorflow" });
    const { step, x } = prepare(tf, name);
    const compiled = compile(step);
    for (let call = 0; call < 6; call++) {
      const read = (tensors: Tensor[]): number[][] => tensors.map((tensor) => Array.from(tensor.dataSync()));
      assertClose(read(compiled(x)), read(step(x)), 1e-6, `${name}, call ${call}`);
    }
    assert.equal(compiled.variants[0]!.mode, "graph");
  });
}
