import assert from "node:assert/strict";
import type { LayersModel, Tensor, Tensor2D } from "@tensorflow/tfjs";
import { test } from "node:test";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { sample } from "../support.js";
import { difference, handles, noTensorFlow, tensorflow, times, warnings } from "./support.js";

const skip = noTensorFlow;

/** The same work with models compiled and not. */
async function both<T>(tf: TensorFlowJs, work: () => Promise<T> | T): Promise<[compiled: T, eager: T]> {
  const compiled = await work();
  tf.env().set("COMPILE_MODELS", false);
  try {
    return [compiled, await work()];
  } finally {
    tf.env().set("COMPILE_MODELS", true);
  }
}

const init = (tf: TensorFlowJs, seed: number) => tf.initializers.glorotUniform({ seed });

function perceptron(tf: TensorFlowJs, options: object = {}): LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 8, activation: "relu", inputShape: [4], kernelInitializer: init(tf, 1), kernelRegularizer: tf.regularizers.l2({ l2: 0.01 }) }));
  model.add(tf.layers.batchNormalization());
  model.add(tf.layers.dense({ units: 3, activation: "softmax", kernelInitializer: init(tf, 2) }));
  model.compile({ optimizer: tf.train.adam(0.02), loss: "categoricalCrossentropy", metrics: ["accuracy"], ...options });
  return model;
}

const rows = (tf: TensorFlowJs, count: number): [Tensor2D, Tensor2D] => [
  sample(tf, [count, 4], 5) as Tensor2D,
  tf.cast(tf.oneHot(tf.tensor1d(times(count, (row) => row % 3), "int32"), 3), "float32") as Tensor2D,
];

const weights = (model: LayersModel): Tensor[] => model.getWeights();

const close = (a: Record<string, unknown>, b: Record<string, unknown>, tolerance: number): void => {
  assert.deepEqual(Object.keys(a), Object.keys(b));
  for (const key of Object.keys(a)) (a[key] as number[]).forEach((value, at) => assert.ok(Math.abs(value - (b[key] as number[])[at]!) <= tolerance, `${key}[${at}]: ${value} ${(b[key] as number[])[at]}`));
};

test("fit gives the history and weights of eager training: partial batches, validation, metrics, callbacks, regularisers", { skip }, async () => {
  const tf = await tensorflow();
  const [x, y] = rows(tf, 50);
  const [compiled, eager] = await both(tf, async () => {
    const model = perceptron(tf);
    const seen: string[] = [];
    const { history } = await model.fit(x, y, { epochs: 4, batchSize: 16, shuffle: false, validationSplit: 0.2, callbacks: { onBatchEnd: (batch) => void seen.push(`b${batch}`), onEpochEnd: (epoch) => void seen.push(`e${epoch}`) } });
    return { model, history, seen };
  });
  assert.deepEqual(compiled.seen, eager.seen);
  close(compiled.history, eager.history, 2e-5);
  assert.ok(difference(weights(compiled.model), weights(eager.model)) <= 2e-5);
});

test("class weights, a custom loss, a custom metric and early stopping work in compiled training", { skip }, async () => {
  const tf = await tensorflow();
  const [x, y] = rows(tf, 48);
  const loss = (truth: Tensor, predicted: Tensor) => tf.mean(tf.square(tf.sub(truth, predicted)), -1);
  const metric = (truth: Tensor, predicted: Tensor) => tf.max(tf.abs(tf.sub(truth, predicted)));
  const [compiled, eager] = await both(tf, async () => {
    const model = perceptron(tf, { loss, metrics: [metric] });
    const { history, epoch } = await model.fit(x, y, { epochs: 30, batchSize: 16, shuffle: false, classWeight: { 0: 1, 1: 2, 2: 0.5 }, validationData: [x, y], callbacks: tf.callbacks.earlyStopping({ monitor: "val_loss", minDelta: 0.02, patience: 2 }) });
    return { history, epoch };
  });
  assert.deepEqual(compiled.epoch, eager.epoch);
  assert.ok(compiled.epoch.length < 30);
  close(compiled.history, eager.history, 5e-5);
});

test("fitDataset, trainOnBatch and evaluate agree with eager ones", { skip }, async () => {
  const tf = await tensorflow();
  const [x, y] = rows(tf, 40);
  const [compiled, eager] = await both(tf, async () => {
    const model = perceptron(tf);
    await model.fitDataset(tf.data.zip({ xs: tf.data.array((x.arraySync())).batch(16), ys: tf.data.array(y.arraySync()).batch(16) }) as never, { epochs: 3 });
    const losses: number[] = [];
    for (let call = 0; call < 8; call++) losses.push(((await model.trainOnBatch(x, y)) as number[])[0]!);
    const score = (model.evaluate(x, y, { batchSize: 16 }) as Tensor[]).map((tensor) => tensor.dataSync()[0]!);
    return { losses, score, model };
  });
  close({ losses: compiled.losses, score: compiled.score }, { losses: eager.losses, score: eager.score }, 5e-5);
});

test("predict gives the same for one row, a whole and a partial batch, several inputs and outputs, and after further training", { skip }, async () => {
  const tf = await tensorflow();
  const [a, b] = [tf.input({ shape: [4] }), tf.input({ shape: [2] })];
  const shared = tf.layers.concatenate().apply([tf.layers.dense({ units: 5, activation: "tanh", kernelInitializer: init(tf, 3) }).apply(a) as never, b]) as never;
  const outputs = [1, 3].map((units) => tf.layers.dense({ units, kernelInitializer: init(tf, units + 4) }).apply(shared)) as never;
  const model = tf.model({ inputs: [a, b], outputs });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: ["meanSquaredError", "meanSquaredError"] });
  for (const count of [1, 32, 45, 45, 45, 45, 45, 1, 1, 1, 1]) {
    const inputs = [sample(tf, [count, 4], count), sample(tf, [count, 2], count + 1)];
    const [compiled, eager] = await both(tf, () => model.predict(inputs) as Tensor[]);
    assert.ok(difference(compiled, eager) <= 1e-6);
    await model.trainOnBatch(inputs, [sample(tf, [count, 1]), sample(tf, [count, 3])]);
  }
});

test("a model compiled anew, and one with a layer frozen, train with the new settings", { skip }, async () => {
  const tf = await tensorflow();
  const [x, y] = rows(tf, 32);
  const [compiled, eager] = await both(tf, async () => {
    const model = perceptron(tf);
    for (let call = 0; call < 6; call++) await model.trainOnBatch(x, y);
    model.layers[0]!.trainable = false;
    model.compile({ optimizer: tf.train.sgd(0.05), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
    for (let call = 0; call < 6; call++) await model.trainOnBatch(x, y);
    return model;
  });
  assert.ok(difference(weights(compiled), weights(eager)) <= 2e-5);
});

for (const kind of ["lstm", "gru", "simpleRNN"] as const) {
  test(`${kind} layers train compiled as eagerly`, { skip }, async () => {
    const tf = await tensorflow();
    const x = sample(tf, [16, 5, 3], 4);
    const y = sample(tf, [16, 1], 6);
    const [compiled, eager] = await both(tf, async () => {
      const model = tf.sequential();
      model.add(tf.layers[kind]({ units: 4, inputShape: [5, 3], kernelInitializer: init(tf, 1), recurrentInitializer: init(tf, 2) } as never));
      model.add(tf.layers.dense({ units: 1, kernelInitializer: init(tf, 3) }));
      model.compile({ optimizer: tf.train.adam(0.01), loss: "meanSquaredError" });
      for (let call = 0; call < 7; call++) await model.trainOnBatch(x, y);
      return model;
    });
    assert.ok(difference(weights(compiled), weights(eager)) <= 2e-5);
  });
}

test("a stateful recurrent layer carries its state from call to call", { skip }, async () => {
  const tf = await tensorflow();
  const [compiled, eager] = await both(tf, () => {
    const model = tf.sequential();
    model.add(tf.layers.simpleRNN({ units: 2, stateful: true, batchInputShape: [1, 1, 1], kernelInitializer: init(tf, 1), recurrentInitializer: init(tf, 2) }));
    return times(10, (call) => (model.predict(tf.tensor3d([[[call / 10]]])) as Tensor));
  });
  assert.ok(difference(compiled, eager) <= 1e-6);
});

test("dropout is active in training and off in prediction", { skip }, async () => {
  const tf = await tensorflow();
  const model = tf.sequential();
  model.add(tf.layers.dropout({ rate: 0.5, inputShape: [64] }));
  model.add(tf.layers.dense({ units: 1, useBias: false, kernelInitializer: "ones" }));
  model.compile({ optimizer: tf.train.sgd(0), loss: "meanAbsoluteError" });
  const x = tf.ones([1, 64]);
  const losses = new Set<number>();
  for (let call = 0; call < 12; call++) losses.add((await model.trainOnBatch(x, tf.zeros([1, 1]))) as number);
  assert.ok(losses.size > 6, `${losses.size} different losses`);
  assert.deepEqual(times(8, () => (model.predict(x) as Tensor).dataSync()[0]), times(8, () => 64));
});

test("a custom layer that reads values in its call still trains, with one warning", { skip }, async () => {
  const tf = await tensorflow();
  class Careless extends tf.layers.Layer {
    static className = "Careless";
    override call(inputs: Tensor | Tensor[]): Tensor {
      const [x] = [inputs].flat();
      return tf.mul(x!, (tf.mean(x!).dataSync()[0] ?? 0) > 0 ? 1 : 2);
    }
  }
  const model = tf.sequential();
  model.add(new Careless({ inputShape: [4] }) as never);
  model.add(tf.layers.dense({ units: 1 }));
  const lines = warnings(() => void times(5, (at) => (model.predict(sample(tf, [3, 4], at)) as Tensor).dispose()));
  assert.equal(lines.length, 1);
  assert.match(lines[0]!, /predict is not compiled/);
});

test("training and predicting leave no tensor and no handle behind", { skip }, async () => {
  const tf = await tensorflow();
  const [x, y] = rows(tf, 48);
  const model = perceptron(tf);
  const run = async () => {
    await model.fit(x, y, { epochs: 2, batchSize: 16 });
    (model.predict(x) as Tensor).dispose();
    tf.dispose(model.evaluate(x, y));
  };
  for (let round = 0; round < 4; round++) await run();
  const before = [tf.memory().numTensors, handles(tf)];
  for (let round = 0; round < 4; round++) await run();
  assert.deepEqual([tf.memory().numTensors, handles(tf)], before);
});
