import assert from "node:assert/strict";
import type { LayersModel, Tensor, Variable } from "@tensorflow/tfjs";
import { test } from "node:test";
import { loadEngine } from "../../../../../kernel/engine/index.js";
import { distributed } from "../../../../../kernel/helpers/compress/index.js";
import { batchesOf } from "../../../../../kernel/helpers/compress/distributed/train/batches.js";
import { parameterServer } from "../../../../../kernel/helpers/compress/distributed/train/server.js";
import { displaySymbol } from "../../../../../kernel/display/contract.js";
import { bars, largest, settle } from "../support.js";

const { tf } = await loadEngine({ tier: "wasm" });
const make = () => settle(tf, tf.sequential({ layers: [
  tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 3, kernelSize: 3, activation: "relu" }), tf.layers.flatten(), tf.layers.dense({ units: 10, activation: "tanh" }), tf.layers.dense({ units: 2 }),
] }));
const weightsOf = (model: LayersModel) => model.getWeights().flatMap((weight) => Array.from(weight.dataSync()));
/** 50 rows in batches of 16: the last batch and the shares of 3 workers are uneven. */
const data = bars(tf, 50);
const settings = { loss: "softmaxCrossEntropy", epochs: 2, batchSize: 16, tier: "wasm", seed: 4 } as const;

/** One program, no workers: what the others must give. */
function alone(optimizer: import("@tensorflow/tfjs").Optimizer): { weights: number[]; losses: number[] } {
  const model = make();
  const losses = batchesOf(50, 16, 2, 4).map((rows) => tf.tidy(() => {
    const places = tf.tensor1d(rows, "int32");
    const [x, y] = [tf.gather(data.x, places), tf.gather(data.y, places)];
    return optimizer.minimize(() => tf.losses.softmaxCrossEntropy(y, model.apply(x) as Tensor).mean(), true, model.trainableWeights.map((weight) => weight.read() as Variable))!.dataSync()[0]!;
  }) as never as number);
  const weights = weightsOf(model);
  model.dispose();
  optimizer.dispose();
  return { weights, losses };
}

for (const [kind, workers, optimizer] of [["threads", 3, "momentum"], ["processes", 2, "sgd"]] as const) {
  test(`${workers} ${kind} that share every batch give the weights of one program within 1e-6 (${optimizer}), count what they send, and leave no tensor`, async () => {
    const expected = alone(optimizer === "sgd" ? tf.train.sgd(0.1) : tf.train.momentum(0.1, 0.9));
    const model = make();
    const before = tf.memory().numTensors;
    const steps: number[] = [];
    const result = await distributed.dataParallel(model, data, { ...settings, workers, kind, optimizer, onStep: (loss) => steps.push(loss) });
    assert.equal(tf.memory().numTensors, before);
    assert.ok(largest(weightsOf(model), expected.weights) < 1e-6, String(largest(weightsOf(model), expected.weights)));
    assert.ok(largest(result.losses, expected.losses) < 1e-6);
    assert.deepEqual(steps, [...result.losses]);
    // The loss goes with the gradients: one number more.
    assert.equal(result.bytesSent, result.losses.length * 2 * (workers - 1) * 4 * (model.countParams() + 1));
    assert.equal(result.workers.reduce((sum, { examples }) => sum + examples, 0), 100);
    assert.ok(result.seconds > 0 && result.secondsWithStart > result.seconds);
    assert.match((result as never as { [displaySymbol](): { data: Record<string, string> } })[displaySymbol]().data["text/plain"]!, /bytes sent/);
    model.dispose();
  });
}

test("stages of a pipeline with micro-batches give the weights of one program within 1e-6, and know how long they waited", async () => {
  const expected = alone(tf.train.momentum(0.1, 0.9));
  const model = make();
  const before = tf.memory().numTensors;
  const result = await distributed.pipeline(model, data, { ...settings, optimizer: "momentum", cuts: [1, 3], microBatches: 3 });
  assert.equal(tf.memory().numTensors, before);
  assert.ok(largest(weightsOf(model), expected.weights) < 1e-6, String(largest(weightsOf(model), expected.weights)));
  assert.ok(largest(result.losses, expected.losses) < 1e-6);
  assert.ok(Math.abs(result.bubble - 2 / 5) < 1e-12);
  // Each example crosses each border twice: 6 x 6 x 3 numbers, then 10; and the barrier of three.
  assert.equal(result.bytesSent, 100 * 2 * 4 * (108 + 10) + 2 * 2 * 3 * 4);
  assert.ok(result.stages.every(({ idle }) => idle >= 0 && idle <= 1));
  model.dispose();
});

test("asynchronous workers never get further ahead than the bound, every gradient's staleness is counted, and the loss falls", async () => {
  const model = make();
  const before = tf.memory().numTensors;
  const result = await distributed.dataParallel(model, data, { ...settings, epochs: 6, mode: "asynchronous", staleness: 1 });
  assert.equal(tf.memory().numTensors, before);
  const { staleness } = result;
  assert.ok(staleness!.ahead <= 1);
  assert.equal(staleness!.counts.reduce((sum, count) => sum + count, 0), result.losses.length);
  const of = (rank: number) => result.losses.slice(rank * 24, (rank + 1) * 24);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  for (const rank of [0, 1]) assert.ok(mean(of(rank).slice(-6)) < mean(of(rank).slice(0, 6)));
  model.dispose();
});

test("a parameter server holds a worker that is ahead until the slowest has come, and lets it go when that one is done", async () => {
  const server = parameterServer(Float32Array.of(1), { workers: 2, learningRate: 1, bound: 1, steps: [5, 2] });
  const push = (rank: number, version: number, value = 0) => server.ask({ flat: Float32Array.of(value), version, loss: 0, rows: 1 }, rank);
  assert.equal((await push(0, 0, 0.5)).weights[0], 0.75);
  let went = false;
  const held = push(0, 1).then((pulled) => {
    went = true;
    return pulled;
  });
  await new Promise((go) => setTimeout(go, 20));
  assert.equal(went, false);
  // Two updates since version 0.
  assert.equal((await push(1, 0)).version, 3);
  assert.equal((await held).version, 3);
  await push(1, 3);
  for (const version of [4, 5, 6]) await push(0, version);
  const { counts, max, ahead, held: seconds } = server.staleness();
  assert.deepEqual([[...counts], max, ahead], [[6, 0, 1], 2, 1]);
  assert.ok(seconds >= 0.015);
});

test("a loss that is not finite in a worker, data that do not fit and models that cannot be split are named; the model keeps its weights", async () => {
  const model = make();
  const weights = weightsOf(model);
  await assert.rejects(distributed.dataParallel(model, { x: data.x, y: tf.tidy(() => tf.mul(data.y, Number.NaN)) }, { ...settings, workers: 2 }), /worker \d of 2 \(thread\): expected loss to be finite, got NaN in step 1/);
  assert.deepEqual(weightsOf(model), weights);
  await assert.rejects(distributed.dataParallel(model, { x: data.x, y: tf.zeros([3, 2]) }, settings), /expected y with 50 rows like x, got 3/);
  await assert.rejects(distributed.dataParallel(model, data, { ...settings, loss: "hinge" as never }), /unknown loss: hinge \(known: softmaxCrossEntropy, sigmoidCrossEntropy, meanSquaredError\)/);
  await assert.rejects(distributed.dataParallel(model, data, { ...settings, batchSize: 1 }), /expected batchSize >= workers 2, got 1/);
  await assert.rejects(distributed.dataParallel(model, data, { ...settings, staleness: 1 }), /expected staleness with mode asynchronous only/);
  await assert.rejects(distributed.dataParallel(model, data, { ...settings, mode: "asynchronous", optimizer: "adam" }), /expected optimizer sgd with mode asynchronous, got adam/);
  await assert.rejects(distributed.pipeline(model, data, { ...settings, cuts: [0] }), /expected cuts between 1 and 3, ascending, got 0/);
  const normed = tf.sequential({ layers: [tf.layers.batchNormalization({ inputShape: [4], name: "norm" }), tf.layers.dense({ units: 2 })] });
  await assert.rejects(distributed.dataParallel(normed, data, settings), /expected a model without batch normalisation, got norm/);
});

test("speed-up is measured against the first run, and Amdahl's part fits times that follow the law", () => {
  const serial = 0.15;
  const found = distributed.speedUp([1, 2, 4, 8].map((workers) => ({ workers, seconds: 20 * (serial + (1 - serial) / workers) })));
  assert.ok(Math.abs(found.serial! - serial) < 1e-12);
  assert.ok(found.rows.every(({ efficiency }, at) => at === 0 || efficiency < found.rows[at - 1]!.efficiency));
  assert.equal(distributed.speedUp([{ workers: 1, seconds: 1 }, { workers: 2, seconds: 3 }]).serial, null);
  assert.equal(found.plot().data.length, 2);
  assert.throws(() => distributed.speedUp([]), /expected at least one run, got none/);
});

test("a timeline has a row for each worker and a bar for each stretch, a colour for each thing done, gaps where nothing was done, and tells itself", () => {
  const figure = distributed.plotTimeline([
    { worker: "a", from: 0, to: 2, what: "computes" }, { worker: "a", from: 3, to: 4, what: "computes" }, { worker: "b", from: 1, to: 1.5, what: "talks" },
  ], { title: "Two workers", xLabel: "Slots" });
  const drawn = figure.data.map((trace) => (trace.type === "scatter" ? [trace.name, trace.x, trace.y] : []));
  assert.deepEqual(drawn, [["computes", [0, 2, null, 3, 4, null], [0, 0, 0, 0, 0, 0]], ["talks", [1, 1.5, null], [1, 1, 1]]]);
  assert.deepEqual(figure.layout.yaxis.ticktext, ["a", "b"]);
  assert.equal(figure.layout.meta?.description, "Two workers. Timeline of 2 workers from 0 to 4 (Slots): a computes 0 to 2; a computes 3 to 4; b talks 1 to 1.5.");
  assert.throws(() => distributed.plotTimeline([]), /expected at least one stretch, got none/);
  assert.throws(() => distributed.plotTimeline([{ worker: 0, from: 2, to: 1 }]), /expected a stretch that does not end before it begins, got 2 to 1/);
});

test("workers compute on WebAssembly where the notebook does", async () => {
  assert.deepEqual(await distributed.run(async (worker) => (await worker.tf()).getBackend(), { workers: 2 }), ["wasm", "wasm"]);
});
