import assert from "node:assert/strict";
import type { Tensor, Tensor2D, Variable } from "@tensorflow/tfjs";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import { sample, tiersHere } from "../../engine/support.js";

const quiet = { progress: false } as const;

for (const tier of tiersHere.filter((name) => name !== "cpu")) {
  test(`nn.fit on the ${tier} tier trains a hand-written model and a layers model, compiled as not compiled, and leaves no tensor behind`, async () => {
    const { tf } = await loadEngine({ tier });
    const x = sample(tf, [50, 3], 1);
    const y = tf.tidy(() => tf.add(tf.matMul(x as Tensor2D, tf.tensor2d([[1], [-2], [0.5]])), 0.3));
    const train = async (compile: boolean) => {
      const [w, b] = [[3, 1], [1]].map((shape) => tf.tidy(() => tf.variable(tf.zeros(shape)))) as [Variable, Variable];
      const optimizer = tf.train.adam(0.05);
      const model = { predict: (x: Tensor) => tf.add(tf.matMul(x as Tensor2D, w as never), b), variables: [w, b] };
      const result = await nn.fit(model, { x, y }, { ...quiet, loss: tf.losses.meanSquaredError, optimizer, epochs: 30, batchSize: 16, validation: 0.2, compile, metrics: { mae: tf.losses.absoluteDifference } });
      const values = [...w.dataSync(), ...b.dataSync()];
      tf.dispose([w, b]);
      optimizer.dispose();
      return { ...result, values };
    };
    await train(true);
    const before = tf.memory().numTensors;
    const [fast, plain] = [await train(true), await train(false)];
    assert.equal(tf.memory().numTensors, before);
    assert.deepEqual(Object.keys(fast.history), ["loss", "mae", "val_loss", "val_mae"]);
    fast.values.forEach((value, at) => assert.ok(Math.abs(value - plain.values[at]!) < 1e-5, `${value} ${plain.values[at]}`));
    assert.ok(fast.history["val_loss"]!.at(-1)! < 0.1 * fast.history["val_loss"]![0]!);

    const layers = tf.sequential({ layers: [tf.layers.dense({ units: 8, activation: "relu", inputShape: [3] }), tf.layers.dropout({ rate: 0.1 }), tf.layers.dense({ units: 1 })] });
    const { history } = await nn.fit(layers, { x, y }, { ...quiet, loss: tf.losses.meanSquaredError, optimizer: tf.train.adam(0.02), epochs: 15, batchSize: 16 });
    assert.ok(history["loss"]!.at(-1)! < history["loss"]![0]!);
    tf.dispose([x, y]);
  });
}

test("training stops early when the loss no longer falls, and when the caller asks; the same seed gives the same run", async () => {
  const { tf } = await loadEngine({ tier: "wasm" });
  const data = { x: tf.ones([8, 1]), y: tf.ones([8, 1]) };
  const run = (options: Partial<nn.FitOptions>) => {
    const w = tf.variable(tf.ones([1, 1]));
    return nn.fit({ predict: (x: Tensor) => tf.matMul(x as Tensor2D, w as never), variables: [w] }, data, { ...quiet, loss: tf.losses.meanSquaredError, optimizer: tf.train.sgd(0.1), epochs: 20, ...options });
  };
  assert.deepEqual(await run({ earlyStopping: { patience: 2 } }).then(({ epochs, stopped }) => [epochs, stopped]), [3, "early"]);
  assert.deepEqual(await run({ onEpoch: (epoch) => epoch < 5 }).then(({ epochs, stopped }) => [epochs, stopped]), [5, "asked"]);
  assert.deepEqual((await run({ seed: 3 })).history, (await run({ seed: 3 })).history);
});

test("wrong arguments and a loss that is not a number are named", async () => {
  const { tf } = await loadEngine({ tier: "wasm" });
  const w = tf.variable(tf.ones([1, 1]));
  const model = { predict: (x: Tensor) => tf.matMul(x as Tensor2D, w as never), variables: [w] };
  const options = { ...quiet, loss: tf.losses.meanSquaredError, optimizer: tf.train.sgd(1e20) };
  await assert.rejects(nn.fit(model, { x: tf.ones([4, 1]), y: tf.ones([3, 1]) }, options), /expected y with 4 rows like x, got 3/);
  await assert.rejects(nn.fit(model, { x: tf.ones([4, 1]), y: tf.zeros([4, 1]) }, { ...options, epochs: 0 }), /expected epochs to be a whole number >= 1, got 0/);
  await assert.rejects(nn.fit(model, { x: tf.ones([4, 1]), y: tf.zeros([4, 1]) }, { ...options, rate: 1 } as never), /unknown option: rate/);
  await assert.rejects(nn.fit(model, { x: tf.ones([4, 1]), y: tf.zeros([4, 1]) }, options), /expected loss to be finite, got (NaN|Infinity) in epoch \d+: lower the learning rate/);
  await assert.rejects(nn.fit(model, { x: tf.ones([1, 1]), y: tf.zeros([1, 1]) }, { ...options, validation: 1 }), /expected at least 1 row to train on, got 0 of 1/);
});
