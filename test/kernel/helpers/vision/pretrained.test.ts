import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as vision from "../../../../kernel/helpers/vision/index.js";
import { projectRoot } from "../../../support/root.js";
import { tiersHere } from "../../engine/support.js";

interface Case { a: number; b: number; c: number; mean: number[]; corner: number[]; middle: number[] }

// Plain JavaScript would take minutes at this size; its convolutions are held by the tests of the engine.
for (const tier of tiersHere.filter((tier) => tier !== "cpu")) {
  test(`mobilenet-v2 gives the features of the detector that it was taken from (${tier})`, async () => {
    const { tf } = await loadEngine({ tier });
    const { cases } = JSON.parse(readFileSync(join(projectRoot, "test/fixtures/data/mobilenet-v2.json"), "utf8")) as { cases: Case[] };
    const before = tf.memory().numTensors;
    const backbone = await vision.pretrained("mobilenet-v2", { size: 300 });
    const inner = tf.model({ inputs: backbone.inputs, outputs: backbone.getLayer("expanded_conv_8/add").output }) as LayersModel;
    for (const { a, b, c, mean, corner, middle } of cases) {
      const values = Float32Array.from({ length: 300 * 300 * 3 }, (_, at) => {
        const [row, column, channel] = [Math.floor(at / 900), Math.floor(at / 3) % 300, at % 3];
        return Math.sin(a * row + 0.5 * channel) * Math.cos(b * column + c * channel);
      });
      const found = tf.tidy(() => {
        const picture = tf.tensor4d(values, [1, 300, 300, 3]);
        const maps = backbone.predict(picture) as Tensor;
        assert.deepEqual(maps.shape, [1, 10, 10, 1280]);
        return { mean: maps.mean([1, 2]).dataSync(), corner: maps.slice([0, 0, 0, 0], [1, 1, 1, 1280]).dataSync().filter((_, at) => at % 16 === 0), middle: (inner.predict(picture) as Tensor).mean([1, 2]).dataSync() };
      });
      const furthest = (got: ArrayLike<number>, wanted: number[]) => wanted.reduce((most, value, at) => Math.max(most, Math.abs(value - got[at]!)), 0);
      // Half precision has 11 bits; features lie between 0 and 6.
      for (const [name, got, wanted] of [["mean", found.mean, mean], ["corner", found.corner, corner], ["middle", found.middle, middle]] as const) {
        assert.equal(got.length, wanted.length);
        assert.ok(furthest(got, wanted) < 2e-3, `${name}: ${furthest(got, wanted)}`);
      }
    }
    backbone.dispose();
    assert.equal(tf.memory().numTensors, before, "nothing is left");
  });
}

test("what is asked of vision.pretrained is checked", async () => {
  await loadEngine({ tier: tiersHere[0]! });
  await assert.rejects(() => vision.pretrained("resnet" as "mobilenet-v2"), /unknown name: resnet \(known: mobilenet-v2\)/);
  await assert.rejects(() => vision.pretrained("mobilenet-v2", { size: 8 }), /expected size to be a whole number >= 32, got 8/);
});
