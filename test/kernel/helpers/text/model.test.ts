import assert from "node:assert/strict";
import type { Tensor } from "@tensorflow/tfjs";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import * as text from "../../../../kernel/helpers/text/index.js";
import { sample, tiersHere } from "../../engine/support.js";

const small = { vocabSize: 12, positions: 10, width: 8, heads: 2, layers: 2 } as const;
const near = (a: ArrayLike<number>, b: ArrayLike<number>, within: number) => Array.from(a).forEach((value, at) => assert.ok(Math.abs(value - b[at]!) <= within, `${value} and ${b[at]} at ${at}`));

test("weights of attention sum to 1, and what is hidden gets none of them", async () => {
  const { tf } = await loadEngine();
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const [q, k, v] = [1, 2, 3].map((seed) => sample(tf, [2, 3, 5, 4], seed)) as [Tensor, Tensor, Tensor];
    near(tf.sum(text.attention(q, k, v).weights, -1).dataSync(), new Float32Array(30).fill(1), 1e-6);
    const causal = text.attention(q, k, v, { causal: true }).weights.arraySync() as number[][][][];
    for (const head of causal.flat()) head.forEach((row, query) => row.forEach((weight, key) => assert.ok(key > query ? weight === 0 : weight > 0)));
    const mask = tf.tensor2d([[1, 1, 0, 0, 1], [0, 0, 0, 0, 0]]).reshape([2, 1, 1, 5]);
    const masked = text.attention(q, k, v, { mask }).weights.arraySync() as number[][][][];
    for (const row of masked[0]!.flat()) assert.deepEqual([row[2], row[3]], [0, 0]);
    for (const row of masked[1]!.flat()) near(row, new Array(5).fill(0.2), 1e-6);
  });
  assert.equal(tf.memory().numTensors, before);
  assert.throws(() => tf.tidy(() => text.attention(tf.ones([2, 3]), tf.ones([2, 4]), tf.ones([2, 3])).output), /expected k of width 3 like q, got 4/);
  assert.throws(() => text.attention(tf.ones([2, 3]), tf.ones([2, 3]), tf.ones([3, 3])), /expected v with 2 rows like k, got 3/);
});

test("rotary positions turn without stretching, and queries and keys then match by distance alone", async () => {
  const { tf } = await loadEngine();
  tf.tidy(() => {
    const [q, k] = [sample(tf, [1, 6], 1), sample(tf, [1, 6], 2)] as [Tensor, Tensor];
    const at = (x: Tensor, start: number) => text.rotaryPositions(x, { start });
    near(tf.norm(at(q, 5)).dataSync(), tf.norm(q).dataSync(), 1e-5);
    near(tf.sum(tf.mul(at(q, 7), at(k, 4))).dataSync(), tf.sum(tf.mul(at(q, 3), at(k, 0))).dataSync(), 1e-5);
  });
});

for (const position of ["learned", "sinusoidal", "rotary", "none"] as const) {
  test(`a decoder with ${position} positions never looks ahead, and an encoder never at padding`, async () => {
    const { tf } = await loadEngine();
    const before = tf.memory().numTensors;
    const options = { ...small, position, initialDeviation: 0.3 };
    const [gpt, bert] = [text.decoder(options), text.encoder({ ...options, padding: 0 })];
    const predict = (model: text.Decoder | text.Encoder, ids: number[]) => tf.tidy(() => model.predict(tf.tensor2d([ids], undefined, "int32")).dataSync());
    near(predict(gpt, [1, 2, 3, 4]).slice(0, 24), predict(gpt, [1, 2, 9, 9]).slice(0, 24), 1e-6);
    near(predict(bert, [1, 2, 0, 0]).slice(0, 16), predict(bert, [1, 2]).slice(0, 16), 1e-5);
    const maps = text.attentionMaps(bert, [1, 2, 0]);
    assert.deepEqual([maps.length, maps[0]!.length, maps[0]![0]!.length], [2, 2, 3]);
    assert.equal(maps[1]![1]![0]![2], 0);
    gpt.dispose();
    bert.dispose();
    assert.equal(tf.memory().numTensors, before);
  });
}

test("weights saved and loaded give the same model; wrong ones change nothing", async () => {
  const { tf } = await loadEngine();
  const before = tf.memory().numTensors;
  const [a, b] = [text.decoder({ ...small, seed: 1 }), text.decoder({ ...small, seed: 2 })];
  const ids = tf.tensor2d([[1, 2, 3]], undefined, "int32");
  const out = (model: text.Decoder) => tf.tidy(() => model.predict(ids).dataSync());
  assert.notDeepEqual(out(a), out(b));
  const saved = a.save();
  assert.throws(() => b.load({ ...saved, extra: saved["norm.scale"]! }), /unknown weight: extra/);
  assert.throws(() => b.load({ ...saved, "norm.shift": { shape: [2], values: new Float32Array(2) } }), /expected norm.shift of shape \[8\], got \[2\]/);
  assert.notDeepEqual(out(a), out(b));
  b.load(saved);
  assert.deepEqual(out(a), out(b));
  tf.dispose(ids);
  a.dispose();
  b.dispose();
  assert.equal(tf.memory().numTensors, before);
});

test("a sequence longer than the positions, ids outside the vocabulary and sizes that do not fit are named", async () => {
  const { tf } = await loadEngine();
  const gpt = text.decoder(small);
  assert.throws(() => gpt.predict(tf.zeros([1, 11], "int32")), /expected at most 10 positions, got a sequence of 11: cut it/);
  assert.throws(() => gpt.predict(tf.zeros([3], "int32")), /expected ids of shape \[n, length\], got \[3\]/);
  assert.throws(() => gpt.predict(tf.tensor2d([[99]], undefined, "int32")).dataSync(), /99 is not in \[0, (11\]|12\))/);
  assert.throws(() => text.attentionMaps(gpt, [1, 12]), /expected ids from 0 to 11, got 12 at index 1/);
  assert.throws(() => text.perplexity(gpt, [1, 2, -1]), /expected ids from 0 to 11, got -1 at index 2/);
  await assert.rejects(text.complete(gpt, [0.5]), /expected ids from 0 to 11, got 0.5 at index 0/);
  assert.throws(() => text.decoder({ ...small, heads: 3 }), /expected heads to divide 8, got 3/);
  assert.throws(() => text.decoder({ ...small, layer: 3 } as never), /unknown option: layer/);
  assert.throws(() => text.encoder({ ...small, padding: 12 }), /expected padding below vocabSize 12, got 12/);
  assert.throws(() => text.windows([1, 2], { length: 2 }), /expected at least 3 ids for one row of length 2, got 2/);
  assert.throws(() => text.crossEntropy(tf.zeros([2]), tf.zeros([1, 3])), /expected truth of shape \[1\] like the logits, got \[2\]/);
  gpt.dispose();
});

test("places labelled -100 count neither in the loss nor in its gradient nor in accuracy", async () => {
  const { tf } = await loadEngine();
  tf.tidy(() => {
    const logits = sample(tf, [4, 3], 5);
    const labels = tf.tensor1d([0, -100, 2, -100], "int32");
    near(text.crossEntropy(labels, logits).dataSync(), text.crossEntropy(tf.tensor1d([0, 2], "int32"), tf.gather(logits, tf.tensor1d([0, 2], "int32"))).dataSync(), 1e-6);
    const gradient = tf.grad((x: Tensor) => text.crossEntropy(labels, x))(logits).arraySync() as number[][];
    assert.deepEqual([gradient[1], gradient[3]], [[0, 0, 0], [0, 0, 0]]);
    assert.equal(text.crossEntropy(tf.tensor1d([-100], "int32"), tf.zeros([1, 3])).dataSync()[0], 0);
  });
});

for (const tier of tiersHere.filter((name) => name !== "cpu")) {
  test(`on the ${tier} tier a GPT, a text and a token classifier learn by nn.fit, compiled as not compiled, and nothing leaks`, async () => {
    const { tf } = await loadEngine({ tier });
    const ids = Array.from({ length: 200 }, (_, at) => (at * at) % 7);
    const data = text.windows(ids, { length: 8, stride: 4 });
    const train = async (compile: boolean) => {
      const gpt = text.decoder({ ...small, vocabSize: 7, layers: 1 });
      const optimizer = tf.train.adam(0.03);
      const { history } = await nn.fit(gpt, data, { loss: text.crossEntropy, optimizer, epochs: 8, batchSize: 16, compile, progress: false });
      const values = gpt.variables[0]!.dataSync().slice();
      gpt.dispose();
      optimizer.dispose();
      return { loss: history["loss"]!, values };
    };
    const before = tf.memory().numTensors;
    const [fast, plain] = [await train(true), await train(false)];
    assert.equal(tf.memory().numTensors, before);
    near(fast.loss, plain.loss, 1e-3);
    assert.ok(fast.loss.at(-1)! < 0.5 * fast.loss[0]!, String(fast.loss));

    const x = tf.tensor2d(Array.from({ length: 64 }, (_, row) => [3 + (row % 4), 3 + ((row * 7) % 5), 8, row % 3 === 0 ? 0 : 9]), undefined, "int32");
    const y = tf.tidy(() => tf.cast(tf.less(tf.slice(x, [0, 0], [64, 1]).reshape([64]), 5), "int32"));
    const each = tf.tidy(() => tf.cast(tf.less(x, 5), "int32"));
    for (const [make, truth] of [[(e: text.Encoder) => text.classifier(e, { classes: 2, pooling: "first" }), y], [(e: text.Encoder) => text.tokenClassifier(e, { classes: 2 }), each]] as const) {
      const encoder = text.encoder({ ...small, layers: 1, padding: 0, dropout: 0.05 });
      const model = make(encoder);
      const optimizer = tf.train.adam(0.05);
      const { history } = await nn.fit(model, { x, y: truth }, { loss: text.crossEntropy, optimizer, epochs: 12, batchSize: 32, metrics: { accuracy: text.accuracy }, progress: false });
      assert.ok(history["accuracy"]!.at(-1)! > 0.95, String(history["accuracy"]));
      optimizer.dispose();
      model.dispose();
      encoder.dispose();
    }
    tf.dispose([x, y, each, data.x, data.y]);
    assert.equal(tf.memory().numTensors, before - 2);
  });
}

test("with a frozen encoder only the head is trained", async () => {
  const { tf } = await loadEngine();
  const encoder = text.encoder(small);
  const model = text.classifier(encoder, { classes: 3, frozen: true, pooling: "max" });
  assert.deepEqual([model.variables.length, model.parameters], [2, 27]);
  assert.throws(() => text.classifier(text.decoder(small) as never, { classes: 2 }), /expected a model of text.encoder, got a decoder/);
  assert.throws(() => text.classifier(encoder, { classes: 1 }), /expected classes to be a whole number >= 2, got 1/);
  model.dispose();
  encoder.dispose();
  tf.disposeVariables();
});

test("an encoder can be shaped as a BERT and as the Universal Sentence Encoder lite", async () => {
  const { tf } = await loadEngine();
  const bert = text.encoder({ vocabSize: 100, positions: 16, width: 12, heads: 3, layers: 2, hidden: 48, norm: "post", embeddingNorm: true, segments: 2, epsilon: 1e-12, padding: 0 });
  const use = text.encoder({ vocabSize: 100, positions: 16, embeddingWidth: 8, width: 16, heads: 4, layers: 2, hidden: 24, norm: "pre", finalNorm: false, position: "sinusoidal", embeddingScale: 2, activation: "relu", epsilon: 1e-6 });
  assert.ok("embedding.segment" in bert.weights && "embedding.norm.scale" in bert.weights && !("norm.scale" in bert.weights));
  assert.deepEqual(use.weights["block.0.residual.kernel"]!.shape, [8, 16]);
  tf.tidy(() => {
    const ids = tf.tensor2d([[5, 6, 0]], undefined, "int32");
    const [one, two] = [0, 1].map((segment) => bert.states(ids, { segments: tf.fill([1, 3], segment) }).dataSync());
    assert.notDeepEqual(one, two);
    assert.deepEqual(text.pool(use.states(ids, { mask: tf.tensor2d([[1, 1, 0]]) }), { normalize: true }).shape, [1, 16]);
  });
  bert.dispose();
  use.dispose();
});

test("a safetensors file that is cut off, of another kind or with unknown numbers is named, and weights that are no BERT's", () => {
  const file = (header: string, ...data: number[]) => {
    const bytes = new TextEncoder().encode(header);
    return Uint8Array.from([bytes.length, 0, 0, 0, 0, 0, 0, 0, ...bytes, ...data]);
  };
  const one = (dtype: string) => `{"w":{"dtype":"${dtype}","shape":[2],"data_offsets":[0,8]}}`;
  assert.deepEqual([...text.readSafetensors(file(one("F32"), 0, 0, 128, 63, 0, 0, 0, 192))["w"]!.values], [1, -2]);
  assert.throws(() => text.readSafetensors(file(one("F32"), 0, 0, 128, 63)), /bytes 0 to 8 of w, got 4 in all: the file is cut off/);
  assert.throws(() => text.readSafetensors(Uint8Array.of(1, 2, 3)), /expected a safetensors file, got 3 bytes/);
  assert.throws(() => text.readSafetensors(file("no")), /expected a safetensors file, got a header that is not JSON/);
  assert.throws(() => text.readSafetensors(new Uint8Array(20).fill(9)), /expected a safetensors file, got a header of \d+ bytes/);
  assert.throws(() => text.readSafetensors(file(one("F8"), 0)), /unknown type of w: F8/);
  assert.throws(() => text.bertWeights({}, { heads: 1 }), /expected a weight embeddings.word_embeddings.weight, got none: not a BERT/);
});
