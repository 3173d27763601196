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
