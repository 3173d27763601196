import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Optimizer, Tensor, Tensor2D } from "@tensorflow/tfjs";
import { test } from "node:test";
import type { Tier } from "../../../../kernel/engine/contract.js";
import { loadEngine } from "../../../../kernel/engine/index.js";
import { compile } from "../../../../kernel/index.js";
import { random } from "../../../../kernel/helpers/data/random.js";
import { connectDisplay } from "../../../../kernel/helpers/train/index.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import type { OracleFile } from "../../../oracles/contract.js";
import { runCase } from "../../../oracles/run.js";
import { projectRoot } from "../../../support/root.js";
import { sample, tiersHere } from "../../engine/support.js";

const tiers = tiersHere.filter((name) => name !== "cpu");
const fast = tiers[0]!;
const display = Symbol.for("Jupyter.display");
const shown = (value: object): Record<string, string> => {
  const bundle = (value as Record<symbol, () => { data: Record<string, string> }>)[display]!();
  return bundle.data ?? (bundle as unknown as Record<string, string>);
};

for (const tier of tiers) {
  test(`schedules, optimisers, losses, rounding and files give PyTorch's numbers on the ${tier} tier`, async () => {
    await loadEngine({ tier: tier as Tier });
    const { answers } = await import("../../../oracles/adapters/ml/training.js");
    const adapter = { handles: () => true, answer: (input: Record<string, unknown>, expected: unknown) => answers[String(input["kind"])]!(input, expected) };
    const { cases } = JSON.parse(readFileSync(join(projectRoot, "test/oracles/training.json"), "utf8")) as OracleFile;
    const problems: string[] = [];
    for (const one of cases) {
      const { problem } = await runCase("training", one, [adapter]);
      if (problem !== undefined) problems.push(`${one.name}: ${problem}`);
    }
    assert.deepEqual(problems, []);
  });

  test(`rounding to 16 bits on the ${tier} tier is to nearest, ties to even, the same compiled as not, and done twice it is done once`, async () => {
    const { tf } = await loadEngine({ tier: tier as Tier });
    const draw = random(9);
    const values = Float32Array.from({ length: 4000 }, () => draw.normal() * 2 ** draw.integer(-20, 14));
    for (const [format, digits] of [["bfloat16", 8], ["float16", 11]] as const) {
      const exact = nn.roundTo(values, format);
      const [plain, ...ways] = tf.tidy(() => {
        const x = tf.tensor1d(values);
        const steps = [(x: Tensor) => nn.roundTo(x, format), compile((x: Tensor) => nn.roundTo(x, format)), compile((x: Tensor) => nn.roundTo(x, format), { xla: true })];
        return steps.map((step) => {
          for (let call = 0; call < 4; call++) step(x);
          return Array.from(step(x).dataSync());
        }) as never;
      }) as unknown as number[][];
      for (const way of [plain!, ...ways]) assert.deepEqual(Float32Array.from(way), exact);
      assert.deepEqual(nn.roundTo(exact, format), exact);
      exact.forEach((rounded, at) => {
        const value = values[at]!;
        if (Math.abs(value) < 2 ** -13) return;
        assert.ok(Math.abs(rounded - value) <= 2 ** (Math.floor(Math.log2(Math.abs(value))) - digits), `${value} to ${rounded}`);
      });
      assert.ok(exact.some((rounded, at) => rounded !== values[at]), "something was rounded");
    }
    const slope = tf.tidy(() => Array.from(tf.grad((x: Tensor) => tf.sum(tf.mul(nn.roundTo(x, "bfloat16"), 1 / 3)))(tf.tensor1d([1, 2])).dataSync()) as never) as unknown as number[];
    assert.deepEqual(slope, Array.from(nn.roundTo([1 / 3, 1 / 3], "bfloat16")));
  });
}

test("the gradient check finds tfjs's gradients right, a learner's right ones too, and names the wrong one and where", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const [w, b] = tf.tidy(() => [tf.variable(sample(tf, [4, 3], 1), true, "w of the check"), tf.variable(tf.zeros([3]), true, "b of the check")]) as [import("@tensorflow/tfjs").Variable, import("@tensorflow/tfjs").Variable];
  const [x, y] = [sample(tf, [10, 4], 2), tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1, 2, 0])];
  const loss = () => nn.softmaxCrossEntropy(y, tf.add(tf.matMul(x as Tensor2D, w as never), b));
  const before = tf.memory().numTensors;
  const values = [...w.dataSync()];
  const right = nn.gradientCheck(loss, [w, b]);
  assert.equal(right.right, true, right.verdict);
  assert.equal(right.verdict, "right: w of the check, b of the check");
  const gradients = tf.tidy(() => Object.fromEntries(Object.entries(tf.variableGrads(loss as never, [w, b]).grads).map(([name, tensor]) => [name, Array.from(tensor.dataSync())])) as never) as unknown as Record<string, number[]>;
  for (const [spoil, least] of [[(g: number) => 2 * g, 0.4], [(g: number) => -g, 1.9], [() => 0, 0.9]] as const) {
    const wrong = { ...gradients, "w of the check": gradients["w of the check"]!.map(spoil) };
    const check = nn.gradientCheck(loss, [w, b], { gradients: wrong });
    assert.deepEqual(check.variables.map((one) => one.right), [false, true]);
    assert.ok(check.variables[0]!.relativeError > least);
    assert.match(check.verdict, /^wrong: w of the check \(relative error [\d.]+: entry \d+ is -?[\d.e-]+, differences give/);
    assert.match(shown(check)["text/html"]!, /✗ <strong>wrong/);
  }
  const one = gradients["w of the check"]!.with(7, 9);
  assert.equal(nn.gradientCheck(loss, [w, b], { gradients: { ...gradients, "w of the check": one } }).variables[0]!.worst.index, 7);
  assert.deepEqual([...w.dataSync()], values);
  assert.equal(tf.memory().numTensors, before);
  assert.throws(() => nn.gradientCheck(() => tf.mul(w, 1), [w]), /expected f to give a scalar, got shape \[4,3\]/);
  assert.throws(() => nn.gradientCheck(loss, [w], { gradients: { b: [1] } }), /expected a gradient of w of the check, got those of b/);
  assert.throws(() => nn.gradientCheck(loss, [w], { gradients: [[1]] }), /expected 12 numbers in the gradient of w of the check, got 1/);
  assert.throws(() => nn.gradientCheck(loss, []), /expected at least one variable, got none/);
  tf.dispose([w, b, x, y]);
});

test("gradients of plain numbers are checked in 64 bits: a back-propagation written by hand is right to 1e-8, and its typical mistakes are found", () => {
  const draw = random(4);
  const net = { w1: Array.from({ length: 6 }, () => draw.normal()), b1: [0.1, -0.2, 0.3], w2: Array.from({ length: 3 }, () => draw.normal()) };
  const x = [0.5, -1.5];
  const hidden = () => net.b1.map((bias, at) => Math.tanh(bias + x[0]! * net.w1[at]! + x[1]! * net.w1[at + 3]!));
  const loss = () => (hidden().reduce((sum, h, at) => sum + h * net.w2[at]!, 0) - 2) ** 2;
  const backward = (mistake?: "no derivative of tanh" | "factor 2") => {
    const h = hidden();
    const out = (mistake === "factor 2" ? 1 : 2) * (h.reduce((sum, one, at) => sum + one * net.w2[at]!, 0) - 2);
    const inner = h.map((one, at) => out * net.w2[at]! * (mistake === "no derivative of tanh" ? 1 : 1 - one ** 2));
    return { w1: [...inner.map((one) => one * x[0]!), ...inner.map((one) => one * x[1]!)], b1: inner, w2: h.map((one) => one * out) };
  };
  const right = nn.gradientCheck(loss, net, { gradients: backward() });
  assert.ok(right.right && right.variables.every(({ relativeError }) => relativeError < 1e-8), right.verdict);
  assert.deepEqual(nn.gradientCheck(loss, net, { gradients: backward("no derivative of tanh") }).variables.map((one) => one.right), [false, false, true]);
  assert.ok(nn.gradientCheck(loss, net, { gradients: backward("factor 2") }).variables.every(({ relativeError }) => Math.abs(relativeError - 0.5) < 1e-6));
  assert.throws(() => nn.gradientCheck(loss, net), /expected gradients for plain numbers, got none/);
  const slope = nn.numericalGradient(([a, b]) => Math.exp(a!) * Math.sin(b!), [0.3, 1.1]);
  assert.ok(Math.abs(slope[0]! - Math.exp(0.3) * Math.sin(1.1)) < 1e-10 && Math.abs(slope[1]! - Math.exp(0.3) * Math.cos(1.1)) < 1e-10);
  assert.throws(() => nn.numericalGradient(([a]) => Math.log(a!), [0]), /expected f to give a finite number, got NaN for x\[0\] - 0.001/);
});

test("first weights have the spread that the papers name, the same for the same seed, and wrong shapes are named", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const spread = (tensor: Tensor) => {
    const values = Array.from(tensor.dataSync());
    tensor.dispose();
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return { mean, deviation: Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length), largest: Math.max(...values.map(Math.abs)) };
  };
  for (const distribution of ["normal", "uniform"] as const) {
    for (const [tensor, wanted] of [[nn.he([200, 100], { distribution }), Math.sqrt(2 / 200)], [nn.he([3, 3, 16, 64], { distribution, seed: 2 }), Math.sqrt(2 / 144)], [nn.glorot([200, 100], { distribution }), Math.sqrt(2 / 300)], [nn.glorot([150, 150], { distribution, gain: 2 }), 2 * Math.sqrt(2 / 300)]] as const) {
      const { mean, deviation, largest } = spread(tensor);
      assert.ok(Math.abs(deviation / wanted - 1) < 0.03 && Math.abs(mean) < 0.05 * wanted, `${deviation} ${wanted}`);
      if (distribution === "uniform") assert.ok(largest <= Math.sqrt(3) * wanted + 1e-6);
    }
  }
  const values = (seed: number) => tf.tidy(() => Array.from(nn.he([4, 4], { seed }).dataSync()) as never) as unknown as number[];
  assert.deepEqual(values(5), values(5));
  assert.notDeepEqual(values(5), values(6));
  assert.throws(() => nn.he([3]), /expected shape of a weight as \[in, out\] or \[...window, in, out\], got \[3\]/);
  assert.throws(() => nn.glorot([3, 0]), /expected size to be a whole number >= 1, got 0/);
  assert.throws(() => nn.he([3, 3], { seeed: 1 } as never), /unknown option: seeed/);
});

test("evaluate and predict in batches give what one batch gives, on 16 bits other numbers, and leave nothing behind", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const w = tf.tidy(() => tf.variable(sample(tf, [3, 2], 4)));
  const model = { predict: (x: Tensor) => tf.matMul(x as Tensor2D, w as never), variables: [w] };
  const data = { x: sample(tf, [23, 3], 1), y: tf.tidy(() => tf.argMax(sample(tf, [23, 2], 2), 1)) };
  const options = { loss: "softmaxCrossEntropy", metrics: { accuracy: nn.batchAccuracy } } as const;
  const once = async () => {
    const [one, parts] = [await nn.evaluate(model, data, { ...options, batchSize: 23 }), await nn.evaluate(model, data, { ...options, batchSize: 5 })];
    for (const [name, value] of Object.entries(one)) assert.ok(Math.abs(value - parts[name]!) < 1e-6, name);
    const [whole, pieces] = [nn.predict(model, data.x), nn.predict(model, data.x, { batchSize: 4 })];
    whole.dataSync().forEach((value, at) => assert.ok(Math.abs(value - pieces.dataSync()[at]!) < 1e-6));
    tf.dispose([whole, pieces]);
    return one;
  };
  await once();
  const before = tf.memory().numTensors;
  const figures = await once();
  assert.equal(tf.memory().numTensors, before);
  assert.equal(figures["rows"], 23);
  assert.notEqual((await nn.evaluate(model, data, { ...options, precision: "bfloat16" }))["loss"], figures["loss"]);
  await assert.rejects(nn.evaluate(model, data, {}), /expected loss or metrics, got neither/);
  assert.throws(() => nn.predict(model, tf.zeros([0, 3])), /expected x with at least one row, got shape \[0,3\]/);
  tf.dispose([w, data.x, data.y]);
});

test("the learning-rate finder suggests a rate that trains, far below one that explodes, and leaves model and optimiser as they were", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const w = tf.tidy(() => tf.variable(tf.zeros([3, 1])));
  const model = { predict: (x: Tensor) => tf.matMul(x as Tensor2D, w as never), variables: [w] };
  const x = sample(tf, [64, 3], 1);
  const data = { x, y: tf.tidy(() => tf.matMul(x as Tensor2D, tf.tensor2d([[2], [-1], [3]]))) };
  for (const optimizer of [tf.train.sgd(0.123), tf.train.adam(0.123), nn.adamw(0.123) as Optimizer]) {
    await nn.findLearningRate(model, data, { loss: "meanSquaredError", optimizer });
    const before = tf.memory().numTensors;
    const found = await nn.findLearningRate(model, data, { loss: "meanSquaredError", optimizer, to: 1000 });
    assert.equal(tf.memory().numTensors, before);
    assert.deepEqual([...w.dataSync()], [0, 0, 0]);
    assert.equal((optimizer as unknown as { learningRate: number }).learningRate, 0.123);
    assert.ok(found.suggestion! > 1e-3 && found.suggestion! < 10, `${found.suggestion}`);
    assert.ok(found.rates.length === found.losses.length && found.rates.every((rate, at) => at === 0 || rate > found.rates[at - 1]!));
    assert.match(shown(found)["text/plain"]!, /Learning rate: .* is where the loss falls most steeply/);
    optimizer.dispose();
  }
  await assert.rejects(nn.findLearningRate(model, data, { loss: "meanSquaredError", from: 1, to: 0.1 }), /expected from below to, got 1 and 0.1/);
  tf.dispose([w, x, data.y]);
});

test("batches of rows by number are a permutation of all rows, another in each epoch, the same again; a stream keeps all rows; ragged rows are named", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const read = async (source: (epoch: number) => AsyncIterable<nn.Batch>, epoch: number) => {
    const seen: number[] = [];
    for await (const { x, y } of source(epoch)) {
      assert.deepEqual(x.dataSync(), y.dataSync());
      seen.push(...x.dataSync());
      tf.dispose([x, y]);
    }
    return seen;
  };
  const all = Array.from({ length: 25 }, (_, at) => at);
  let most = 0;
  const byNumber = nn.batches({ rows: 25, read: async (rows) => {
    most = Math.max(most, rows.length);
    return rows.map((row) => ({ x: row, y: row }));
  } }, { batchSize: 4 });
  const stream = nn.batches(() => all.map((row) => ({ x: [row], y: row })), { batchSize: 4, buffer: 6 });
  const before = tf.memory().numTensors;
  for (const source of [byNumber, stream]) {
    const [first, second] = [await read(source, 1), await read(source, 2)];
    assert.deepEqual([...first].sort((a, b) => a - b), all);
    assert.notDeepEqual(first, all);
    assert.notDeepEqual(first, second);
    assert.deepEqual(await read(source, 1), first);
  }
  assert.equal(most, 4);
  assert.equal(tf.memory().numTensors, before);
  const pictures = nn.batches(() => [{ x: [1, 2, 3, 4], y: [1, 0] }], { shape: [2, 2, 1] });
  for await (const { x, y } of pictures(1)) assert.deepEqual([x.shape, y.shape], [[1, 2, 2, 1], [1, 2]]);
  await assert.rejects(read(nn.batches(() => [{ x: [1, 2], y: 1 }, { x: [1], y: 1 }], { seed: false }), 1), /expected rows of 2 numbers in x, got 1 in row 1/);
  await assert.rejects(read(nn.batches(() => [{ y: 1 } as never], { seed: false }), 1), /in x, got none in row 0/);
  assert.throws(() => nn.batches([] as never), /expected rows to be a function or \{ rows, read \}, got an array of 0/);
});

test("losses, schedules and AdamW refuse what they cannot take, by name", async () => {
  const { tf } = await loadEngine({ tier: fast });
  tf.tidy(() => {
    const logits = tf.zeros([4, 3]);
    assert.throws(() => nn.softmaxCrossEntropy(tf.zeros([3]), logits), /expected truth of shape \[4\] \(class numbers\) or \[4,3\] \(shares\) for logits of shape \[4,3\], got \[3\]/);
    assert.throws(() => nn.softmaxCrossEntropy(tf.zeros([4]), logits, { labelSmoothing: 2 }), /expected labelSmoothing from 0 to 1, got 2/);
    assert.throws(() => nn.softmaxCrossEntropy(tf.zeros([4]), logits, { reduction: "max" as never }), /unknown reduction: max/);
    assert.throws(() => nn.focalLoss(tf.zeros([4]), logits, { alpha: [1, 2] }), /expected alpha for 3 classes, got an array of 2/);
    assert.throws(() => nn.layerNorm(logits, { gamma: tf.ones([4]) }), /expected gamma of shape \[3\], got \[4\]/);
    return [];
  });
  assert.throws(() => nn.schedule.step(0.1, { every: 0 }), /expected every to be a whole number >= 1, got 0/);
  assert.throws(() => nn.schedule.exponential(0.1, { factor: 1 }), /expected factor above 0 and below 1, got 1/);
  assert.throws(() => nn.schedule.oneCycle(-1), /expected peak > 0, got -1/);
  assert.throws(() => nn.adamw(0.1, { weightDecay: -1 }), /expected weightDecay >= 0, got -1/);
  assert.match(shown(nn.schedule.oneCycle(0.1))["text/plain"]!, /oneCycle\(peak 0.1\)\. Line plot/);
});

test("a result shows its curves with training and validation together, and is plain data", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const w = tf.tidy(() => tf.variable(tf.zeros([3, 1])));
  const data = { x: sample(tf, [40, 3], 1), y: sample(tf, [40, 1], 2) };
  const result = await nn.fit({ predict: (x: Tensor) => tf.matMul(x as Tensor2D, w as never), variables: [w] }, data, { progress: false, loss: "meanSquaredError", optimizer: tf.train.sgd(0.1), epochs: 5, validation: 0.2, metrics: { mae: tf.losses.absoluteDifference } });
  const { "text/html": html, "text/plain": text } = shown(result);
  assert.match(text!, /^Trained 5 epochs, 5 updates: loss /);
  assert.equal(html!.match(/<svg[^>]*role="img"/g)!.length, 2);
  assert.match(html!, /validation/);
  assert.deepEqual(JSON.parse(JSON.stringify(result)), { history: result.history, epochs: 5, steps: 5 });
  assert.ok(Object.isFrozen(result) && Object.isFrozen(result.history["loss"]));
  assert.match(shown(nn.weights({ predict: (x: Tensor) => x, variables: [w] }) as never)["text/html"]!, /deviation/);
  tf.dispose([w, data.x, data.y]);
});

test("a training is drawn in place while it runs: where it is, each batch, training and validation; at the end it says how it ended, also after an error", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const data = { x: sample(tf, [40, 3], 1), y: sample(tf, [40, 1], 2) };
  const w = tf.tidy(() => tf.variable(tf.zeros([3, 1])));
  const model = { predict: (x: Tensor) => tf.matMul(x as Tensor2D, w as never), variables: [w] };
  const pictures: Record<string, string>[] = [];
  const keep = (value: unknown): void => void pictures.push(shown(value as object));
  let opened = 0;
  connectDisplay({ display: (value) => (opened++, keep(value), { update: keep }) });
  try {
    // Two batches outlast the 120 ms between two pictures, so one of them is drawn inside an epoch of four.
    const slow = { onBatch: () => new Promise((resolve) => setTimeout(resolve, 70)) };
    const result = await nn.fit(model, data, { loss: "meanSquaredError", optimizer: tf.train.sgd(0.1), epochs: 3, batchSize: 8, validation: 0.2, metrics: { mae: tf.losses.absoluteDifference }, callbacks: [slow] });
    // The cell that trained has its curves already; another one shows them.
    assert.deepEqual([1, 2].map(() => shown(result)["text/html"]!.includes("<svg")), [false, true]);
    assert.equal(opened, 1);
    assert.ok(pictures.length >= 4, `${pictures.length} pictures`);
    assert.ok(pictures.some((picture) => /^Training: epoch [123] of 3, batch [1234] of 4, .*batches\/s, .* left/.test(picture["text/plain"]!)), pictures.map((picture) => picture["text/plain"]).join("\n"));
    const last = pictures.at(-1)!;
    assert.match(last["text/plain"]!, /^Training: 3 of 3 epochs, .*done after .*; loss .*, mae .*, val_loss .*, val_mae /);
    assert.equal(last["text/html"]!.match(/<svg[^>]*role="img"/g)!.length, 2);
    for (const word of ["each batch", "training", "validation"]) assert.ok(last["text/html"]!.includes(`>${word}<`), word);
    assert.ok(!last["text/html"]!.includes("<progress") && pictures[0]!["text/html"]!.includes("<progress"));
    await assert.rejects(nn.fit(model, data, { loss: (_truth, predicted) => tf.mul(predicted, Number.NaN), epochs: 3 }), /expected loss to be finite/);
    assert.match(pictures.at(-1)!["text/plain"]!, /ended by an error/);
  } finally {
    connectDisplay(undefined);
  }
  tf.dispose([w, data.x, data.y]);
});
