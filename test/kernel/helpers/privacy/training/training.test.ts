import assert from "node:assert/strict";
import { test } from "node:test";
import type { Variable } from "@tensorflow/tfjs";
import { compile } from "../../../../../kernel/engine/compile/public.js";
import { loadEngine } from "../../../../../kernel/engine/index.js";
import { poissonSample, stepSeed } from "../../../../../kernel/helpers/privacy/training/trainer/sampling.js";
import { apart, privacy, sample, warnings } from "./support.js";

const { tf } = await loadEngine();
const loss = "meanSquaredError" as const;
const rows = 40;
const data = { x: sample(tf, [rows, 3]), y: sample(tf, [rows, 2], 2) };

/** A network that starts the same each time. */
function network() {
  const v = { w: tf.variable(sample(tf, [3, 4], 3)), b: tf.variable(tf.zeros([4])), out: tf.variable(sample(tf, [4, 2], 4)) };
  return { v, model: privacy.tapped({ variables: v, forward: (layers, x) => layers.dense(tf.tanh(layers.dense(x, v.w, v.b)), v.out) }) };
}
const weights = (v: Record<string, Variable>) => Object.values(v).flatMap((one) => Array.from(one.dataSync()));
const options = { loss, noiseMultiplier: 1, delta: 1e-3, steps: 6, batchSize: 8, optimizer: "sgd", learningRate: 0.1, unsafeSeed: 5 } as const;

async function trained(more: object = {}) {
  const { v, model } = network();
  const run = await privacy.training(model, data, { ...options, ...more });
  while (run.done < run.plan.steps) run.step();
  const result = weights(v);
  const { epsilon, clipNorm } = run;
  run.dispose();
  return { weights: result, epsilon, clipNorm };
}

test("without noise, with everyone in the batch and a clip norm that never bites, training is plain training", async () => {
  for (const optimizer of ["sgd", "momentum", "adam"] as const) {
    const { weights: got } = await trained({ optimizer, noiseMultiplier: 0, batchSize: rows, clip: 1e4, learningRate: 0.05 });
    const { v, model } = network();
    const plain = optimizer === "adam" ? tf.train.adam(0.05) : optimizer === "sgd" ? tf.train.sgd(0.05) : tf.train.momentum(0.05, 0.9);
    for (let step = 0; step < options.steps; step++) plain.minimize(() => tf.losses.meanSquaredError(data.y, model.predict(data.x)));
    assert.ok(apart(got, weights(v)) < 2e-5, `${optimizer}: ${apart(got, weights(v))}`);
  }
});

test("the size of the parts a batch is worked in changes nothing: one part, many parts, parts with filling", async () => {
  const [whole, ...others] = await Promise.all([40, 1, 3, 8, 13].map((physicalBatchSize) => trained({ physicalBatchSize, clip: 0.3 })));
  for (const { weights: got } of others) assert.ok(apart(got, whole!.weights) < 1e-5);
});

test("compiled and as it is, by taps and one by one, the same seed gives the same weights", async () => {
  const plain = await trained({ compile: false });
  for (const more of [{ compile }, { method: "loop" as const }]) assert.ok(apart((await trained(more)).weights, plain.weights) < 1e-5);
});

test("every step is paid for, whoever was drawn: empty batches too, and epsilon is what the accountant says of the plan", async () => {
  const { v, model } = network();
  const run = await privacy.training(model, data, { ...options, examples: 1e6, batchSize: 1, delta: 1e-7, steps: 50 });
  const before = weights(v);
  for (let step = 0; step < 50; step++) run.step();
  // A chance of 40 in a million to draw anyone: all steps were noise alone, and moved the weights.
  assert.ok(weights(v).every((value, at) => value !== before[at]));
  assert.ok(Math.abs(run.epsilon - privacy.dpsgd({ examples: 1e6, batchSize: 1, steps: 50, noiseMultiplier: 1, delta: 1e-7 }).epsilon) < 1e-12);
  assert.throws(() => run.step(), /expected at most the 50 steps that were planned, got one more/);
  run.dispose();
});

test("the noise on the sum has the deviation that was promised, for every parameter and kind of clipping", async () => {
  // One step without data: weights move by noise * learningRate / batchSize.
  for (const [clip, sensitivity] of [[2, 2], [{ style: "perParameter", norms: { w: 3, b: 4 } }, 5], [{ style: "adaptive", norm: 2, countNoise: 50 }, 2]] as const) {
    const v = { w: tf.variable(tf.zeros([100, 100])), b: tf.variable(tf.zeros([100])) };
    const model = privacy.tapped({ variables: v, forward: (layers, x) => layers.dense(x, v.w, v.b) });
    const nobody = { x: tf.zeros([1, 100]), y: tf.zeros([1, 100]) };
    const run = await privacy.training(model, nobody, { loss, noiseMultiplier: 1.5, delta: 1e-9, steps: 1, batchSize: 10, examples: 1e7, optimizer: "sgd", learningRate: 1, clip: clip as privacy.ClipOptions, unsafeSeed: 3 });
    run.step();
    const values = Array.from(v.w.dataSync(), (value) => (value * 10) / (1.5 * sensitivity));
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    // 10,000 draws: the deviation of the variance is 0.014; adaptive clipping takes a little more noise (0.1 %).
    assert.ok(Math.abs(variance - 1) < 0.09, `${JSON.stringify(clip)}: ${variance}`);
    run.dispose();
  }
});

test("a training that is stored and goes on elsewhere ends with the same weights, account and clip norm", async () => {
  for (const more of [{ optimizer: "adam" as const, learningRate: 0.01 }, { optimizer: "momentum" as const }, { clip: { style: "adaptive" as const, norm: 0.2 } }]) {
    const whole = await trained(more);
    const first = network();
    const begun = await privacy.training(first.model, data, { ...options, ...more });
    for (let step = 0; step < 3; step++) begun.step();
    const checkpoint = JSON.parse(JSON.stringify(await begun.checkpoint())) as privacy.Checkpoint;
    begun.dispose();
    const second = network();
    const run = await privacy.training(second.model, data, { ...options, ...more, resume: checkpoint });
    assert.equal(run.done, 3);
    while (run.done < run.plan.steps) run.step();
    assert.ok(apart(weights(second.v), whole.weights) < 1e-6, JSON.stringify(more));
    assert.equal(run.epsilon, whole.epsilon);
    assert.ok(Math.abs(run.clipNorm - whole.clipNorm) < 1e-6);
    run.dispose();
    await assert.rejects(privacy.training(second.model, data, { ...options, ...more, noiseMultiplier: 2, resume: checkpoint }), /expected noiseMultiplier 1 as in the checkpoint, got 2/);
  }
});

test("fit that is interrupted goes on where it stopped, and forgets no step", async () => {
  const { v, model } = network();
  const call = (onStep?: (run: privacy.PrivateTraining) => void) => privacy.fit(model, data, { ...options, progress: false, ...(onStep && { onStep }) });
  await assert.rejects(call((run) => {
    if (run.done === 4) throw new Error("interrupted");
  }), /interrupted/);
  const fitted = await call();
  assert.equal(fitted.steps, options.steps);
  assert.equal(fitted.unsafe.losses.length, 2);
  const whole = await trained();
  assert.deepEqual(weights(v), whole.weights);
  assert.equal(fitted.epsilon, whole.epsilon);
});

test("another training of a model whose first one stopped is told that the first is not counted", async () => {
  const { model } = network();
  await assert.rejects(privacy.fit(model, data, { ...options, progress: false, onStep: () => { throw new Error("stop"); } }));
  const { warn } = console;
  const lines: string[] = [];
  console.warn = (line: string) => void lines.push(line);
  try {
    await privacy.fit(model, data, { ...options, noiseMultiplier: 3, progress: false });
  } finally {
    console.warn = warn;
  }
  assert.match(lines.join(), /stopped after 1 steps; what it spent is not part/);
});

test("fit keeps within epsilon, tells what it spent, and what its statement says is what was done", async () => {
  const { model } = network();
  const before = tf.memory().numTensors;
  for (const clip of [0.5, { style: "adaptive" as const }]) {
    const fitted = await privacy.fit(model, data, { loss, epsilon: 2, delta: 1e-3, epochs: 3, batchSize: 10, clip, progress: false });
    assert.ok(fitted.epsilon <= 2 && fitted.epsilon > 1.9, String(fitted.epsilon));
    assert.equal(fitted.steps, 12);
    assert.ok(Math.abs(fitted.statement.epsilon - fitted.epsilon) < 1e-6);
    assert.match(fitted.statement.text, /2/);
    assert.ok(Object.isFrozen(fitted));
  }
  assert.equal(tf.memory().numTensors, before);
});

test("the clip norm that adapts settles where the asked share of norms is below it", async () => {
  const w = tf.variable(tf.zeros([1, 1]));
  // Gradients do not depend on w: their norms are 0.01, 0.02, ... 1.
  const model = privacy.tapped({ variables: { w }, forward: (layers, x) => layers.dense(x, w) });
  const all = { x: tf.linspace(0.01, 1, 100).reshape([100, 1]), y: tf.zeros([100, 1]) };
  for (const [quantile, norm] of [[0.5, 0.05], [0.8, 5]] as const) {
    const run = await privacy.training(model, all, {
      loss: (_y, out) => out.reshape([-1]), noiseMultiplier: 0.1, delta: 1e-4, steps: 60, batchSize: 100, optimizer: "sgd", clip: { style: "adaptive", norm, quantile, countNoise: 1 }, unsafeSeed: 1,
    });
    while (run.done < 60) run.step();
    assert.ok(Math.abs(run.clipNorm - quantile) < 0.05, `${quantile}: ${run.clipNorm}`);
    run.dispose();
  }
});

test("each example is drawn on its own with the public rate: counts, pairs and the bits behind the first 32", () => {
  const [examples, rate, rounds] = [2000, 0.05, 200];
  let total = 0;
  let together = 0;
  for (let round = 0; round < rounds; round++) {
    const ids = poissonSample(examples, rate);
    assert.ok(ids.every((id, at) => id < examples && (at === 0 || id > ids[at - 1]!)));
    total += ids.length;
    together += Number(ids[0] === 0 && ids[1] === 1);
  }
  const deviation = Math.sqrt(examples * rounds * rate * (1 - rate));
  assert.ok(Math.abs(total - examples * rounds * rate) < 6.5 * deviation, String(total));
  assert.ok(together < 20);
  assert.equal(poissonSample(10, 1).length, 10);
  assert.equal(poissonSample(1e5, 2 ** -50).length, 0);
  assert.deepEqual(poissonSample(100, 0.3, 9), poissonSample(100, 0.3, 9));
  assert.notEqual(stepSeed(1, 0, 0), stepSeed(1, 0, 1));
  assert.equal(stepSeed(undefined, 0, 0), undefined);
});

test("what cannot be meant is refused before anything is trained", async () => {
  const { model } = network();
  const refused = (more: object, message: RegExp) => assert.rejects(privacy.training(model, data, { ...options, ...more } as never), message);
  await refused({ epsilon: 1 }, /expected epsilon or noiseMultiplier, got both/);
  await refused({ epochs: 1 }, /expected epochs or steps, got both/);
  await refused({ delta: 0.1 }, /expected delta < 1 \/ examples \(0\.025\), got 0\.1/);
  await refused({ batchSize: 41 }, /expected batchSize <= examples \(40\), got 41/);
  await refused({ noiseMultiplier: -1 }, /expected noiseMultiplier >= 0, got -1/);
  await refused({ sampler: 1 }, /unknown option: sampler/);
  await refused({ optimizer: "lion" }, /unknown optimizer: lion/);
  await refused({ loss: undefined }, /expected loss, or a model compiled with one/);
  await refused({ clip: { style: "adaptive", countNoise: 0.1 } }, /expected clip\.countNoise > noiseMultiplier \/ 2 \(0\.5\), got 0\.1/);
  await refused({ resume: {} }, /expected resume to be a checkpoint/);
  assert.deepEqual(warnings(() => 1).lines, []);
});
