import assert from "node:assert/strict";
import type { Tensor, Variable } from "@tensorflow/tfjs";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import * as text from "../../../../kernel/helpers/text/index.js";
import { sample, tiersHere } from "../../engine/support.js";

const options = { vocabSize: 9, positions: 8, width: 8, heads: 2, layers: 2, initialDeviation: 0.3 } as const;
const values = (tensor: Tensor) => Array.from(tensor.dataSync());
const near = (a: ArrayLike<number>, b: ArrayLike<number>, within = 1e-5) => Array.from(a).forEach((value, at) => assert.ok(Math.abs(value - b[at]!) <= within, `${value} and ${b[at]} at ${at}`));

for (const tier of tiersHere.filter((name) => name !== "cpu")) {
  test(`on the ${tier} tier LoRA trains its adapters alone, merges to the same model and unmerges to the bit, and leaks nothing`, async () => {
    const { tf } = await loadEngine({ tier });
    const before = tf.memory().numTensors;
    const gpt = text.decoder(options);
    const x = tf.tensor2d(Array.from({ length: 24 }, (_, row) => Array.from({ length: 6 }, (__, at) => (row + at * at) % 9)), undefined, "int32");
    const y = tf.tensor2d(Array.from({ length: 24 }, (_, row) => Array.from({ length: 6 }, (__, at) => (row + at * at + 2) % 9)), undefined, "int32");
    const out = (model: { predict(x: Tensor): Tensor }) => tf.tidy(() => values(model.predict(x)));
    const start = out(gpt);
    const base = gpt.save();
    for (const compile of [true, false]) {
      const tuned = text.lora(gpt, { rank: 2, seed: 1 });
      assert.deepEqual(tuned.adapters.map(({ name }) => name), ["block.0.attention.query.kernel", "block.0.attention.value.kernel", "block.1.attention.query.kernel", "block.1.attention.value.kernel"]);
      assert.equal(tuned.counts.trainable, 4 * 2 * (8 + 8));
      assert.deepEqual(out(tuned), start, "B begins at 0");
      const optimizer = tf.train.adam(0.02);
      const { history } = await nn.fit(tuned, { x, y }, { loss: text.crossEntropy, optimizer, epochs: 4, batchSize: 8, compile, progress: false });
      optimizer.dispose();
      assert.ok(history["loss"]!.at(-1)! < 0.98 * history["loss"]![0]!, String(history["loss"]));
      for (const [name, { values: kept }] of Object.entries(base)) assert.deepEqual(gpt.weights[name]!.dataSync(), kept, `${name} is frozen`);
      const adapted = out(tuned);
      assert.notDeepEqual(adapted, start);
      assert.deepEqual(out(gpt), adapted, "the model itself goes through its adapters");
      tuned.merge();
      tuned.merge();
      assert.ok(tuned.merged);
      near(out(tuned), adapted);
      tuned.unmerge();
      assert.deepEqual(out(tuned), adapted);
      const saved = tuned.save();
      assert.equal(Object.keys(saved).length, 8);
      tuned.remove();
      assert.deepEqual(out(gpt), start);
      const again = text.lora(gpt, { rank: 2, seed: 9 });
      again.load(saved);
      assert.deepEqual(out(again), adapted);
      again.merge();
      again.remove();
      near(out(gpt), adapted);
      gpt.load(base);
    }
    gpt.dispose();
    tf.dispose([x, y]);
    assert.equal(tf.memory().numTensors, before);
  });

  test(`on the ${tier} tier LoRA adapts the dense layers of a layers model, its own predict too, and gives it back as it was`, async () => {
    const { tf } = await loadEngine({ tier });
    const before = tf.memory().numTensors;
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 6, activation: "relu", inputShape: [4], name: `hidden_${tier}` }), tf.layers.dense({ units: 3, name: `head_${tier}` })] });
    const x = sample(tf, [40, 4], 1);
    const y = tf.tidy(() => tf.cast(tf.sum(x, 1).greater(0), "int32"));
    const predict = () => tf.tidy(() => values(model.predict(x) as Tensor));
    const start = predict();
    model.layers[0]!.trainable = false;
    for (let call = 0; call < 9; call++) assert.deepEqual(predict(), start);
    const tuned = text.lora(model, { rank: 2, targets: [`hidden_${tier}`], alsoTrain: [`head_${tier}`] });
    assert.deepEqual([tuned.adapters.length, tuned.variables.length, tuned.counts.trainable], [1, 4, 2 * (4 + 6) + 18 + 3]);
    near(predict(), start, 1e-6);
    const optimizer = tf.train.adam(0.05);
    const { history } = await nn.fit(tuned, { x, y }, { loss: text.crossEntropy, optimizer, epochs: 10, progress: false });
    optimizer.dispose();
    assert.ok(history["loss"]!.at(-1)! < 0.8 * history["loss"]![0]!);
    const adapted = tf.tidy(() => values(tuned.predict(x)));
    for (let call = 0; call < 4; call++) near(predict(), adapted, 1e-5);
    tuned.merge();
    near(predict(), adapted, 1e-5);
    tuned.unmerge();
    near(predict(), adapted, 1e-6);
    const heads = model.layers[1]!.getWeights().map((weight) => weight.clone());
    tuned.remove();
    assert.deepEqual(model.layers.map(({ trainable }) => trainable), [false, true]);
    const without = predict();
    assert.notDeepEqual(without, adapted);
    model.layers[1]!.setWeights(heads);
    tf.dispose([x, y, ...heads]);
    model.dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  test(`on the ${tier} tier AdaLoRA shares out its ranks while it trains, compiled as not compiled, ends at its budget and leaks nothing`, async () => {
    const { tf } = await loadEngine({ tier });
    const start = tf.memory().numTensors;
    const runs = [];
    for (const compile of [true, false]) {
      const weights: Variable[] = [0, 1, 2].map((at) => tf.tidy(() => tf.variable(sample(tf, [6, 6], at + 1))));
      const model = { weights: { "a.kernel": weights[0]!, "b.kernel": weights[1]!, "c.kernel": weights[2]! }, variables: weights, predict: (x: Tensor) => tf.concat(weights.map((kernel) => text.linear(x, { kernel })), 1) };
      // The first weight has much more to learn than the others.
      const target = tf.tidy(() => tf.matMul(sample(tf, [6, 3], 8) as never, sample(tf, [3, 6], 9) as never));
      const x = sample(tf, [60, 6], 4);
      const y = tf.tidy(() => tf.concat([tf.matMul(x as never, tf.add(weights[0]!, target) as never), ...weights.slice(1).map((kernel) => tf.matMul(x as never, tf.add(kernel, tf.mul(target, 0.02)) as never))], 1));
      const tuned = text.adalora(model, { totalSteps: 90, rank: 1, initialRank: 3, every: 5, warmup: 10, cooldown: 30, orthogonality: 0.01, seed: 2 });
      assert.deepEqual(Object.values(tuned.ranks()), [0, 0, 0]);
      const [loss, adam] = [tuned.loss(tf.losses.meanSquaredError), tf.train.adam(0.05)];
      const { history } = await nn.fit(tuned, { x, y }, { loss, optimizer: tuned.optimizer(adam), epochs: 30, batchSize: 20, compile, progress: false });
      const ranks = tuned.ranks();
      assert.equal(Object.values(ranks).reduce((a, b) => a + b, 0), 3, JSON.stringify(ranks));
      assert.ok(ranks["a.kernel"]! >= 2, JSON.stringify(ranks));
      assert.ok(history["loss"]!.at(-1)! < 0.2 * history["loss"]![0]!, String(history["loss"]));
      const adapted = tf.tidy(() => values(tuned.predict(x)));
      tuned.merge();
      near(tf.tidy(() => values(tuned.predict(x))), adapted, 1e-4);
      runs.push(adapted);
      tuned.remove();
      adam.dispose();
      tf.dispose([target, x, y, ...weights]);
    }
    near(runs[0]!, runs[1]!, 2e-2);
    assert.equal(tf.memory().numTensors, start);
  });
}

test("what cannot be adapted is named", async () => {
  const { tf } = await loadEngine();
  const gpt = text.decoder(options);
  assert.throws(() => text.lora(gpt, { targets: ["quarry"] }), /unknown targets: "quarry" \(known: block\.0\.attention\.query\.kernel, /);
  assert.throws(() => text.lora(gpt, { targets: /nothing/ }), /expected targets that name at least one weight, got "\/nothing\/"/);
  assert.throws(() => text.lora(gpt, { rank: 0 }), /expected rank to be a whole number >= 1, got 0/);
  assert.throws(() => text.lora(gpt, { rank: 9 }), /expected rank <= 8, the smaller side of block.0.attention.query.kernel, got 9/);
  assert.throws(() => text.lora(gpt, { r: 1 } as never), /unknown option: r/);
  assert.throws(() => text.adalora(gpt, { totalSteps: 10, warmup: 5, cooldown: 5 }), /expected warmup and cooldown of less than totalSteps 10 together, got 5 and 5/);
  assert.throws(() => text.adalora(gpt, { totalSteps: 10, rank: 4, initialRank: 2 }), /expected initialRank >= rank 4, got 2/);
  const tuned = text.lora(gpt, { rank: 1 });
  assert.throws(() => text.lora(gpt), /expected weights without adapters, got one on block.0.attention.query.kernel/);
  assert.throws(() => tuned.load({}), /expected a weight block.0.attention.query.kernel.a, got undefined/);
  tuned.merge();
  assert.throws(() => tuned.load(tuned.save()), /expected adapters that are not merged/);
  tuned.remove();
  assert.throws(() => tuned.predict(tf.zeros([1, 1])), /expected adapters, got a model whose adapters were removed/);
  const w = tf.variable(tf.ones([2, 2]));
  const own = text.lora({ variables: [w], predict: (x: Tensor) => tf.matMul(x as never, w as never) }, { rank: 1 });
  assert.throws(() => own.predict(tf.ones([1, 2])), /expected the model to multiply by .* through text\.linear, got a forward pass that did not/);
  own.remove();
  tf.disposeVariables();
});

test("generation with the cache sees adapters that came or went since", async () => {
  const { tf } = await loadEngine();
  const gpt = text.decoder(options);
  const run = async () => (await text.complete(gpt, [1, 2], { maxTokens: 6, temperature: 0 })).tokens.map(({ id }) => id);
  const probabilities = async (cache: boolean) => (await text.complete(gpt, [1, 2], { maxTokens: 6, cache })).tokens.map(({ probability }) => probability);
  await run();
  const tuned = text.lora(gpt, { rank: 4, alpha: 40 });
  const saved = tuned.save();
  tuned.load(Object.fromEntries(Object.entries(saved).map(([name, { shape, values }]) => [name, { shape, values: values.map((_, at) => Math.sin(at + name.length)) }])));
  near(await probabilities(true), await probabilities(false));
  tuned.remove();
  near(await probabilities(true), await probabilities(false));
  tf.disposeVariables();
});
