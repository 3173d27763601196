import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { loadEngine } from "../../../../kernel/engine/index.js";
import { assertClose, tiersHere } from "../support.js";

let folder = "";
before(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-models-"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function makeModel(tf: TensorFlowJs, units: number): LayersModel {
  const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [3], units, activation: "tanh" }), tf.layers.dense({ units: 2 })] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  return model;
}

function predict(tf: TensorFlowJs, model: LayersModel): number[] {
  return tf.tidy(() => Array.from((model.predict(tf.tensor2d([[1, 2, 3], [-1, 0, 1]])) as Tensor).dataSync()));
}

/** A prediction by a graph may differ from one by single operations in the last bit. */
function same(one: number[], other: number[]): void {
  assertClose([one], [other], 1e-6, "predictions");
}

for (const tier of tiersHere) {
  test(`a model saved with file:// on the ${tier} tier loads again with the same answers, from the file and from its folder`, async () => {
    const { tf } = await loadEngine({ tier });
    const model = makeModel(tf, 4);
    const place = join(folder, `round-${tier}`, "deep");
    const { modelArtifactsInfo } = await model.save(`file://${place}`);
    assert.equal(modelArtifactsInfo.weightDataBytes, (3 * 4 + 4 + 4 * 2 + 2) * 4);
    same(predict(tf, await tf.loadLayersModel(`file://${place}/model.json`)), predict(tf, model));
    same(predict(tf, await tf.loadLayersModel(`file://${place}`)), predict(tf, model));
    const again = await tf.loadLayersModel(`file://${relative(process.cwd(), place)}/model.json`);
    same(predict(tf, again), predict(tf, model));
  });
}

test("a large model is saved in shards of 4 MiB, and saving a smaller one there leaves none of them behind", async () => {
  const { tf } = await loadEngine({ tier: "wasm" });
  const place = join(folder, "shards");
  const large = makeModel(tf, 400_000);
  await large.save(`file://${place}`);
  assert.deepEqual(readdirSync(place).sort(), ["group1-shard1of3.bin", "group1-shard2of3.bin", "group1-shard3of3.bin", "model.json"]);
  same(predict(tf, await tf.loadLayersModel(`file://${place}`)), predict(tf, large));
  await makeModel(tf, 2).save(`file://${place}`);
  assert.deepEqual(readdirSync(place).sort(), ["group1-shard1of1.bin", "model.json"]);
});

test("a saved folder loads over HTTP, as a browser loads it", async () => {
  const { tf } = await loadEngine({ tier: "wasm" });
  const model = makeModel(tf, 4);
  const place = join(folder, "web");
  await model.save(`file://${place}`);
  const server = createServer((request, response) => response.end(readFileSync(join(place, request.url!.slice(1))))).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const { port } = server.address() as AddressInfo;
    same(predict(tf, await tf.loadLayersModel(`http://127.0.0.1:${port}/model.json`)), predict(tf, model));
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test("a model that is not there, and a missing shard, are named", async () => {
  const { tf } = await loadEngine({ tier: "wasm" });
  await assert.rejects(tf.loadLayersModel(`file://${folder}/nothing`), /there is no saved model at .*nothing/);
  const place = join(folder, "broken");
  await makeModel(tf, 2).save(`file://${place}`);
  rmSync(join(place, "group1-shard1of1.bin"));
  await assert.rejects(tf.loadLayersModel(`file://${place}`), /group1-shard1of1\.bin/);
});

test("training settings are kept: a loaded model goes on training", async () => {
  const { tf } = await loadEngine({ tier: "wasm" });
  const place = join(folder, "compiled");
  await makeModel(tf, 3).save(`file://${place}`);
  const loaded = await tf.loadLayersModel(`file://${place}`);
  loaded.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const history = await loaded.fit(tf.ones([4, 3]), tf.zeros([4, 2]), { epochs: 2, verbose: 0 });
  assert.ok((history.history["loss"]![1] as number) < (history.history["loss"]![0] as number));
  writeFileSync(join(place, "note.txt"), "");
});
