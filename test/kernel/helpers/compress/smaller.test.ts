import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as compress from "../../../../kernel/helpers/compress/index.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import { bars, largest, network, noise, settle } from "./support.js";

const predict = (model: LayersModel, x: Tensor): Float32Array => {
  const answer = model.predict(x) as Tensor;
  const values = answer.dataSync<"float32">().slice();
  answer.dispose();
  return values;
};

test("all of the rank gives the matrix back, each rank more is nearer, and energy finds the smallest rank that holds it", () => {
  const matrix = Array.from({ length: 6 }, (_, row) => Array.from({ length: 4 }, (_column, column) => Math.sin(row * 3 + column * column) + ((row * column) % 3)));
  const errorOf = ({ rank, left, right }: compress.Factors) => Math.max(...matrix.flatMap((row, i) => row.map((value, j) => Math.abs(value - Array.from({ length: rank }, (_, k) => left[i * rank + k]! * right[k * 4 + j]!).reduce((a, b) => a + b, 0)))));
  const factors = [1, 2, 3, 4].map((rank) => compress.factorise(matrix, { rank }));
  assert.ok(errorOf(factors[3]!) < 1e-6);
  factors.slice(1).forEach(({ energy }, at) => assert.ok(energy >= factors[at]!.energy));
  for (const { energy, rank } of factors.slice(0, 3)) assert.equal(compress.factorise(matrix, { energy: energy - 1e-9 }).rank, rank);
  assert.throws(() => compress.factorise(matrix, { rank: 5 }), /expected rank from 1 to 4, got 5/);
  compress.singularValues(matrix).forEach((value, at) => assert.ok(Math.abs(value - factors[0]!.singularValues[at]!) < 1e-9));
  assert.throws(() => compress.singularValues([]), /expected a matrix with at least one row and column, got none/);
  assert.throws(() => compress.factorise(matrix, {}), /expected one of rank and energy, got 0/);
  assert.throws(() => compress.factorise([[1, 2], [3]], { rank: 1 }), /expected rows of 2 numbers, got 1 in row 1/);
  assert.throws(() => compress.factorise(matrix, { energy: 90 }), /expected energy above 0 up to 1, got 90/);
});

test("a network of low rank whose kernels had that rank answers as before; layers that would not shrink stay", async () => {
  const { tf } = await loadEngine();
  const model = settle(tf, tf.sequential({ layers: [
    tf.layers.conv2d({ inputShape: [8, 8, 3], filters: 16, kernelSize: 3, strides: 2, activation: "relu", name: "conv" }), tf.layers.flatten(), tf.layers.dense({ units: 24, activation: "relu", name: "wide" }), tf.layers.dense({ units: 2, name: "small" }),
  ] }));
  tf.tidy(() => {
    const thin = (name: string, rank: number, shape: number[]) => model.getLayer(name).setWeights([tf.reshape(tf.matMul(noise(tf, [shape[0]!, rank], 5) as never, noise(tf, [rank, shape[1]!], 6) as never), model.getLayer(name).getWeights()[0]!.shape), model.getLayer(name).getWeights()[1]!]);
    thin("conv", 4, [27, 16]);
    thin("wide", 3, [144, 24]);
  });
  const x = noise(tf, [3, 8, 8, 3]);
  const before = tf.memory().numTensors;
  const small = await compress.lowRank(model, { energy: 1 - 1e-9 });
  assert.deepEqual(small.layers.map(({ rank }) => rank), [4, 3, null]);
  const [mine, theirs] = [predict(small.model, x), predict(model, x)];
  assert.ok(largest(mine, theirs) < 1e-4 * Math.max(...theirs.map(Math.abs)));
  assert.ok(small.parametersAfter < 0.3 * small.parametersBefore && small.model.countParams() === small.parametersAfter);
  small.model.dispose();
  assert.equal(tf.memory().numTensors, before);
  await assert.rejects(compress.lowRank(model, { rank: 30, layers: ["wide"] }), /expected rank from 1 to 24, got 30 in layer wide/);
  model.dispose();
  x.dispose();
});

test("a student learns from its teacher alone, the teacher does not change, and probabilities in place of logits are refused", async () => {
  const { tf } = await loadEngine();
  const data = bars(tf, 192);
  const teacher = network(tf);
  const adam = tf.train.adam(0.01);
  await nn.fit(teacher, data, { progress: false, epochs: 12, loss: tf.losses.softmaxCrossEntropy, optimizer: adam });
  adam.dispose();
  const kept = teacher.getWeights().map((weight) => weight.dataSync().slice());
  const before = tf.memory().numTensors;
  const student = settle(tf, tf.sequential({ layers: [tf.layers.flatten({ inputShape: [8, 8, 1] }), tf.layers.dense({ units: 24, activation: "relu" }), tf.layers.dense({ units: 2 })] }), 40);
  const optimizer = tf.train.adam(0.02);
  const { history } = await compress.distil(student, data, { teacher, alpha: 1, temperature: 3, epochs: 12, optimizer, progress: false, validation: 0.25 });
  assert.ok(history["loss"]!.at(-1)! < 0.3 * history["loss"]![0]!);
  assert.ok(history["accuracy"]!.at(-1)! > 0.9 && history["val_accuracy"]!.at(-1)! > 0.65, String(history["val_accuracy"]));
  teacher.getWeights().forEach((weight, at) => assert.deepEqual(weight.dataSync(), kept[at]));
  optimizer.dispose();
  student.dispose();
  assert.equal(tf.memory().numTensors, before);
  // One that always says the opposite is followed, not the labels.
  const contrary = settle(tf, tf.sequential({ layers: [tf.layers.flatten({ inputShape: [8, 8, 1] }), tf.layers.dense({ units: 24, activation: "relu" }), tf.layers.dense({ units: 2 })] }), 40);
  await compress.distil(contrary, data, { teacher: { predict: (x: Tensor) => tf.neg(teacher.apply(x) as Tensor) }, alpha: 1, epochs: 8, optimizer: tf.train.adam(0.02), progress: false });
  const right = tf.tidy(() => tf.mean(tf.cast(tf.equal(tf.argMax(contrary.apply(data.x) as Tensor, 1), tf.argMax(data.y, 1)), "float32")).dataSync()[0]!);
  assert.ok(right < 0.2, String(right));
  contrary.dispose();
  const sure = { predict: (x: Tensor) => tf.softmax(teacher.apply(x) as Tensor) };
  await assert.rejects(compress.distil(teacher, data, { teacher: sure, progress: false }), /expected logits from the teacher, got rows that sum to 1: take away its softmax/);
  await assert.rejects(compress.distil(teacher, { x: data.x, y: tf.zeros([192]) }, { teacher, progress: false }), /expected y of shape \[192, classes\], got \[192\]/);
  assert.throws(() => compress.distillationLoss(tf.zeros([3, 4]), tf.zeros([3, 5]), tf.zeros([3])), /expected teacher of shape \[3, 4\] like student, got \[3, 5\]/);
  assert.throws(() => compress.distillationLoss(tf.zeros([3, 4]), tf.zeros([3, 4]), tf.zeros([3]), { temperature: 0 }), /expected temperature > 0, got 0/);
  teacher.dispose();
  tf.dispose([data.x, data.y]);
});

const space = { layers: [1, 2, 3, 4], units: [4, 8, 16, 32, 64], activation: ["relu", "tanh"] } as const;
/** Best in the middle, dear at the ends; little effort is noisy. */
const judge = ({ layers, units, activation }: compress.Candidate<typeof space>, { effort }: { effort: number }) => ({ score: 1 - 0.1 * Math.abs(layers - 3) - 0.05 * Math.abs(Math.log2(units) - 4) - (activation === "tanh" ? 0.03 : 0) + Math.sin(layers * units) / (100 * effort), cost: layers * units });

test("every search stays in its budget, tries no candidate twice at one effort, gives the same with the same seed, and finds the best of a space that it can try whole", async () => {
  for (const method of ["random", "evolution", "halving"] as const) {
    const run = (seed: number, budget: number) => compress.search(space, { evaluate: judge, method, budget, effort: 3, seed });
    const [one, again, other] = [await run(1, 45), await run(1, 45), await run(2, 45)];
    assert.deepEqual(one.trials, again.trials);
    assert.notDeepEqual(one.trials.map(({ candidate }) => candidate), other.trials.map(({ candidate }) => candidate));
    for (const { trials, spent } of [one, other]) {
      assert.ok(spent <= 45 && Math.abs(trials.reduce((sum, { effort }) => sum + effort, 0) - spent) < 1e-9);
      const keys = trials.map(({ candidate, effort }) => JSON.stringify([candidate, effort]));
      assert.equal(new Set(keys).size, keys.length);
    }
    if (method !== "halving") {
      const whole = await run(1, 3 * 40);
      assert.equal(whole.trials.length, 40);
      assert.deepEqual(whole.best.candidate, { layers: 3, units: 16, activation: "relu" });
      assert.ok(whole.pareto.every(({ cost }, at, all) => at === 0 || cost > all[at - 1]!.cost));
    } else assert.ok(new Set(one.trials.map(({ effort }) => effort)).size > 1 && one.best.effort === 3);
  }
});

test("a candidate that fails is in the table with its reason; if all fail, the first reason is thrown; a search can be ended", async () => {
  const fails = (candidate: { a: number }) => {
    if (candidate.a === 2) throw new Error("no room");
    return candidate.a;
  };
  const found = await compress.search({ a: [1, 2, 3] }, { evaluate: fails, budget: 3 });
  assert.equal(found.trials.find(({ candidate }) => candidate.a === 2)!.error, "no room");
  assert.equal(found.best.candidate.a, 3);
  await assert.rejects(compress.search({ a: [2] }, { evaluate: fails, budget: 3 }), /no room/);
  assert.equal((await compress.search(space, { evaluate: judge, budget: 9, onTrial: ({ index }) => index < 1 })).trials.length, 2);
  await assert.rejects(compress.search({}, { evaluate: () => 1, budget: 1 }), /expected a space with at least one choice, got none/);
  await assert.rejects(compress.search({ a: [] }, { evaluate: () => 1, budget: 1 }), /expected at least one value of a, got an array of 0/);
  await assert.rejects(compress.search({ a: [1] }, { evaluate: () => 1, budget: 1, effort: 5 }), /expected budget >= effort 5, got 1/);
});

test("by channels a depthwise kernel has a scale for each of its channels, in a file and in memory", async () => {
  const { tf } = await loadEngine();
  const model = tf.sequential({ layers: [tf.layers.depthwiseConv2d({ inputShape: [8, 8, 16], kernelSize: 3, useBias: false })] });
  // Channels of very different size: one scale for all would round the small ones to nothing.
  model.setWeights([tf.mul(tf.randomNormal([3, 3, 16, 1], 0, 1, "float32", 3), tf.reshape(tf.pow(tf.scalar(0.4), tf.range(0, 16)), [16, 1]))]);
  const exact = model.getWeights()[0]!.dataSync();
  const loaded = await compress.loadModel((await compress.exportModel(model, { weights: "channels" })).files);
  const again = loaded.getWeights()[0]!.dataSync();
  exact.forEach((value, at) => assert.ok(Math.abs(value - again[at]!) <= (4 * 0.4 ** (at % 16)) / 127, `${at}: ${value} became ${again[at]}`));
  const [kernel] = Object.values(compress.quantiseWeights(model).weights);
  assert.deepEqual([kernel!.axis, kernel!.scale.length], [2, 16]);
});

test("an exported model loads in tfjs as it is, and with less error by channels; it is about a quarter as large, and a folder, a URL and files give the same", async () => {
  const { tf } = await loadEngine();
  const model = settle(tf, tf.sequential({ layers: [tf.layers.conv2d({ inputShape: [8, 8, 3], filters: 32, kernelSize: 3, activation: "relu" }), tf.layers.flatten(), tf.layers.dense({ units: 40, activation: "relu" }), tf.layers.dense({ units: 3 })] }));
  const x = noise(tf, [4, 8, 8, 3]);
  const exact = predict(model, x);
  const folder = mkdtempSync(join(tmpdir(), "lyceum-export-"));
  const before = tf.memory().numTensors;
  try {
    const full = await compress.exportModel(model, { weights: "float32" });
    const errors: number[] = [];
    let left = 0;
    for (const weights of ["int8", "channels"] as const) {
      const small = await compress.exportModel(model, { weights });
      assert.ok(small.bytes < 0.32 * full.bytes, `${small.bytes} of ${full.bytes}`);
      await small.save(folder);
      const server = createServer((request, response) => response.end(small.files[request.url!.slice(1)])).listen(0, "127.0.0.1");
      await new Promise((done) => server.once("listening", done));
      const answers = [];
      for (const source of [small.files, folder, join(folder, "model.json"), `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.json`]) {
        const loaded = await compress.loadModel(source);
        answers.push(predict(loaded, x));
        loaded.dispose();
      }
      server.close();
      for (const answer of answers) assert.deepEqual(answer, answers[0]);
      errors.push(largest(answers[0]!, exact));
      const plain = tf.loadLayersModel(`file://${folder}/model.json`);
      if (weights === "int8") {
        const loaded = await plain;
        assert.ok(largest(predict(loaded, x), answers[0]!) < 1e-5);
        loaded.dispose();
      } else {
        const now = tf.memory().numTensors;
        await assert.rejects(plain, /int8|weight/i);
        // tfjs leaves the layers of a model that did not load.
        left = tf.memory().numTensors - now;
      }
    }
    assert.ok(errors[1]! < errors[0]! && errors[0]! < 0.05 * Math.max(...exact.map(Math.abs)), String(errors));
    writeFileSync(join(folder, "group1-shard2of2.bin"), "of a model that was here before");
    await full.save(folder);
    assert.deepEqual(readdirSync(folder).sort(), ["group1-shard1of1.bin", "model.json"]);
    const whole = await compress.loadModel(folder);
    assert.deepEqual(predict(whole, x), exact);
    whole.dispose();
    assert.equal(tf.memory().numTensors - left, before);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  model.dispose();
  x.dispose();
});

test("a folder without a model, a file cut short and a description that is none are named", async () => {
  const { tf } = await loadEngine();
  const folder = mkdtempSync(join(tmpdir(), "lyceum-export-"));
  try {
    await assert.rejects(compress.loadModel(folder), /there is no saved model at /);
    const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [10], units: 10 })] });
    const { files } = await compress.exportModel(model);
    await assert.rejects(compress.loadModel({ ...files, "group1-shard1of1.bin": files["group1-shard1of1.bin"]!.slice(0, 99) }), /expected 140 bytes of weights, got 99: a file is cut short/);
    await assert.rejects(compress.loadModel({ "model.json": files["model.json"]! }), /expected group1-shard1of1.bin among the files, got model.json/);
    writeFileSync(join(folder, "model.json"), "<html>");
    await assert.rejects(compress.loadModel(folder), /expected model.json with layers and weights, got "<html>"/);
    await assert.rejects(compress.exportModel({} as never), /expected model to be a LayersModel/);
    await assert.rejects(compress.exportModel(model, { weights: "int4" as never }), /unknown weights: int4 \(known: float32, int8, channels\)/);
    model.dispose();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
