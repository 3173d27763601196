import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { random } from "../../../../kernel/helpers/data/index.js";
import * as federated from "../../../../kernel/helpers/federated/index.js";

await tf.setBackend("cpu");
const generator = random(5);
const rows = Array.from({ length: 120 }, (_, at) => {
  const x = [generator.normal(), generator.normal()];
  return { x, y: 2 * x[0]! - x[1]! + 0.5, site: at % 3 };
});
const newModel = () => tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: "zeros" })] });
const { meanSquaredError } = tf.losses;

test("three sites with a Layers model find together the line that all their data lies on, and leak no tensor", async () => {
  const model = newModel();
  const tensors = federated.partitionBy(rows, { by: "site" }).map(({ name, rows: part }) => ({ name, x: tf.tensor2d(part.map(({ x }) => x)), y: tf.tensor2d(part.map(({ y }) => [y])) }));
  const clients = tensors.map(({ name, x, y }) => federated.modelClient({ name, model, x, y, loss: meanSquaredError, learningRate: 0.1, batchSize: 10 }));
  const weights = federated.readWeights(model);
  assert.deepEqual(weights.map(({ name, shape }) => [name, shape]), [["0/kernel", [2, 1]], ["1/bias", [1]]]);
  await federated.simulate({ clients, weights, rounds: 1, progress: false, evaluateClients: true });
  const { numTensors } = tf.memory();
  for (const strategy of [federated.fedAvg(), federated.fedProx({ mu: 0.01 })]) {
    const run = await federated.simulate({ clients, weights, rounds: 8, strategy, progress: false, evaluateClients: true });
    const found = run.weights.flatMap(({ values }) => [...values]);
    [2, -1, 0.5].forEach((value, at) => assert.ok(Math.abs(found[at]! - value) < 0.02, `${strategy.name}: ${found}`));
    assert.ok(run.history.at(-1)!.clientEvaluation!["loss"]! < 1e-3);
  }
  const one = { name: "a", model, x: tensors[0]!.x, y: tensors[0]!.y, optimizer: () => tf.train.adam(0.1) };
  await federated.modelClient({ ...one, loss: meanSquaredError }).train(weights, { round: 1, proximal: 0.1 });
  assert.equal(tf.memory().numTensors, numTensors);
  // tfjs itself keeps the taped tensors of a loss that throws.
  await assert.rejects(async () => federated.modelClient({ ...one, loss: () => { throw new Error("bad loss"); } }).train(weights, { round: 1, proximal: 0 }), /bad loss/);
});

test("FedProx holds a client near the global weights: its step is the one of loss plus mu / 2 times the squared distance", async () => {
  const w = tf.variable(tf.scalar(0));
  const client = federated.variablesClient({ name: "a", variables: [w], examples: 1, epochs: 400, learningRate: 0.05, loss: () => w.sub(3).square() });
  for (const mu of [0, 1, 10]) {
    const { weights } = await client.train(federated.weights({ 0: 1 }), { round: 1, proximal: mu });
    // The minimum of (w - 3)^2 + mu / 2 (w - 1)^2.
    assert.ok(Math.abs(weights[0]!.values[0]! - (6 + mu) / (2 + mu)) < 1e-5, `${mu}: ${weights[0]!.values}`);
  }
});

test("one pass of one client is the training that the optimizer does by itself", async () => {
  const model = newModel();
  const [x, y] = [tf.tensor2d(rows.map((row) => row.x)), tf.tensor2d(rows.map((row) => [row.y]))];
  const client = federated.modelClient({ name: "a", model, x, y, loss: meanSquaredError, learningRate: 0.1, batchSize: 200, epochs: 3 });
  const { weights } = await client.train(federated.readWeights(model), { round: 1, proximal: 0 });
  const by = newModel();
  by.compile({ optimizer: tf.train.sgd(0.1), loss: "meanSquaredError" });
  await by.fit(x, y, { epochs: 3, batchSize: 200, verbose: 0 });
  federated.readWeights(by).forEach(({ values }, at) => values.forEach((value, i) => assert.ok(Math.abs(value - weights[at]!.values[i]!) < 1e-5)));
});

test("federation is between alone and pooled where every site sees only its own corner of the data", async () => {
  const model = newModel();
  const parts = federated.partitionBy(rows.map((row) => ({ ...row, corner: row.x[0]! > 0 ? "right" : "left", y: row.x[0]! ** 2 })), { by: "corner" });
  const client = (part: readonly (typeof rows)[number][], name: string) => federated.modelClient({ name, model, x: tf.tensor2d(part.map(({ x }) => x)), y: tf.tensor2d(part.map(({ y }) => [y])), loss: meanSquaredError, learningRate: 0.05, batchSize: 20 });
  const evaluate = (weights: federated.Weights) => {
    const [kernel, bias] = weights;
    return { mse: rows.reduce((sum, { x }) => sum + (kernel!.values[0]! * x[0]! + kernel!.values[1]! * x[1]! + bias!.values[0]! - x[0]! ** 2) ** 2, 0) / rows.length };
  };
  const result = await federated.baselines(parts, { client, evaluate, weights: federated.readWeights(model), rounds: 15, progress: false });
  assert.deepEqual(result.alone.map(({ name }) => name).toSorted(), ["left", "right"]);
  assert.ok(result.aloneMean["mse"]! > 1.3 * result.federated.metrics["mse"]!, JSON.stringify([result.aloneMean, result.federated.metrics, result.pooled.metrics]));
  assert.ok(result.federated.metrics["mse"]! < 1.2 * result.pooled.metrics["mse"]!);
});

test("weights of another shape, and a client without an optimizer, are refused by name", () => {
  const model = newModel();
  assert.throws(() => federated.writeWeights(model, federated.weights({ "0/kernel": [[1, 2]], "1/bias": [0] })), /expected shape \[2,1\] of 0\/kernel of the given weights, got \[1,2\]/);
  assert.throws(() => federated.modelClient({ name: "a", model, x: tf.zeros([3, 2]), y: tf.zeros([2, 1]), loss: meanSquaredError, learningRate: 1 }), /expected y of length 3 like x, got 2/);
  assert.throws(() => federated.modelClient({ name: "a", model, x: tf.zeros([3, 2]), y: tf.zeros([3, 1]), loss: meanSquaredError }), /expected learningRate or optimizer, got neither/);
});
