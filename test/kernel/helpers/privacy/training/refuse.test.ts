import assert from "node:assert/strict";
import { test } from "node:test";
import { loadEngine } from "../../../../../kernel/engine/index.js";
import { apart, privacy, sample, warnings } from "./support.js";

const { tf } = await loadEngine();
const loss = "meanSquaredError" as const;
const dense = (units = 2) => tf.layers.dense({ units });

test("layers that mix the examples of a batch are refused by name, with what to take instead", () => {
  const batch = { x: sample(tf, [4, 3]), y: sample(tf, [4, 2]) };
  const ask = (layers: Parameters<typeof tf.sequential>[0]) => () => privacy.perExampleNorms(tf.sequential(layers), batch, { loss });
  assert.throws(ask({ layers: [tf.layers.batchNormalization({ inputShape: [3], name: "bn" }), dense()] }), /bn \(BatchNormalization\): take tf\.layers\.layerNormalization\(\) instead/);
  assert.throws(ask({ layers: [tf.layers.dense({ units: 2, inputShape: [3], name: "d", kernelRegularizer: "l1l2" })] }), /expected no kernelRegularizer, got one on d \(Dense\)/);
  const stateful = tf.sequential({ layers: [tf.layers.lstm({ units: 2, stateful: true, batchInputShape: [4, 5, 3] })] });
  assert.throws(() => privacy.perExampleNorms(stateful, { x: sample(tf, [4, 5, 3]), y: sample(tf, [4, 2]) }, { loss }), /expected no state from batch to batch/);
});

test("a frozen batch normalisation is a fixed scale and shift, and may stay", () => {
  const model = tf.sequential({ layers: [tf.layers.batchNormalization({ inputShape: [3], trainable: false }), dense()] });
  const batch = { x: sample(tf, [4, 3]), y: sample(tf, [4, 2]) };
  const all = privacy.perExampleNorms(model, batch, { loss }).norms;
  const alone = privacy.perExampleNorms(model, { x: batch.x.slice([2], [1]), y: batch.y.slice([2], [1]) }, { loss }).norms;
  assert.ok(Math.abs(all[2]! - alone[0]!) < 1e-5);
});

test("a layer without a formula is handled one example at a time, exactly, with a warning that names it", () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [4] }), tf.layers.prelu({ name: "bend", alphaInitializer: "ones" }), dense()] });
  const batch = { x: sample(tf, [5, 4]), y: sample(tf, [5, 2]) };
  const { result, lines } = warnings(() => privacy.clippedSum(model, batch, { loss, clip: 0.5 }));
  assert.match(lines.join(), /one by one, which is exact but slow, because of bend \(PReLU: no formula for it\)/);
  // By hand: the gradient of each example, clipped, summed.
  const parameters = model.trainableWeights.map((weight) => ({ name: weight.name, variable: weight.read() as import("@tensorflow/tfjs").Variable }));
  const expected = parameters.map(({ variable }) => new Float64Array(variable.size));
  for (let at = 0; at < 5; at++) {
    const { grads } = tf.variableGrads(() => tf.losses.meanSquaredError(batch.y.slice([at], [1]), model.apply(batch.x.slice([at], [1])) as never));
    const values = parameters.map(({ variable }) => grads[variable.name]!.dataSync());
    const norm = Math.hypot(...values.flatMap((list) => Array.from(list)));
    values.forEach((list, k) => list.forEach((value, i) => (expected[k]![i]! += value * Math.min(1, 0.5 / norm))));
  }
  parameters.forEach(({ name }, k) => assert.ok(apart(result.sums[name]!.values, expected[k]!) < 1e-5, name));
  assert.throws(() => privacy.perExampleNorms(model, batch, { loss, method: "taps" }), /expected layers with a formula for single examples, got bend/);
});

test("a parameter used behind the layers' back, or not at all, is refused: its gradient would go missing", () => {
  const [w, v] = [tf.variable(sample(tf, [3, 2])), tf.variable(sample(tf, [2]))];
  const batch = { x: sample(tf, [4, 3]), y: sample(tf, [4, 2]) };
  const around = privacy.tapped({ variables: { w, v }, forward: (layers, x) => layers.dense(x, w).mul(v) });
  assert.throws(() => privacy.perExampleNorms(around, batch, { loss }), /expected parameter v to be used through the layers only, got a use in mul/);
  const unused = privacy.tapped({ variables: { w, v }, forward: (layers, x) => layers.dense(x, w) });
  assert.throws(() => privacy.perExampleNorms(unused, batch, { loss }), /expected parameter v to be used through the layers, got no use/);
  // A plain variable that is not among the parameters is anyone's.
  const constant = privacy.tapped({ variables: { w }, forward: (layers, x) => layers.dense(x, w).mul(v) });
  assert.equal(privacy.perExampleNorms(constant, batch, { loss }).norms.length, 4);
});

test("wrong input is named: no model, no loss of each example, different numbers of rows, unknown words", () => {
  const w = tf.variable(sample(tf, [3, 2]));
  const model = privacy.tapped({ variables: { w }, forward: (layers, x) => layers.dense(x, w) });
  const batch = { x: sample(tf, [4, 3]), y: sample(tf, [4, 2]) };
  assert.throws(() => privacy.perExampleNorms({} as never, batch, { loss }), /expected a tf\.LayersModel or the result of privacy\.tapped/);
  assert.throws(() => privacy.perExampleNorms(model, { ...batch, y: sample(tf, [3, 2]) }, { loss }), /expected x with 3 examples like y, got 4/);
  assert.throws(() => privacy.perExampleNorms(model, batch, { loss: (y, out) => tf.losses.meanSquaredError(y, out) }), /expected one loss for each example, got a tensor of shape \[\]/);
  assert.throws(() => privacy.perExampleNorms(model, batch, { loss: "mse" as never }), /unknown loss: mse \(known: categoricalCrossentropy/);
  assert.throws(() => privacy.clippedSum(model, batch, { loss, clip: 0 }), /expected clip > 0, got 0/);
  assert.throws(() => privacy.clippedSum(model, batch, { loss, clip: { norm: 1, rule: "hard" as never } }), /unknown rule: hard/);
  assert.throws(() => privacy.clippedSum(model, batch, { loss, clip: { style: "perLayer", norms: { q: 1 } } }), /unknown option: q \(known: w\)/);
  assert.throws(() => privacy.tapped({ variables: { w: tf.scalar(1) as never }, forward: (_, x) => x }), /expected variables\.w to be a tf\.variable/);
});

test("a forward pass of one's own that mixes the examples is found out before training; dropout is not taken for it", async () => {
  const w = tf.variable(sample(tf, [3, 2]));
  const batch = { x: sample(tf, [4, 3]), y: sample(tf, [4, 2]) };
  const options = { loss, noiseMultiplier: 1, delta: 1e-3, steps: 1, batchSize: 2 } as const;
  const coupled = privacy.tapped({ variables: { w }, forward: (layers, x) => layers.dense(x.sub(x.mean(0, true)), w) });
  await assert.rejects(privacy.training(coupled, batch, options), /expected a forward pass that treats the examples of a batch apart/);
  const dropping = privacy.tapped({ variables: { w }, forward: (layers, x) => layers.dense(tf.dropout(x, 0.5), w) });
  (await privacy.training(dropping, batch, options)).dispose();
});
