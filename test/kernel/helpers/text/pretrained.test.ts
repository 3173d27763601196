import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import { readDataBytes, setDataSource } from "../../../../kernel/helpers/data/source.js";
import * as text from "../../../../kernel/helpers/text/index.js";
import { projectRoot } from "../../../support/root.js";
import { tiersHere } from "../../engine/support.js";

const { cases } = JSON.parse(readFileSync(join(projectRoot, "test/fixtures/text/use-lite.json"), "utf8")) as { cases: { text: string; ids: number[]; vector: number[] }[] };

for (const tier of tiersHere.filter((name) => name !== "cpu")) {
  test(`on the ${tier} tier use-lite gives the token ids and sentence vectors of the original graph model`, async () => {
    const { tf } = await loadEngine({ tier });
    const before = tf.memory().numTensors;
    const use = await text.pretrained("use-lite");
    for (const { text: words, ids } of cases) assert.deepEqual([...use.tokenizer.encode(words).ids], ids, words);
    const vectors = use.embed(cases.map((one) => one.text), { batchSize: 5 });
    const values = vectors.arraySync();
    cases.forEach(({ vector, text: words }, at) => vector.forEach((value, column) => assert.ok(Math.abs(value - values[at]![column]!) < 1e-5, `${words.slice(0, 30)}, column ${column}: expected ${value}, got ${values[at]![column]}`)));
    vectors.dispose();
    use.dispose();
    assert.equal(tf.memory().numTensors, before, "nothing stays");
  });

  test(`on the ${tier} tier gradients of a head on use-lite reach every weight, and padding changes nothing`, async () => {
    const { tf } = await loadEngine({ tier });
    const use = await text.pretrained("use-lite");
    const model = text.classifier(use.encoder, { classes: 2 });
    const batch = use.tokenizer.encodeBatch(["a cup of good coffee", "stale"], { padding: 8 });
    const { ids } = text.tensors(batch);
    const { grads, value } = tf.variableGrads(() => text.crossEntropy(tf.tensor1d([1, 0], "int32"), model.predict(ids)));
    // Softmax does not see what all scores have in common: the bias of the keys has no slope but rounding.
    for (const [name, { name: inside }] of Object.entries(model.weights)) if (!name.endsWith("key.bias")) assert.ok(tf.tidy(() => tf.sum(tf.abs(grads[inside]!)).dataSync()[0]!) > 0, name);
    const short = text.tensors(use.tokenizer.encodeBatch(["stale"]));
    const [padded, alone] = [ids, short.ids].map((one) => tf.tidy(() => model.predict(one).arraySync() as number[][]));
    alone![0]!.forEach((logit, at) => assert.ok(Math.abs(logit - padded![1]![at]!) < 1e-5));
    tf.dispose([grads, value, ids]);
    model.dispose();
    use.dispose();
  });
}

test("what is asked wrongly, or is not on this machine, is said with what to do", async () => {
  await assert.rejects(text.pretrained("bert" as "use-lite"), /unknown name: bert \(known: .*use-lite/);
  const use = await text.pretrained("use-lite");
  assert.throws(() => use.embed([]), /expected at least one text, got none/);
  assert.throws(() => use.embed(["a"], { size: 3 } as never), /unknown option: size/);
  use.dispose();
  const read = readDataBytes;
  const description = await read("datapackage.json");
  setDataSource((path) => (path === "datapackage.json" ? Promise.resolve(description) : Promise.reject(new Error(`no file ${path}`))));
  await assert.rejects(text.pretrained("use-lite"), /the weights of use-lite are not on this machine: in a terminal run "lyceum weights use-lite"/);
});
