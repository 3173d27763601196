import assert from "node:assert/strict";
import { test } from "node:test";
import type * as tf from "@tensorflow/tfjs";
import type { LayersModel, Tensor, Variable } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../../../kernel/engine/contract.js";
import { loadEngine } from "../../../../../kernel/engine/index.js";
import * as data from "../../../../../kernel/helpers/data/index.js";
import { tiersHere } from "../../../engine/support.js";
import { assertLikeLoop, privacy, sample } from "./support.js";

interface Case {
  model(tf: TensorFlowJs): LayersModel;
  batch(tf: TensorFlowJs): { x: Tensor; y: Tensor };
  loss: privacy.LossName;
}

const ids = (tf: TensorFlowJs, shape: number[], most: number): Tensor => tf.tensor(Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => (at * at + 3) % most), shape, "int32");
const onehot = (tf: TensorFlowJs, count: number, classes: number): Tensor => tf.oneHot(ids(tf, [count], classes).toInt() as never, classes).toFloat();

const cases: Record<string, Case> = {
  "dense layers with softmax": {
    model: (tf) => tf.sequential({ layers: [tf.layers.dense({ units: 5, activation: "tanh", inputShape: [4] }), tf.layers.dropout({ rate: 0 }), tf.layers.dense({ units: 3, activation: "softmax" })] }),
    batch: (tf) => ({ x: sample(tf, [6, 4]), y: onehot(tf, 6, 3) }), loss: "categoricalCrossentropy",
  },
  "dense layers over many and few positions, layer norm, no biases": {
    model: (tf) => tf.sequential({ layers: [tf.layers.dense({ units: 12, useBias: false, inputShape: [3, 9] }), tf.layers.layerNormalization(), tf.layers.dense({ units: 2, activation: "relu" }), tf.layers.flatten(), tf.layers.dense({ units: 2 })] }),
    batch: (tf) => ({ x: sample(tf, [4, 3, 9]), y: sample(tf, [4, 2]) }), loss: "meanSquaredError",
  },
  "strided, separable and depthwise convolutions": {
    model: (tf) => tf.sequential({ layers: [
      tf.layers.conv2d({ filters: 3, kernelSize: [3, 2], strides: 2, padding: "same", activation: "tanh", inputShape: [7, 6, 2] }), tf.layers.separableConv2d({ filters: 4, kernelSize: 2 }),
      tf.layers.depthwiseConv2d({ kernelSize: 2, depthMultiplier: 2 }), tf.layers.flatten(), tf.layers.dense({ units: 2 }),
    ] }),
    batch: (tf) => ({ x: sample(tf, [4, 7, 6, 2]), y: sample(tf, [4, 2]) }), loss: "meanSquaredError",
  },
  "convolutions over one and three axes": {
    model: (tf) => tf.sequential({ layers: [
      tf.layers.conv3d({ filters: 2, kernelSize: 2, inputShape: [4, 3, 3, 2] }), tf.layers.reshape({ targetShape: [12, 2] }),
      tf.layers.conv1d({ filters: 3, kernelSize: 3, strides: 2, activation: "tanh" }), tf.layers.globalAveragePooling1d({}), tf.layers.dense({ units: 1, activation: "sigmoid" }),
    ] }),
    batch: (tf) => ({ x: sample(tf, [3, 4, 3, 3, 2]), y: tf.tensor2d([[0], [1], [1]]) }), loss: "binaryCrossentropy",
  },
  "embedding with repeated ids and an LSTM": {
    model: (tf) => tf.sequential({ layers: [tf.layers.embedding({ inputDim: 5, outputDim: 3, inputLength: 6 }), tf.layers.lstm({ units: 3 }), tf.layers.dense({ units: 2 })] }),
    batch: (tf) => ({ x: ids(tf, [4, 6], 5), y: sample(tf, [4, 2]) }), loss: "meanSquaredError",
  },
  "GRU, simple RNN and both directions": {
    model: (tf) => tf.sequential({ layers: [
      tf.layers.gru({ units: 3, returnSequences: true, inputShape: [4, 2] }), tf.layers.bidirectional({ layer: tf.layers.lstm({ units: 2, returnSequences: true }) as never, mergeMode: "concat" }),
      tf.layers.simpleRNN({ units: 3, goBackwards: true }), tf.layers.dense({ units: 2 }),
    ] }),
    batch: (tf) => ({ x: sample(tf, [3, 4, 2]), y: sample(tf, [3, 2]) }), loss: "meanSquaredError",
  },
  "a graph with a shared layer, a branch and a nested model": {
    model(tf) {
      const input = tf.input({ shape: [4] });
      const shared = tf.layers.dense({ units: 4, activation: "tanh" });
      const once = shared.apply(input) as tf.SymbolicTensor;
      const twice = shared.apply(once) as tf.SymbolicTensor;
      const inner = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [4] }), tf.layers.leakyReLU()] });
      const joined = tf.layers.add().apply([inner.apply(once) as tf.SymbolicTensor, twice]) as tf.SymbolicTensor;
      return tf.model({ inputs: input, outputs: tf.layers.dense({ units: 3, activation: "softmax" }).apply(joined) as tf.SymbolicTensor });
    },
    batch: (tf) => ({ x: sample(tf, [5, 4]), y: onehot(tf, 5, 3) }), loss: "categoricalCrossentropy",
  },
};
for (const tier of tiersHere.filter((one) => one !== "cpu")) {
  for (const [name, { model: make, batch: data_, loss }] of Object.entries(cases)) {
    test(`${tier}: norms and clipped sums of ${name} are those of one backward pass an example, and nothing is left in memory`, async () => {
      const { tf } = await loadEngine({ tier });
      const model = make(tf);
      const batch = data_(tf);
      const before = tf.memory().numTensors;
      assertLikeLoop(tf, model, batch, loss, name, /LSTM|GRU/.test(name) ? 5e-5 : 1e-5);
      assert.equal(tf.memory().numTensors, before);
      model.dispose();
      tf.dispose([batch.x, batch.y]);
    });
  }
}

for (const tier of tiersHere.filter((one) => one !== "cpu")) test(`${tier}: twelve random networks of dense layers, convolutions, norms, tied and low-rank weights agree with the loop to 1e-5`, async () => {
  const { tf } = await loadEngine({ tier });
  const start = tf.memory().numTensors;
  for (let seed = 1; seed <= 12; seed++) {
    const random = data.random(seed);
    const variables: Record<string, Variable> = {};
    const make = (name: string, shape: number[]): Variable => (variables[name] = tf.tidy(() => tf.variable(sample(tf, shape, seed + Object.keys(variables).length), random.uniform() < 0.8)));
    const [time, width] = [random.integer(1, 6), 2 * random.integer(1, 4)];
    const steps = Array.from({ length: random.integer(1, 4) }, (_, at): ((layers: privacy.Layers, x: Tensor) => Tensor) => {
      switch (random.integer(0, 6)) {
        case 0: { const [w, b] = [make(`${at}.w`, [width, width]), make(`${at}.b`, [width])]; return (layers, x) => tf.tanh(layers.dense(x, w, b)); }
        case 1: { const w = make(`${at}.w`, [random.integer(1, 3), width, width]); return (layers, x) => layers.conv(x, w, undefined, { padding: "same", dilations: 1 }); }
        case 2: { const [gamma, beta] = [make(`${at}.gamma`, [width]), make(`${at}.beta`, [width])]; return (layers, x) => layers.layerNorm(x, { gamma, beta }); }
        case 3: { const [gamma, beta] = [make(`${at}.gamma`, [width]), make(`${at}.beta`, [width])]; return (layers, x) => layers.groupNorm(x, { gamma, beta }, { groups: 2 }); }
        case 4: { const [kernel, a, b] = [make(`${at}.k`, [width, width]), make(`${at}.a`, [width, 2]), make(`${at}.low`, [2, width])]; return (layers, x) => layers.lora(x, { kernel, a, b, alpha: 3 }); }
        case 5: { const w = make(`${at}.w`, [width, width]); return (layers, x) => tf.tanh(layers.tiedLogits(layers.dense(x, w), w)); }
        default: { const [table, scale] = [make(`${at}.places`, [8, width]), make(`${at}.scale`, [1, width])]; return (layers, x) => layers.positions(x, table).mul(layers.perExample(x, scale)); }
      }
    });
    const head = make("head.w", [width, 2]);
    head.trainable = true;
    const model = privacy.tapped({ variables, forward: (layers, x) => tf.mean(layers.dense(steps.reduce((h, step) => step(layers, h), x), head), 1) });
    const batch = { x: sample(tf, [random.integer(1, 5), time, width], seed), y: sample(tf, [1, 2], seed + 9) };
    const y = tf.tile(batch.y, [batch.x.shape[0]!, 1]);
    assertLikeLoop(tf, model, { x: batch.x, y }, "meanSquaredError", `network ${seed}`);
    tf.dispose([batch.x, batch.y, y, ...Object.values(variables)]);
  }
  assert.equal(tf.memory().numTensors, start);
});

test("frozen layers cost nothing and change nothing: only what is trained has a norm", async () => {
  const { tf } = await loadEngine();
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 4, activation: "relu", inputShape: [3], trainable: false }), tf.layers.dense({ units: 2, name: "head" })] });
  const batch = { x: sample(tf, [4, 3]), y: sample(tf, [4, 2]) };
  assert.deepEqual(Object.keys(privacy.perExampleNorms(model, batch, { loss: "meanSquaredError" }).byParameter), ["head/kernel", "head/bias"].map((name) => model.trainableWeights.find((weight) => weight.name.startsWith(name))!.name));
  assertLikeLoop(tf, model, batch, "meanSquaredError", "frozen");
});

test("a bias alone can be trained (BiTFiT), and its norm is of the gradient summed over positions", async () => {
  const { tf } = await loadEngine();
  const [kernel, bias] = [tf.variable(sample(tf, [3, 2]), false), tf.variable(tf.zeros([2]))];
  const model = privacy.tapped({ variables: { kernel, bias }, forward: (layers, x) => layers.dense(x, kernel, bias) });
  const batch = { x: sample(tf, [3, 5, 3]), y: sample(tf, [3, 5, 2]) };
  assert.deepEqual(Object.keys(privacy.perExampleNorms(model, batch, { loss: "meanSquaredError" }).byParameter), ["bias"]);
  assertLikeLoop(tf, model, batch, "meanSquaredError", "bias");
});
