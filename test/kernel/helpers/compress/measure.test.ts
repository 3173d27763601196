import assert from "node:assert/strict";
import { test } from "node:test";
import { displaySymbol } from "../../../../kernel/display/contract.js";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as compress from "../../../../kernel/helpers/compress/index.js";
import * as vision from "../../../../kernel/helpers/vision/index.js";

const shownText = (value: object): string => ((value as { [displaySymbol](): { data: Record<string, string> } })[displaySymbol]().data["text/plain"] ?? "");

test("the parameters that are counted layer by layer are those that the model has, whatever it is made of", async () => {
  const { tf } = await loadEngine();
  const input = tf.input({ shape: [16, 16, 4] });
  const block = vision.invertedResidual(vision.depthwiseSeparable(input, { filters: 8, strides: 2 }), { filters: 8, squeeze: 4 });
  const grouped = vision.groupedConv2dLayer({ filters: 8, groups: 2 }).apply(block) as never;
  const vector = tf.layers.globalAveragePooling2d({}).apply(vision.channelShuffleLayer({ groups: 2 }).apply(grouped)) as never;
  const models = [
    tf.model({ inputs: input, outputs: tf.layers.dense({ units: 3, activation: "softmax" }).apply(vector) as never }),
    tf.sequential({ layers: [tf.layers.embedding({ inputDim: 20, outputDim: 6, inputLength: 5 }), tf.layers.lstm({ units: 7, returnSequences: true }), tf.layers.gru({ units: 4, returnSequences: true }), tf.layers.simpleRNN({ units: 3 }), tf.layers.layerNormalization(), tf.layers.dense({ units: 2 })] }),
    tf.sequential({ layers: [tf.layers.separableConv2d({ inputShape: [9, 9, 3], filters: 5, kernelSize: 3 }), tf.layers.conv2dTranspose({ filters: 2, kernelSize: 2, strides: 2 }), tf.layers.averagePooling2d({ poolSize: 2 }), tf.layers.flatten(), tf.layers.dense({ units: 2 })] }),
  ];
  for (const model of models) {
    const cost = compress.modelCost(model);
    assert.equal(cost.parameters, model.countParams());
    assert.equal(cost.macs, cost.layers.reduce((sum, { macs }) => sum + macs, 0));
    assert.ok(cost.flops >= 2 * cost.macs);
    assert.match(shownText(cost), /multiply-accumulates/);
  }
  const recurrent = compress.modelCost(models[1]!).layers;
  assert.deepEqual(recurrent.map(({ macs }) => macs), [0, 4 * 7 * (6 + 7) * 5, 3 * 4 * (7 + 4) * 5, 3 * (4 + 3) * 5, 0, 6]);
  const outer = tf.sequential({ layers: [tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units: 5 })] }), tf.layers.dense({ units: 2 })] });
  assert.deepEqual([compress.modelCost(outer).macs, compress.modelCost(outer).parameters], [30, 37]);
  for (const model of [...models, outer]) model.dispose();
});

test("open sizes and layers of unknown kind are refused by name, and can be given", async () => {
  const { tf } = await loadEngine();
  const open = tf.sequential({ layers: [tf.layers.lstm({ inputShape: [null as never, 6], units: 3, returnSequences: true, name: "memory" }), tf.layers.dense({ units: 2 })] });
  assert.throws(() => compress.modelCost(open), /expected a model whose sizes are known, got \[null, .*\] of memory: give inputShape/);
  assert.deepEqual(compress.modelCost(open, { inputShape: [10, 6] }).layers.map(({ macs }) => macs), [4 * 3 * 9 * 10, 60]);
  const strange = tf.sequential({ layers: [tf.layers.conv3d({ inputShape: [3, 3, 3, 1], filters: 2, kernelSize: 2, name: "cube" })] });
  assert.throws(() => compress.modelCost(strange), /unsupported layer: cube \(Conv3D\): say what it costs in custom/);
  assert.equal(compress.modelCost(strange, { custom: { Conv3D: (_, { output }) => ({ macs: 8 * output.reduce((a, b) => a * b, 1) }) } }).macs, 128);
  assert.throws(() => compress.layerCost({ type: "conv2d", inputChannels: 8, filters: 9, kernel: [3, 3], output: [4, 4], groups: 2 }), /expected filters to be a multiple of groups 2, got 9/);
  assert.throws(() => compress.layerCost({ type: "conv3d" } as never), /unknown type: conv3d/);
  assert.throws(() => compress.layerCost({ type: "dense", inputs: 3 } as never), /expected units of a dense layer, got undefined/);
  open.dispose();
  strange.dispose();
});

test("latency leaves the warm-up out, takes percentiles by nearest rank, gives no 99th of fewer than 100 calls, and disposes what the call gives", async () => {
  const { tf } = await loadEngine();
  let calls = 0;
  let time = 0;
  const call = () => {
    calls += 1;
    time += calls <= 5 ? 1000 : calls - 5;
  };
  const found = await compress.latency(call, { warmUp: 5, runs: 100, now: () => time });
  assert.deepEqual([found.p50, found.p90, found.p99, found.min, found.max, found.mean], [50, 90, 99, 1, 100, 50.5]);
  assert.equal((await compress.latency(() => {}, { runs: 99 })).p99, null);
  const before = tf.memory().numTensors;
  await compress.latency(() => tf.zeros([3]), { runs: 5, warmUp: 1 });
  await compress.latency(async () => [tf.zeros([3]), tf.ones([2])], { runs: 5, warmUp: 1 });
  assert.equal(tf.memory().numTensors, before);
  await assert.rejects(compress.latency(() => {}, { runs: 0 }), /expected runs to be a whole number >= 1, got 0/);
});

test("the sheet multiplies what is given, marks what is assumed and what is estimated, and never says that energy was measured", () => {
  const sheet = compress.energySheet({ seconds: 7200, times: 3 }, { watts: 50, overhead: 1.2, pricePerKwh: 0.2, gramsPerKwh: 100 });
  assert.ok(Math.abs(sheet.kwh - (7200 * 50 * 1.2 * 3) / 3.6e6) < 1e-12);
  assert.ok(Math.abs(sheet.cost - 0.2 * sheet.kwh) < 1e-12 && Math.abs(sheet.grams - 100 * sheet.kwh) < 1e-12);
  const defaults = compress.energySheet({ seconds: 1 });
  assert.deepEqual(defaults.rows.filter(({ basis }) => basis === "assumed").map(({ quantity }) => quantity), ["power", "times", "overhead of the building", "price", "carbon intensity"]);
  assert.deepEqual(defaults.rows.filter(({ basis }) => basis === "estimated").map(({ quantity }) => quantity), ["energy", "cost", "emissions"]);
  assert.match(shownText(defaults), /estimated, not measured/);
  const [wide, small] = [compress.energySheet({ macs: 1e9 }), compress.energySheet({ macs: 1e9, bits: 8 })];
  assert.ok(Math.abs(wide.kwh / small.kwh - 4.6 / 0.3) < 1e-9);
  assert.throws(() => compress.energySheet({}), /expected one of seconds and macs, got 0/);
  assert.throws(() => compress.energySheet({ seconds: 1 }, { watts: 0 }), /expected watts > 0, got 0/);
  assert.throws(() => compress.energySheet({ macs: 1 }, { watts: 5 }), /expected watts with seconds only/);
});

test("a comparison marks the models that no other beats, shows itself, and plots accuracy by size", () => {
  const made = compress.compare([{ name: "full", accuracy: 0.9, bytes: 1000, milliseconds: 3 }, { name: "int8", accuracy: 0.9, bytes: 250 }, { name: "bad", accuracy: 0.5, bytes: 600 }]);
  assert.deepEqual(made.rows.map(({ best }) => best), [false, true, false]);
  assert.match(shownText(made), /int8/);
  assert.match(made.plot().layout.meta!.description!, /3 points/);
  const { data: drawn, layout } = made.plot();
  assert.deepEqual(drawn.map(({ x }) => x), [[250], [600, 1000]]);
  assert.deepEqual(layout.annotations!.map(({ text, x }) => [text, Number(x.toFixed(2))]), [["full", 3], ["int8", 2.4], ["bad", 2.78]]);
  assert.throws(() => compress.compare([]), /expected at least one model, got none/);
  assert.throws(() => compress.compare([{ name: "x", accuracy: Number.NaN, bytes: 1 }]), /expected accuracy and bytes of x, got NaN and 1/);
});

test("a pruned model is as large as before until it is packed, and shared variables count once", async () => {
  const { tf } = await loadEngine();
  const w = tf.variable(tf.randomNormal([50, 50], 0, 1, "float32", 3));
  const model = { predict: (x: import("@tensorflow/tfjs").Tensor) => x, variables: [w, w] };
  const full = compress.modelSize(model);
  const pruning = compress.prune(model, { sparsity: 0.9 });
  const pruned = compress.modelSize(model);
  assert.deepEqual([full.parameters, full.bytes, pruned.bytes, pruned.zeros], [2500, 10000, 10000, 2250]);
  assert.ok(pruned.gzipped < 0.3 * full.gzipped);
  pruning.dispose();
  w.dispose();
});
