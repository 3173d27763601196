import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import { setDataSource } from "../../../../kernel/helpers/data/source.js";
import * as text from "../../../../kernel/helpers/text/index.js";
import { projectRoot } from "../../../support/root.js";
import { tiersHere } from "../../engine/support.js";

const data = join(projectRoot, "lessons/data");
const skip = existsSync(join(data, "weights/minilm/vocab.txt")) ? false : "the weights are not here; run: lyceum weights minilm";

interface Recorded {
  cases: { input: { sentences: string[]; at: number[] }; expected: { ids: number[][]; vectors: number[][] } }[];
}

test("MiniLM gives the token ids of its own tokenizer and, within half precision, the sentence vectors of its own model", { skip }, async () => {
  const { tf } = await loadEngine({ tier: tiersHere[0]! });
  const { input, expected } = (JSON.parse(readFileSync(join(projectRoot, "test/oracles/minilm.json"), "utf8")) as Recorded).cases[0]!;
  const before = tf.memory().numTensors;
  const minilm = await text.pretrained("minilm");
  assert.equal(minilm.encoder.parameters, 22_565_376);
  assert.deepEqual(input.sentences.map((sentence) => [...minilm.tokenizer.encode(sentence).ids]), expected.ids);
  const batch = text.tensors(minilm.tokenizer.encodeBatch(input.at.map((at) => input.sentences[at]!), { padding: true }));
  const vectors = tf.tidy(() => text.pool(minilm.encoder.states(batch.ids, { mask: batch.mask }), { mask: batch.mask, normalize: true }).arraySync()) as number[][];
  vectors.forEach((vector, row) => {
    const cosine = vector.reduce((sum, value, at) => sum + value * expected.vectors[row]![at]!, 0);
    assert.ok(cosine > 0.9999 && cosine < 1.0001, `"${input.sentences[input.at[row]!]}": cosine ${cosine}`);
  });
  tf.dispose(batch);
  minilm.dispose();
  assert.equal(tf.memory().numTensors, before);
});

test("a model that is not there is refused by name, weights that are not there with the command that fetches them", async () => {
  await assert.rejects(text.pretrained("bert" as "minilm"), /unknown name: bert \(known: .*minilm/);
  setDataSource((path) => (path === "datapackage.json" ? Promise.resolve(new Uint8Array(readFileSync(join(data, path)))) : Promise.reject(new Error("no such file"))));
  await assert.rejects(text.pretrained("minilm"), /the weights of minilm are not on this machine.*lyceum weights minilm/);
});

test("states that stop after a layer go on as if they had not, and a head on them trains the layers above alone", async () => {
  const { tf } = await loadEngine({ tier: tiersHere[0]! });
  const before = tf.memory().numTensors;
  const encoder = text.encoder({ vocabSize: 20, positions: 8, width: 8, heads: 2, layers: 3, padding: 0, initialDeviation: 0.3 });
  const ids = tf.tensor2d([[1, 2, 3, 0], [4, 5, 0, 0]], undefined, "int32");
  tf.tidy(() => {
    const near = (a: { dataSync(): ArrayLike<number> }, b: { dataSync(): ArrayLike<number> }) => Array.from(a.dataSync()).forEach((value, at) => assert.ok(Math.abs(value - b.dataSync()[at]!) < 1e-5));
    const two = encoder.states(ids, { layers: 2 });
    near(encoder.states(encoder.states(encoder.states(ids, { layers: 0 }), { from: 0, layers: 1 }), { from: 1, layers: 2 }), two);
    near(encoder.states(two, { from: 2, layers: 3 }), encoder.states(ids, { layers: 3 }));
    assert.equal(tf.max(tf.abs(tf.slice(two, [1, 2, 0], [1, 2, 8]))).dataSync()[0], 0, "padding is 0");
    const model = text.tokenClassifier(encoder, { classes: 3, layers: 2, frozen: 1 });
    assert.deepEqual(Object.entries(model.weights).filter(([, variable]) => model.variables.includes(variable)).map(([name]) => name.split(".").slice(0, 2).join(".")).filter((name, at, all) => all.indexOf(name) === at), ["block.1", "head.kernel", "head.bias"]);
    near(model.predict(encoder.states(ids, { layers: 1 })), model.predict(ids));
    const head = text.tokenClassifier(encoder, { classes: 3, layers: 0, frozen: true });
    assert.equal(head.parameters, 27);
    assert.deepEqual(head.predict(encoder.states(ids, { layers: 0 })).shape, [2, 4, 3]);
    model.dispose();
    head.dispose();
  });
  assert.throws(() => encoder.states(ids, { layers: 4 }), /expected layers of at most 3, got 4/);
  assert.throws(() => text.tokenClassifier(encoder, { classes: 3, frozen: 4 }), /expected frozen of at most 3 layers, got 4/);
  tf.dispose(ids);
  encoder.dispose();
  assert.equal(tf.memory().numTensors, before);
});

test("words given as a list keep their numbers, whatever punctuation is in them", () => {
  const tokenizer = text.wordPiece(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "call", "555", "-", "o", "'", "neill"]);
  const [one, other] = text.encodeWords(tokenizer, [["Call", "555-555", "O'Neill"], ["call"]], { padding: true });
  assert.deepEqual([...one!.words], [null, 0, 1, 1, 1, 2, 2, 2, null]);
  assert.deepEqual([...other!.words], [null, 0, null, null, null, null, null, null, null]);
  assert.deepEqual(text.alignLabels(one!, [0, 5, 7]), [-100, 0, 5, -100, -100, 7, -100, -100, -100]);
  assert.equal(text.encodeWords(tokenizer, [["call", "call"]], { maxLength: 3 })[0]!.truncated, 1);
  assert.throws(() => text.encodeWords(tokenizer, [["chest pain"]]), /expected words without spaces, got "chest pain" in sentence 0/);
});

test("shown tags say what is right, what has an edge off, what is missed and what is invented", () => {
  const shown = text.showTags(["Ann", "Reed", "denies", "chest", "pain", "today", "<b>"], { truth: ["B-NAME", "I-NAME", "O", "B-PROBLEM", "I-PROBLEM", "B-DATE", "O"], predicted: ["B-NAME", "I-NAME", "O", "O", "B-PROBLEM", "O", "B-BODY"] });
  const show = (shown as unknown as Record<symbol, () => { data: Record<string, string> }>)[Symbol.for("Jupyter.display")]!().data;
  assert.match(show["text/plain"]!, /today \(DATE, missed\)[\s\S]*predicted: Ann Reed \(NAME, right\); pain \(PROBLEM, an edge is off\); <b> \(BODY, wrong\)/);
  assert.doesNotMatch(show["text/html"]!, /<b>/);
  assert.throws(() => text.showTags(["a"], { truth: [] }), /expected 1 tags in truth like words, got 0/);
});
