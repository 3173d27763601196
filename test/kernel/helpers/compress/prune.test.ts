import assert from "node:assert/strict";
import type { LayersModel, Tensor, Tensor2D, Variable } from "@tensorflow/tfjs";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as compress from "../../../../kernel/helpers/compress/index.js";
import { random } from "../../../../kernel/helpers/data/random.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import { tiersHere } from "../../engine/support.js";
import { bars, largest, network, noise, settle } from "./support.js";

const quiet = { progress: false, batchSize: 16 } as const;

test("a mask prunes exactly the floor of the part asked for, never a larger weight while a smaller one stays, and keeps everything at 0 and nothing at 1", () => {
  const draw = random(2);
  for (const count of [1, 7, 64]) for (const sparsity of [0, 0.1, 0.5, 0.6, 0.99, 1]) {
    const weights = Array.from({ length: count }, () => Math.round(draw.normal() * 4));
    const { mask, pruned } = compress.magnitudeMask(weights, { sparsity });
    assert.equal(pruned, Math.floor(count * sparsity + 1e-9));
    assert.equal(mask.reduce((sum, one) => sum + one, 0), count - pruned);
    const [kept, gone] = [1, 0].map((side) => weights.filter((_, at) => mask[at] === side).map(Math.abs));
    assert.ok(Math.max(-1, ...gone!) <= Math.min(Infinity, ...kept!));
  }
});

test("of each m weights exactly keep stay under n:m, in every row", () => {
  const weights = Array.from({ length: 48 }, (_, at) => Math.sin(at * 7));
  for (const [keep, m] of [[0, 2], [1, 2], [2, 4], [4, 4]] as const) {
    const { mask } = compress.nOfMMask(weights, { keep, m, lastAxis: 8 });
    for (let from = 0; from < 48; from += m) assert.equal(mask.slice(from, from + m).reduce((sum, one) => sum + one, 0), keep);
  }
});

test("a schedule never falls, begins and ends where it says, and is straight with power 1", () => {
  const schedule = { initial: 0.1, final: 0.8, begin: 3, end: 13 };
  const values = Array.from({ length: 20 }, (_, step) => compress.polynomialSparsity(step, schedule));
  values.slice(1).forEach((value, at) => assert.ok(value >= values[at]!));
  assert.deepEqual([values[0], values[3], values[13], values[19]], [0.1, 0.1, 0.8, 0.8]);
  assert.ok(Math.abs(compress.polynomialSparsity(8, { ...schedule, power: 1 }) - 0.45) < 1e-12);
  assert.ok(Math.abs(compress.polynomialSparsity(8, schedule) - (0.8 - 0.7 / 8)) < 1e-12);
});

for (const tier of tiersHere.filter((name) => name !== "cpu")) {
  test(`on the ${tier} tier what is pruned stays exactly 0 through training with momentum, compiled or not, the loss still falls, and no tensor is left`, async () => {
    const { tf } = await loadEngine({ tier });
    const data = bars(tf, 64);
    const train = async (compile: boolean) => {
      const model = settle(tf, tf.sequential({ layers: [tf.layers.flatten({ inputShape: [8, 8, 1] }), tf.layers.dense({ units: 12, activation: "relu" }), tf.layers.dense({ units: 2 })] }));
      const adam = tf.train.adam(0.02);
      // Momentum from before the pruning.
      await nn.fit(model, data, { ...quiet, loss: tf.losses.softmaxCrossEntropy, optimizer: adam, epochs: 2, compile });
      const pruning = compress.prune(model, { schedule: { initial: 0.2, final: 0.7, end: 4 } });
      const zerosHold = () => Object.entries(pruning.masks).every(([name, mask]) => {
        const values = model.weights.find((weight) => weight.originalName === name)!.read().dataSync();
        return mask.every((one, at) => one === 1 || values[at] === 0);
      });
      const { history } = await nn.fit(model, data, { ...quiet, loss: tf.losses.softmaxCrossEntropy, optimizer: pruning.optimizer(adam), epochs: 8, compile, onEpoch: (epoch) => {
        // Before the schedule sets them again: the steps alone have kept them.
        assert.ok(zerosHold(), `a pruned weight moved in epoch ${epoch}`);
        pruning.onEpoch(epoch);
      } });
      const zeros = pruning.layers.map((layer) => layer.zeros);
      for (const [name, mask] of Object.entries(pruning.masks)) {
        const values = model.weights.find((weight) => weight.originalName === name)!.read().dataSync();
        assert.ok(mask.every((one, at) => (one === 0) === (values[at] === 0)), name);
      }
      assert.ok(Math.abs(pruning.sparsity - 0.7) < 0.002, String(pruning.sparsity));
      assert.ok(history["loss"]!.at(-1)! < history["loss"]![0]!);
      const weights = model.getWeights().flatMap((weight) => Array.from(weight.dataSync()));
      pruning.dispose();
      adam.dispose();
      model.dispose();
      return { zeros, weights };
    };
    const before = tf.memory().numTensors;
    const [compiled, plain] = [await train(true), await train(false)];
    assert.equal(tf.memory().numTensors, before);
    assert.deepEqual(compiled.zeros, plain.zeros);
    assert.ok(largest(compiled.weights, plain.weights) < 1e-3);
    tf.dispose([data.x, data.y]);
  });
}

test("pruning layer by layer takes the same part of each, and global pruning takes more where weights are small", async () => {
  const { tf } = await loadEngine();
  const make = () => [tf.variable(noise(tf, [10, 10], 1)), tf.tidy(() => tf.variable(tf.mul(noise(tf, [10, 10], 2), 0.1)))] as Variable[];
  const prune = (options: compress.PruneOptions) => {
    const variables = make();
    const result = compress.prune({ predict: (x: Tensor) => x, variables }, options);
    const parts = result.layers.map(({ sparsity }) => sparsity);
    result.dispose();
    tf.dispose(variables);
    return parts;
  };
  assert.deepEqual(prune({ sparsity: 0.3, scope: "layer" }), [0.3, 0.3]);
  const [large, small] = prune({ sparsity: 0.3 }) as [number, number];
  assert.ok(large < 0.15 && small > 0.4 && Math.abs(large + small - 0.6) < 1e-9);
  assert.deepEqual(prune({ nOfM: [1, 5] }), [0.8, 0.8]);
});

const answerOf = (model: LayersModel, x: Tensor): Float32Array => {
  const answer = model.predict(x) as Tensor;
  const values = answer.dataSync<"float32">().slice();
  answer.dispose();
  return values;
};

test("a network without its channels of zeros answers as before and is smaller, through convolution, normalisation, depthwise, flatten and dense", async () => {
  const { tf } = await loadEngine();
  const model = network(tf);
  // Channels that give nothing: their weights, and what normalisation would add, are 0.
  tf.tidy(() => {
    const silence = (layer: string, dead: number[]) => {
      const found = model.getLayer(layer);
      found.setWeights(found.getWeights().map((weight) => tf.mul(weight, tf.tensor1d(Array.from({ length: weight.shape.at(-1)! }, (_, channel) => (dead.includes(channel) ? 0 : 1))))));
    };
    silence("conv_a", [1, 3, 4]);
    const norm = model.getLayer("norm_a");
    norm.setWeights(norm.getWeights().map((weight, at) => (at === 1 || at === 2 ? tf.mul(weight, tf.tensor1d([1, 0, 1, 0, 0, 1])) : weight)));
    silence("conv_b", [0, 2, 5, 7]);
    silence("dense_a", [1, 2, 3, 7, 9]);
    const deep = model.getLayer("deep");
    deep.setWeights([deep.getWeights()[0]!, tf.mul(deep.getWeights()[1]!, tf.tensor1d([1, 0, 1, 0, 0, 1]))]);
  });
  const x = noise(tf, [3, 8, 8, 1], 9);
  const before = tf.memory().numTensors;
  const smaller = await compress.removeChannels(model, { fraction: 0.5 });
  assert.deepEqual(smaller.layers.map(({ kept }) => [...kept]), [[0, 2, 5], [1, 3, 4, 6], [0, 4, 5, 6, 8]]);
  assert.ok(largest(answerOf(smaller.model, x), answerOf(model, x)) < 1e-5);
  assert.equal(smaller.model.countParams(), smaller.parametersAfter);
  assert.ok(smaller.parametersAfter < 0.4 * smaller.parametersBefore);
  smaller.model.dispose();
  assert.equal(tf.memory().numTensors, before);
  const one = await compress.removeChannels(model, { fraction: 0.9, scope: "global" });
  assert.ok(one.layers.every(({ after }) => after >= 1));
  one.model.dispose();
  model.dispose();
  x.dispose();
});

test("a repeated block counts its weights once, and what has another shape than it gets is refused", async () => {
  const { tf } = await loadEngine();
  const input = tf.input({ shape: [4] });
  const model = tf.model({ inputs: input, outputs: compress.repeatLayers(input, [tf.layers.dense({ units: 4 })], { times: 3 }) });
  const { parameters, macs } = compress.modelCost(model);
  assert.deepEqual([parameters, macs, model.countParams()], [20, 48, 20]);
  assert.throws(() => compress.repeatLayers(input, tf.layers.dense({ units: 8 }), { times: 2 }), /expected a block that gives \[4\] as it gets, got \[8\]/);
  model.dispose();
});

for (const tier of tiersHere.filter((name) => name !== "cpu")) {
  test(`on the ${tier} tier shared values stay shared while they are trained, pruned weights stay 0, and the loss falls`, async () => {
    const { tf } = await loadEngine({ tier });
    const data = bars(tf, 48);
    const before = tf.memory().numTensors;
    const model = settle(tf, tf.sequential({ layers: [tf.layers.flatten({ inputShape: [8, 8, 1] }), tf.layers.dense({ units: 6, activation: "relu" }), tf.layers.dense({ units: 2 })] }));
    const pruning = compress.prune(model, { sparsity: 0.5 });
    const shared = compress.cluster(model, { clusters: 8 });
    const adam = tf.train.adam(0.02);
    const { history } = await nn.fit(shared.model!, data, { ...quiet, loss: tf.losses.softmaxCrossEntropy, optimizer: adam, epochs: 6 });
    shared.apply();
    assert.ok(history["loss"]!.at(-1)! < history["loss"]![0]!);
    for (const weight of model.weights.filter(({ shape }) => shape.length === 2)) {
      const values = weight.read().dataSync<"float32">();
      assert.ok(new Set(values).size <= 8);
      const mask = pruning.masks[weight.originalName]!;
      assert.ok(values.every((value, at) => mask[at] === 1 || value === 0));
    }
    shared.dispose();
    pruning.dispose();
    adam.dispose();
    model.dispose();
    assert.equal(tf.memory().numTensors, before);
    tf.dispose([data.x, data.y]);
  });
}

test("wrong arguments of pruning and sharing are named", async () => {
  const { tf } = await loadEngine();
  const w = tf.variable(tf.ones([2, 2])) as Variable;
  const model = { predict: (x: Tensor) => tf.matMul(x as Tensor2D, w as never), variables: [w] };
  assert.throws(() => compress.prune(model, { sparsity: 80 }), /expected sparsity from 0 to 1, got 80/);
  assert.throws(() => compress.prune(model, { sparsity: 0.5, nOfM: [1, 2] }), /expected one of sparsity, nOfM and schedule, got 2/);
  assert.throws(() => compress.prune(model, { nOfM: [2, 4] }), /expected a last axis that is a multiple of m = 4, got 2/);
  assert.throws(() => compress.prune(model, { sparsity: 0.5, layers: ["dense"] }), /unknown layer: dense \(known: /);
  assert.throws(() => compress.prune({ predict: model.predict } as never, { sparsity: 0.5 }), /expected model to be a LayersModel or { predict, variables }, got an object with predict/);
  assert.throws(() => compress.magnitudeMask([1, Number.NaN], { sparsity: 0.5 }), /expected finite numbers in weights, got NaN at index 1/);
  assert.throws(() => compress.cluster(model, { clusters: 1 }), /expected clusters to be a whole number >= 2, got 1/);
  const input = tf.input({ shape: [4] });
  const start = tf.layers.dense({ units: 4 }).apply(input) as never;
  const branched = tf.model({ inputs: input, outputs: tf.layers.dense({ units: 1 }).apply(tf.layers.add({ name: "sum" }).apply([input, start])) as never });
  await assert.rejects(compress.removeChannels(branched, { fraction: 0.5 }), /expected a chain of layers, got sum \(Add\) with 2 inputs/);
  await assert.rejects(compress.removeChannels(branched, { fraction: 1 }), /expected fraction from 0 to below 1, got 1/);
  branched.dispose();
  w.dispose();
});
