import assert from "node:assert/strict";
import { test } from "node:test";
import { loadEngine } from "../../../../../kernel/engine/index.js";
import { privacy, sample } from "./support.js";

const { tf } = await loadEngine({ tier: "wasm" });

test("on WebAssembly a convolutional network and one over words train privately, leave nothing in memory, and learn", async () => {
  const labels = tf.tensor1d(Array.from({ length: 120 }, (_, at) => at % 2));
  const shift = (shape: number[]) => labels.reshape([120, ...shape.map(() => 1)]).mul(2).sub(1);
  const images = sample(tf, [120, 6, 6, 1]).add(shift([6, 6, 1]));
  const words = tf.tensor2d(Array.from({ length: 120 * 5 }, (_, at) => 2 * (at % 4) + (Math.floor(at / 5) % 2)), [120, 5], "int32");
  const networks = [
    { x: images, model: tf.sequential({ layers: [tf.layers.conv2d({ filters: 4, kernelSize: 3, activation: "relu", inputShape: [6, 6, 1] }), tf.layers.maxPooling2d({ poolSize: 2 }), tf.layers.flatten(), tf.layers.dense({ units: 1, activation: "sigmoid" })] }) },
    { x: words, model: tf.sequential({ layers: [tf.layers.embedding({ inputDim: 8, outputDim: 4, inputLength: 5 }), tf.layers.globalAveragePooling1d({}), tf.layers.layerNormalization(), tf.layers.dense({ units: 1, activation: "sigmoid" })] }) },
  ];
  const y = labels.reshape([120, 1]);
  for (const { x, model } of networks) {
    const before = tf.memory().numTensors;
    const { epsilon } = await privacy.fit(model, { x, y }, { loss: "binaryCrossentropy", epsilon: 8, delta: 1e-3, epochs: 12, batchSize: 30, optimizer: "adam", learningRate: 0.05, unsafeSeed: 4, progress: false });
    assert.equal(tf.memory().numTensors, before);
    assert.ok(epsilon <= 8);
    const right = tf.tidy(() => (model.predict(x) as typeof y).greater(0.5).toFloat().equal(y).mean().dataSync()[0]!);
    assert.ok(right > 0.85, `${model.layers[0]!.name}: ${right}`);
  }
});
