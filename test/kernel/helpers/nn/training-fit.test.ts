import assert from "node:assert/strict";
import type { Optimizer, Tensor, Tensor2D, Variable } from "@tensorflow/tfjs";
import { test } from "node:test";
import type { TensorFlowJs, Tier } from "../../../../kernel/engine/contract.js";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import { sample, tiersHere } from "../../engine/support.js";

const tiers = tiersHere.filter((name) => name !== "cpu");
const fast = tiers[0]!;
const quiet = { progress: false } as const;

interface Small {
  model: { predict(x: Tensor): Tensor; variables: Variable[] };
  values(): number[];
  dispose(): void;
}

/** A network of two layers with the same first weights each time. */
function small(tf: TensorFlowJs, [into, hidden, out] = [3, 4, 1]): Small {
  const variables = tf.tidy(() => [tf.variable(nn.he([into!, hidden!], { seed: 3 })), tf.variable(tf.zeros([hidden!])), tf.variable(nn.glorot([hidden!, out!], { seed: 4 })), tf.variable(tf.zeros([out!]))]);
  const [w1, b1, w2, b2] = variables as [Variable, Variable, Variable, Variable];
  return {
    model: { predict: (x) => tf.add(tf.matMul(tf.tanh(tf.add(tf.matMul(x as Tensor2D, w1 as never), b1)), w2 as never), b2), variables },
    values: () => variables.flatMap((variable) => Array.from(variable.dataSync())),
    dispose: () => tf.dispose(variables),
  };
}

const rows = (tf: TensorFlowJs, count = 48) => tf.tidy(() => {
  const x = sample(tf, [count, 3], 1);
  return { x, y: tf.add(tf.matMul(x as Tensor2D, tf.tensor2d([[1], [-2], [0.5]])), 0.3) as Tensor };
});

/** Weights and history after a training from the same start. */
async function trained(tf: TensorFlowJs, data: nn.FitData, options: Partial<nn.FitOptions> & { make?: () => Optimizer }) {
  const net = small(tf);
  const { make = () => tf.train.sgd(0.05), ...rest } = options;
  const optimizer = make();
  const result = await nn.fit(net.model, data, { ...quiet, loss: "meanSquaredError", optimizer, epochs: 3, batchSize: 8, ...rest });
  const values = net.values();
  net.dispose();
  optimizer.dispose();
  return { ...result, values };
}

const near = (one: readonly number[], other: readonly number[], within: number) => one.forEach((value, at) => assert.ok(Math.abs(value - other[at]!) <= within, `${at}: ${value} and ${other[at]}`));

for (const tier of tiers) {
  test(`on the ${tier} tier the learning rate of a schedule reaches every optimiser in a compiled step as in one that is not`, async () => {
    const { tf } = await loadEngine({ tier: tier as Tier });
    const data = rows(tf);
    for (const make of [() => tf.train.momentum(1, 0.5), () => tf.train.adam(1), () => nn.adamw(1) as Optimizer]) {
      const options = { make, epochs: 5, schedule: nn.schedule.warmup(4, nn.schedule.cosine(0.02)) };
      const [compiled, plain] = [await trained(tf, data, options), await trained(tf, data, { ...options, compile: false })];
      near(compiled.values, plain.values, 2e-5);
      const still = await trained(tf, data, { ...options, schedule: nn.schedule.constant(0.02), compile: false });
      assert.ok(Math.max(...still.values.map((value, at) => Math.abs(value - plain.values[at]!))) > 1e-4, "the schedule made a difference");
      assert.equal(compiled.history["learningRate"]!.length, 5);
      assert.ok(compiled.history["learningRate"]!.at(-1)! < 0.001);
    }
    tf.dispose(data as never);
  });

  test(`on the ${tier} tier no option of nn.fit leaves a tensor behind, and each can be combined with the others`, async () => {
    const { tf } = await loadEngine({ tier: tier as Tier });
    const data = rows(tf);
    const all = async () => {
      for (const options of [
        { clip: { norm: 1, value: 0.5 }, weightDecay: 0.01, accumulate: 2, sampleWeights: new Float32Array(48).fill(2) },
        { precision: "bfloat16", validation: 0.25, schedule: nn.schedule.oneCycle(0.1) },
        { precision: "float16", accumulate: 2, clip: { norm: 1 }, earlyStopping: { patience: 2 } },
        { make: () => nn.adamw(0.01) as Optimizer, validationData: data, metrics: { mae: tf.losses.absoluteDifference }, earlyStopping: { monitor: "val_mae" } },
        { make: undefined as never, signal: new AbortController().signal, callbacks: [{ onBatch: () => true, onStart: () => {}, onEnd: () => {} }] },
      ] as (Partial<nn.FitOptions> & { make?: () => Optimizer })[]) {
        const { history } = await trained(tf, data, { epochs: 2, batchSize: 16, ...options });
        assert.ok(history["loss"]!.every(Number.isFinite));
      }
    };
    await all();
    const before = tf.memory().numTensors;
    await all();
    assert.equal(tf.memory().numTensors, before);
    tf.dispose(data as never);
  });
}

test("two batches gathered into one update are one batch of both, in whatever order; a last group that is not full counts by its rows", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const data = rows(tf, 44);
  const whole = await trained(tf, data, { batchSize: 16 });
  const gathered = await trained(tf, data, { batchSize: 8, accumulate: 2 });
  near(gathered.values, whole.values, 1e-6);
  assert.equal(gathered.steps, whole.steps);
  tf.dispose(data as never);
});

test("weights of rows: a row of weight 2 is a row that is there twice in the sum, one of weight 0 is not there; class weights say the same of classes", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const [x, y] = [tf.tensor2d([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0]]), tf.tensor2d([[1, 0], [0, 1], [0, 1], [0, 1]])];
  const train = async (options: Partial<nn.FitOptions>, data = { x: x as Tensor, y: y as Tensor }) => {
    const net = small(tf, [3, 4, 2]);
    const { history } = await nn.fit(net.model, data, { ...quiet, loss: "softmaxCrossEntropy", optimizer: tf.train.sgd(0.1), epochs: 3, batchSize: 8, seed: false, ...options });
    const values = net.values();
    net.dispose();
    return { values, history };
  };
  const byClass = await train({ classWeights: { 0: 3, 1: 0.5 } });
  const byRow = await train({ sampleWeights: [3, 0.5, 0.5, 0.5] });
  near(byClass.values, byRow.values, 1e-7);
  const balanced = await train({ classWeights: "balanced" });
  near(balanced.values, (await train({ sampleWeights: [2, 2 / 3, 2 / 3, 2 / 3] })).values, 1e-7);
  const without = await train({ sampleWeights: [4 / 3, 4 / 3, 4 / 3, 0] });
  near(without.values, (await train({}, { x: tf.slice(x, 0, 3), y: tf.slice(y, 0, 3) })).values, 1e-6);
  const numbers = await train({ classWeights: [3, 0.5], loss: (truth, predicted) => nn.softmaxCrossEntropy(truth, predicted, { reduction: "none" }) }, { x, y: tf.tensor1d([0, 1, 1, 1]) });
  near(numbers.values, byClass.values, 1e-6);

  const refused = (options: Partial<nn.FitOptions>, data?: { x: Tensor; y: Tensor }) => train(options, data);
  await assert.rejects(refused({ classWeights: { 0: 1 } }), /expected a weight of class 1 \(row 1\) in classWeights, got those of 0/);
  await assert.rejects(refused({ classWeights: { 0: 1, 1: -1 } }), /expected classWeights >= 0, got -1 for class 1/);
  await assert.rejects(refused({ classWeights: "balanced" }, { x, y: tf.tensor2d([[1, 0, 0], [0, 1, 0], [0, 1, 0], [1, 0, 0]]) }), /expected rows of class 2 for balanced class weights, got none/);
  await assert.rejects(refused({ sampleWeights: [1, 2] }), /expected sampleWeights of length 4 like x, got 2/);
  await assert.rejects(refused({ sampleWeights: [1, 2, Number.NaN, 1] }), /expected finite numbers in sampleWeights, got NaN at index 2/);
  await assert.rejects(refused({ sampleWeights: [1, 1, 1, 1], loss: (truth, predicted) => tf.losses.meanSquaredError(truth as Tensor2D, predicted as Tensor2D) }), /expected loss to give a value for each of 4 rows where rows have weights, got shape \[\]/);
});

test("early stopping gives the weights of the best epoch back, and says which it was", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const data = { x: tf.ones([8, 1]), y: tf.ones([8, 1]) };
  const figures = [5, 3, 4, 4, 4];
  const run = async (restoreBest: boolean) => {
    const w = tf.tidy(() => tf.variable(tf.zeros([1, 1])));
    const seen: number[] = [];
    const result = await nn.fit({ predict: (x: Tensor) => tf.matMul(x as Tensor2D, w as never), variables: [w] }, data, {
      ...quiet, loss: "meanSquaredError", optimizer: tf.train.sgd(0.1), epochs: 20, batchSize: 8, compile: false,
      metrics: { made: () => tf.scalar(figures[seen.length]!) }, earlyStopping: { monitor: "made", patience: 2, restoreBest }, onEpoch: () => void seen.push(w.dataSync()[0]!),
    });
    return { ...result, seen, end: w.dataSync()[0]! };
  };
  const best = await run(true);
  assert.deepEqual([best.stopped, best.epochs, best.best], ["early", 4, { epoch: 2, figure: 3 }]);
  assert.equal(best.end, best.seen[1]);
  const last = await run(false);
  assert.equal(last.end, last.seen[3]);
  await assert.rejects(async () => nn.fit(small(tf, [1, 2, 1]).model, data, { ...quiet, loss: "meanSquaredError", earlyStopping: { monitor: "f1" } }), /unknown monitor: f1 \(known: loss\)/);
  await assert.rejects(async () => nn.fit(small(tf, [1, 2, 1]).model, data, { ...quiet, loss: "meanSquaredError", earlyStopping: { patiense: 1 } as never }), /unknown option: patiense/);
});

test("callbacks are told of the start, batches, epochs and the end in order, are awaited, and can end the training within an epoch", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const data = rows(tf);
  const told: string[] = [];
  const later = (word: string) => new Promise<void>((resolve) => setTimeout(() => (told.push(word), resolve()), 1));
  const callback: nn.FitCallback = {
    onStart: ({ step }) => later(`start ${step}`), onBatch: (batch, _figures, { epoch, step }) => later(`batch ${epoch}.${batch} step ${step}`),
    onEpoch: (epoch, figures, { learningRate }) => later(`epoch ${epoch} ${Object.keys(figures).join()} ${learningRate}`), onEnd: ({ epochs }) => later(`end ${epochs}`),
  };
  await trained(tf, data, { batchSize: 24, epochs: 2, callbacks: [callback] });
  assert.deepEqual(told, ["start 0", "batch 1.1 step 1", "batch 1.2 step 2", "epoch 1 loss 0.05", "batch 2.1 step 3", "batch 2.2 step 4", "epoch 2 loss 0.05", "end 2"]);
  const cut = await trained(tf, data, { callbacks: [{ onBatch: (batch, _figures, { epoch }) => !(epoch === 2 && batch === 3) }] });
  assert.deepEqual([cut.stopped, cut.epochs, cut.steps, cut.history["loss"]!.length], ["asked", 1, 9, 1]);
  const stop = new AbortController();
  const aborted = await trained(tf, data, { signal: stop.signal, callbacks: [{ onBatch: (_batch, _figures, { step }) => void (step === 2 && stop.abort()) }] });
  assert.deepEqual([aborted.stopped, aborted.epochs, aborted.steps], ["asked", 0, 2]);
  let failed: unknown;
  await assert.rejects(trained(tf, data, { callbacks: [{ onEpoch: () => { throw new Error("mine"); }, onError: (error) => void (failed = error) }] }), /mine/);
  assert.equal((failed as Error).message, "mine");
  tf.dispose(data as never);
});

test("batches from a generator train as the same rows in memory do, are disposed, and an empty one is named", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const data = rows(tf);
  const [xs, ys] = [data.x.arraySync() as number[][], data.y.arraySync() as number[][]];
  const before = tf.memory().numTensors;
  const source = nn.batches(async function* () { for (let at = 0; at < xs.length; at++) yield { x: xs[at]!, y: ys[at]! }; }, { batchSize: 8, seed: false });
  const [streamed, held] = [await trained(tf, source, { validationData: source }), await trained(tf, data, { seed: false, validationData: data })];
  near(streamed.values, held.values, 1e-7);
  near(streamed.history["val_loss"]!, held.history["val_loss"]!, 1e-6);
  assert.equal(tf.memory().numTensors, before);
  await assert.rejects(trained(tf, () => [], {}), /expected data to give at least one batch, got none in epoch 1/);
  await assert.rejects(trained(tf, source, { validation: 0.1 }), /expected data in memory for validation/);
  await assert.rejects(trained(tf, source, { schedule: nn.schedule.cosine(0.1) }), /expected the number of updates for cosine\(from 0.1 to 0\)/);
  tf.dispose(data as never);
});

test("a loss that is no number is named with epoch, batch and step, and the model has its last good weights and its history", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const data = rows(tf);
  const net = small(tf);
  const optimizer = tf.train.sgd(0.05);
  let good: number[] = [];
  const options: nn.FitOptions = { ...quiet, loss: "meanSquaredError", optimizer, epochs: 6, batchSize: 4, callbacks: [{ onBatch: (_batch, _figures, { step }) => {
    if (step === 20) good = net.values();
    if (step === 30) optimizer.setLearningRate(1e30);
  } }] };
  await assert.rejects(nn.fit(net.model, data, options), /expected loss to be finite, got (NaN|Infinity) in epoch 3: lower the learning rate or look at the data \(batch \d+, step 3\d; the model has the weights of step 20 again\)/);
  assert.deepEqual(net.values(), good);
  assert.equal(nn.historyOf(net.model)!["loss"]!.length, 2);
  net.dispose();
  const bad = tf.tidy(() => ({ x: data.x, y: tf.where(tf.greater(data.y, 0.29), data.y, Number.NaN) }));
  await assert.rejects(trained(tf, bad, { seed: false }), /; y has NaN in row \d of the batch; the model has the weights of step 0 again/);
  tf.dispose([data, bad.y] as never);
});

test("float16 with a loss scale that overflows leaves the update out, halves the scale, and trains on; weights stay 32-bit between updates", async () => {
  const { tf } = await loadEngine({ tier: "wasm" });
  const data = rows(tf);
  const wild = await trained(tf, data, { precision: "float16", lossScale: 2 ** 24 });
  assert.ok(wild.overflows! > 3, `${wild.overflows} overflows`);
  assert.ok(wild.history["loss"]!.at(-1)! < wild.history["loss"]![0]!);
  const [half, full] = [await trained(tf, data, { precision: "float16", lossScale: 1024 }), await trained(tf, data, {})];
  near(half.values, full.values, 0.02);
  assert.ok(half.values.some((value) => value !== nn.roundTo([value], "float16")[0]), "master weights keep more than 16 bits");
  const brain = await trained(tf, data, { precision: "bfloat16" });
  const distance = (one: readonly number[]) => Math.hypot(...one.map((value, at) => value - full.values[at]!));
  assert.ok(distance(brain.values) > 2 * distance(half.values) && distance(half.values) > 0, `bfloat16 is coarser: ${distance(brain.values)} and ${distance(half.values)}`);
  tf.dispose(data as never);
});

test("with 16-bit numbers every result inside the model is one, a small gradient is lost without a loss scale and kept with it", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const seen: number[] = [];
  const w = tf.tidy(() => tf.variable(tf.tensor2d([[1 / 3]])));
  const data = { x: tf.tensor2d([[1 / 7]]), y: tf.tensor2d([[0]]) };
  const model = { predict: (x: Tensor) => {
    const product = tf.matMul(x as Tensor2D, w as never);
    seen.push(x.dataSync()[0]!, w.dataSync()[0]!, product.dataSync()[0]!);
    return product;
  }, variables: [w] };
  await nn.fit(model, data, { ...quiet, loss: "meanSquaredError", optimizer: tf.train.sgd(0.1), epochs: 1, precision: "bfloat16", compile: false });
  assert.deepEqual(seen, Array.from(nn.roundTo(seen, "bfloat16")));
  const moved = async (lossScale: number) => {
    w.assign(tf.tensor2d([[1]]));
    await nn.fit({ predict: (x: Tensor) => tf.matMul(x as Tensor2D, w as never), variables: [w] }, { x: tf.ones([1, 1]), y: tf.ones([1, 1]) }, { ...quiet, loss: (_truth, predicted) => tf.mul(predicted, 1e-9), optimizer: tf.train.sgd(1e6), epochs: 1, precision: "float16", lossScale });
    return 1 - w.dataSync()[0]!;
  };
  assert.equal(await moved(1), 0);
  assert.ok(Math.abs((await moved(65536)) - 1e-3) < 1e-5);
});

test("updates too small for 16 bits add up in the 32-bit weights", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const w = tf.tidy(() => tf.variable(tf.tensor2d([[1]])));
  await nn.fit({ predict: (x: Tensor) => tf.matMul(x as Tensor2D, w as never), variables: [w] }, { x: tf.ones([1, 1]), y: tf.ones([1, 1]) }, { ...quiet, loss: (_truth, predicted) => predicted, optimizer: tf.train.sgd(2 ** -12), epochs: 20, precision: "bfloat16" });
  assert.equal(w.dataSync()[0], 1 - 20 * 2 ** -12);
});

test("each epoch has all rows in an order of its own, the same for the same seed; without a seed they stay as they are", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const data = { x: tf.range(0, 12).reshape([12, 1]), y: tf.zeros([12, 1]) };
  const orders = async (seed: number | false) => {
    const seen: number[] = [];
    const w = tf.tidy(() => tf.variable(tf.ones([1, 1])));
    await nn.fit({ predict: (x: Tensor) => (seen.push(...x.dataSync()), tf.matMul(x as Tensor2D, w as never)), variables: [w] }, data, { ...quiet, loss: "meanSquaredError", epochs: 3, batchSize: 5, seed, compile: false });
    return [seen.slice(0, 12), seen.slice(12, 24), seen.slice(24)];
  };
  const plain = Array.from({ length: 12 }, (_, row) => row);
  assert.deepEqual(await orders(false), [plain, plain, plain]);
  const shuffled = await orders(4);
  for (const order of shuffled) assert.deepEqual([...order].sort((a, b) => a - b), plain);
  assert.equal(new Set(shuffled.map(String)).size, 3);
  assert.deepEqual(await orders(4), shuffled);
  assert.notDeepEqual(await orders(5), shuffled);
});

test("wrong options are named", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const data = rows(tf);
  const refused = (options: object, pattern: RegExp) => assert.rejects(trained(tf, data, options), pattern);
  await refused({ loss: "mse" }, /unknown loss: mse \(known: softmaxCrossEntropy/);
  await refused({ loss: 3 }, /expected loss to be a function of truth and prediction, got 3/);
  await refused({ clip: { norm: 0 } }, /expected clip.norm > 0, got 0/);
  await refused({ clip: { size: 1 } }, /unknown option: size/);
  await refused({ accumulate: 0 }, /expected accumulate to be a whole number >= 1, got 0/);
  await refused({ precision: "int8" }, /unknown precision: int8 \(known: bfloat16, float16\)/);
  await refused({ lossScale: 8 }, /expected precision "float16" for lossScale, got undefined/);
  await refused({ schedule: 0.1 }, /expected schedule to be one of nn.schedule, got 0.1/);
  await refused({ resume: true }, /expected checkpoint to resume from, got none/);
  await refused({ validation: 0.1, validationData: data }, /expected validation or validationData, got both/);
  await assert.rejects(nn.fit({ layers: 3 } as never, data, { loss: "meanSquaredError" }), /expected model to be a tf.LayersModel or \{ predict, variables \}, got an object with layers/);
  await assert.rejects(nn.fit(small(tf).model, { x: 3 } as never, { loss: "meanSquaredError" }), /expected data to be \{ x, y \} of tensors/);
  tf.dispose(data as never);
});
