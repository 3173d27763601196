import assert from "node:assert/strict";
import { test } from "node:test";
import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { noTensorFlow, on, sample, tiersHere } from "../support.js";
import { assertSame, countCalls } from "./support.js";

const skip = noTensorFlow;

/** Two dense layers with the same weights everywhere. */
function dense(tf: TensorFlowJs, activation: "linear" | "relu" | "sigmoid"): LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 5, activation, inputShape: [7] }));
  model.add(tf.layers.dense({ units: 3 }));
  model.setWeights(model.getWeights().map(({ shape }, index) => sample(tf, shape, index)));
  return model;
}

for (const activation of ["linear", "relu", "sigmoid"] as const) {
  test(`dense layers with ${activation} predict and differentiate alike on every tier`, async () => {
    const work = (tf: TensorFlowJs) => {
      const model = dense(tf, activation);
      const x = sample(tf, [4, 7]);
      const results = [model.predict(x) as Tensor, tf.grad((input: Tensor) => tf.sum(tf.square(model.apply(input) as Tensor)))(x)];
      model.dispose();
      return results;
    };
    const expected = await on("cpu", work);
    for (const tier of tiersHere) assertSame(await on(tier, work), expected, 1e-5, `${activation} on ${tier}`);
  });
}

test("a convolution layer without activation has the JavaScript backend's gradients on every tier", async () => {
  const work = (tf: TensorFlowJs) => {
    const layer = tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [6, 6, 2] });
    const x = sample(tf, [2, 6, 6, 2]);
    layer.apply(x);
    layer.setWeights(layer.getWeights().map(({ shape }, index) => sample(tf, shape, index)));
    const gradient = tf.grad((input: Tensor) => tf.sum(tf.square(layer.apply(input) as Tensor)))(x);
    layer.dispose();
    return gradient;
  };
  const expected = await on("cpu", work);
  for (const tier of tiersHere) assertSame(await on(tier, work), expected, 1e-5, tier);
});

test("training a dense layer computes no gradient of its data and reshapes no matrix", { skip }, async () => {
  const calls = await countCalls((tf) => {
    const layer = tf.layers.dense({ units: 5, inputShape: [7] });
    const x = tf.fill([4, 7], 0.5);
    tf.dispose(layer.apply(x) as Tensor);
    const { value, grads } = tf.variableGrads(() => tf.sum(layer.apply(x) as Tensor), layer.trainableWeights.map((weight) => weight.read() as never));
    layer.dispose();
    return [x, value, ...Object.values(grads)];
  });
  // Twice forward, once for the weights.
  assert.equal(calls.operations.filter((name) => name === "BatchMatMulV2").length, 3);
  assert.equal(calls.operations.filter((name) => name === "Reshape").length, 1, "the sum's gradient, to a matrix of one number");
});
