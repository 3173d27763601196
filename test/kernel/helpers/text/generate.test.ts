import assert from "node:assert/strict";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as text from "../../../../kernel/helpers/text/index.js";
import { tiersHere } from "../../engine/support.js";

const options = { vocabSize: 300, positions: 24, width: 16, heads: 2, layers: 2, initialDeviation: 0.25, seed: 3 } as const;
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

test("sampling keeps the likeliest tokens that were asked for, and its probabilities sum to 1", () => {
  const logits = Array.from({ length: 50 }, (_, at) => Math.sin(at * 12.9898) * 4);
  for (const temperature of [0.3, 1, 2.5]) for (const topK of [1, 5, 50]) for (const topP of [0.05, 0.5, 0.95, 1]) {
    const p = text.samplingProbabilities(logits, { temperature, topK, topP });
    assert.ok(Math.abs(sum(p) - 1) < 1e-12);
    const kept = p.filter((value) => value > 0).length;
    assert.ok(kept >= 1 && kept <= topK);
    const least = Math.min(...logits.filter((_, at) => p[at]! > 0));
    assert.ok(logits.every((score, at) => p[at]! > 0 || score <= least));
  }
  assert.deepEqual([...text.samplingProbabilities([1, 3, 2], { temperature: 0 })], [0, 1, 0]);
  const [a, b] = [text.samplingProbabilities([2, -2, 0]), text.samplingProbabilities([2, -2, 0], { repetitionPenalty: 2, previous: [0, 1, 1] })];
  assert.ok(b[0]! < a[0]! && b[1]! < a[1]! && b[2]! > a[2]!);
  assert.ok(Math.abs(b[1]! / b[2]! - Math.exp(-4)) < 1e-12);
  assert.throws(() => text.samplingProbabilities([1], { temperature: -1 }), /expected temperature >= 0, got -1/);
  assert.throws(() => text.samplingProbabilities([1], { topP: 0 }), /expected topP above 0 and at most 1, got 0/);
  assert.throws(() => text.samplingProbabilities([1], { topK: 0 }), /expected topK to be a whole number >= 1, got 0/);
  assert.throws(() => text.samplingProbabilities([Number.NaN]), /expected finite numbers in logits, got NaN at index 0/);
});

for (const tier of tiersHere.filter((name) => name !== "cpu")) for (const position of tier === "wasm" ? (["learned", "rotary", "sinusoidal"] as const) : (["rotary"] as const)) {
  test(`on the ${tier} tier generation with the cache gives the same tokens and, within 1e-5, probabilities as without (${position} positions), and leaks nothing`, async () => {
    const { tf } = await loadEngine({ tier });
    const before = tf.memory().numTensors;
    const gpt = text.decoder({ ...options, position });
    const run = (cache: boolean, seed = 5) => text.complete(gpt, [1, 2, 3, 4], { maxTokens: 20, cache, seed, topK: 40 });
    const [fast, slow, other] = [await run(true), await run(false), await run(true, 6)];
    assert.deepEqual(fast.ids, slow.ids);
    assert.notDeepEqual(fast.ids, other.ids);
    fast.tokens.forEach(({ probability }, at) => assert.ok(Math.abs(probability - slow.tokens[at]!.probability) < 1e-5));
    gpt.dispose();
    assert.equal(tf.memory().numTensors, before);
  });
}

test("generation stops at a stop token, at its number of tokens, and when the reader leaves; past the positions only where it may slide", async () => {
  const { tf } = await loadEngine();
  const gpt = text.decoder(options);
  const before = tf.memory().numTensors;
  const all = await text.complete(gpt, [1, 2], { maxTokens: 10, temperature: 0 });
  assert.equal(all.ended, "maxTokens");
  const first = all.ids.findIndex((id, at) => at >= 4 && all.ids.indexOf(id) === at);
  if (first > 0) {
    const stopped = await text.complete(gpt, [1, 2], { maxTokens: 10, temperature: 0, stop: [all.ids[first]!] });
    assert.deepEqual([stopped.ended, stopped.ids], ["stop", all.ids.slice(0, first)]);
  }
  for await (const { id } of text.generate(gpt, [1, 2], { maxTokens: 10 })) if (id >= 0) break;
  assert.equal(tf.memory().numTensors, before);
  await assert.rejects(text.complete(gpt, [1, 2, 3, 4], { maxTokens: 22 }), /expected at most 21 more tokens, 24 positions less 4 of the prompt, got maxTokens 22: give less, or slide: true/);
  assert.equal((await text.complete(gpt, [1, 2, 3, 4], { maxTokens: 21 })).ids.length, 25);
  const [cached, plain] = await Promise.all([true, false].map((cache) => text.complete(gpt, [1, 2, 3, 4], { maxTokens: 60, slide: true, cache, seed: 1 })));
  assert.equal(cached!.ids.length, 64);
  assert.deepEqual(cached!.ids, plain!.ids);
  await assert.rejects(text.complete(gpt, []), /expected a prompt of at least one token, got none/);
  await assert.rejects(text.complete(gpt, "hi"), /expected tokenizer where the prompt is text, got undefined/);
  await assert.rejects(text.complete(gpt, [1], { stop: ["x"] }), /unknown stop token: "x" \(give tokenizer\)/);
  await assert.rejects(text.complete(gpt, new Array(25).fill(1)), /expected a prompt of at most 24 tokens, the positions of the model, got 25/);
  const encoder = text.encoder(options);
  await assert.rejects(text.complete(encoder as never, [1]), /expected a model of text.decoder, got an encoder/);
  encoder.dispose();
  await assert.rejects(text.complete({} as never, [1]), /expected a model of text.encoder or text.decoder/);
  assert.equal(tf.memory().numTensors, before);
  gpt.dispose();
});

test("the first token differs from seed to seed as its probability says", async () => {
  await loadEngine();
  const gpt = text.decoder({ ...options, vocabSize: 4, initialDeviation: 0 });
  const first = await Promise.all(Array.from({ length: 60 }, async (_, seed) => (await text.complete(gpt, [0], { maxTokens: 1, seed })).ids[1]!));
  for (const id of [0, 1, 2, 3]) assert.ok(first.filter((one) => one === id).length >= 6, `token ${id} in ${first.join(" ")}`);
  gpt.dispose();
});

test("the pieces of text that come while it is generated make up the whole text, also where characters have several tokens", async () => {
  const { tf } = await loadEngine();
  const tokenizer = text.trainBpe("学习机器学习 learning to learn", { vocabSize: 290 });
  const gpt = text.decoder({ ...options, vocabSize: tokenizer.vocabSize });
  for (const seed of [1, 2, 3]) {
    let whole = "学习";
    for await (const { text: piece, token } of text.generate(gpt, "学习", { tokenizer, maxTokens: 12, seed })) {
      assert.equal(typeof token, "string");
      whole += piece!;
    }
    assert.equal(whole, (await text.complete(gpt, "学习", { tokenizer, maxTokens: 12, seed })).text);
  }
  const next = await text.nextTokens(gpt, "学习", { tokenizer, top: 5 });
  assert.equal(next.length, 5);
  assert.ok(next.every(({ probability }, at) => at === 0 || probability <= next[at - 1]!.probability));
  const { data } = (next as unknown as Record<symbol, () => { data: Record<string, string> }>)[Symbol.for("Jupyter.display")]!();
  assert.match(data["text/html"]!, /<th>next token<\/th>/);
  assert.match(data["text/plain"]!, /%  "/);
  assert.equal((await text.nextTokens(gpt, [1], { topK: 2 })).length, 2);
  assert.throws(() => text.perplexity(text.decoder({ ...options, vocabSize: 20 }), "学习", { tokenizer }), /expected a tokenizer of 20 tokens, as the model has, got 2\d\d/);
  tf.disposeVariables();
});

test("perplexity is that of the mean loss, the same in one window as in many where no context is lost, and the size of the vocabulary for a model that knows nothing", async () => {
  const { tf } = await loadEngine();
  const gpt = text.decoder(options);
  const before = tf.memory().numTensors;
  const ids = Array.from({ length: 20 }, (_, at) => (at * 37) % 300);
  const { loss, surprise, count, perplexity } = text.perplexity(gpt, ids);
  const direct = tf.tidy(() => text.crossEntropy(tf.tensor2d([ids.slice(1)], undefined, "int32"), gpt.predict(tf.tensor2d([ids.slice(0, -1)], undefined, "int32"))).dataSync()[0]!);
  assert.ok(Math.abs(loss - direct) < 1e-5 && count === 19 && Math.abs(perplexity - Math.exp(loss)) < 1e-9);
  const long = Array.from({ length: 90 }, (_, at) => (at * 37) % 300);
  const judged = text.perplexity(gpt, long, { stride: 8 });
  assert.deepEqual([judged.count, judged.surprise.length], [89, 89]);
  // Windows go through the model together; each token sees what it would see alone.
  const alone = text.perplexity(gpt, long.slice(16, 41)).surprise;
  judged.surprise.slice(32, 40).forEach((value, at) => assert.ok(Math.abs(value - alone[16 + at]!) < 1e-4));
  // The first window sees the same in both.
  judged.surprise.slice(0, 19).forEach((value, at) => assert.ok(Math.abs(value - surprise[at]!) < 1e-4));
  assert.ok(judged.surprise.every((value) => value > 0));
  assert.equal(tf.memory().numTensors, before);
  const flat = text.decoder({ ...options, initialDeviation: 0 });
  assert.ok(Math.abs(text.perplexity(flat, ids).perplexity - 300) < 0.01);
  assert.throws(() => text.perplexity(gpt, [1]), /expected at least 2 tokens, got 1/);
  gpt.dispose();
  flat.dispose();
});
