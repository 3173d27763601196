import assert from "node:assert/strict";
import { test } from "node:test";
import { loadEngine } from "../../../../../kernel/engine/index.js";
import * as helpers from "../../../../../kernel/helpers/data/index.js";
import { privacy } from "./support.js";

const { tf } = await loadEngine();

/**
 * One training with a thousand canaries, each in the data or not by a coin; each has a weight of its own, which it pushes as hard as clipping lets it.
 * An attacker who sees the weights guesses who was in. No attack is stronger against this release.
 */
async function attack(options: { noiseMultiplier: number; clip?: privacy.ClipOptions; steps: number; batchSize: number; push?: number; seed: number }) {
  const canaries = 1000;
  const random = helpers.random(options.seed);
  const inData = Array.from({ length: canaries }, () => random.uniform() < 0.5);
  const members = inData.flatMap((member, at) => (member ? [at] : []));
  const w = tf.variable(tf.zeros([canaries, 1]));
  const model = privacy.tapped({ variables: { w }, forward: (layers, x) => layers.dense(x, w) });
  const x = tf.oneHot(tf.tensor1d(members, "int32"), canaries).toFloat().mul(options.push ?? 100);
  const run = await privacy.training(model, { x, y: tf.zeros([members.length, 1]) }, {
    loss: (_y, out) => out.reshape([-1]).neg(), noiseMultiplier: options.noiseMultiplier, clip: options.clip ?? 1, delta: 1e-5, steps: options.steps, batchSize: options.batchSize, examples: 500,
    optimizer: "sgd", learningRate: 1, unsafeSeed: options.seed,
  });
  while (run.done < options.steps) run.step();
  const scores = Array.from(w.dataSync());
  run.dispose();
  tf.dispose([w, x]);
  const of = (member: boolean) => scores.filter((_, at) => inData[at] === member);
  return privacy.auditScores({ in: of(true), out: of(false) }, { method: "oneRun", delta: 1e-5, significance: 0.01 }).epsilon;
}

const claim = (options: { noiseMultiplier: number; steps: number; batchSize: number }) => privacy.dpsgd({ examples: 500, delta: 1e-5, ...options }).epsilon;

test("an audit of our own trainer finds something, and never more than was claimed: full batches, Poisson batches, adaptive clipping", async () => {
  for (const settings of [{ noiseMultiplier: 2, steps: 1, batchSize: 500 }, { noiseMultiplier: 2, steps: 12, batchSize: 100 }, { noiseMultiplier: 3, steps: 4, batchSize: 250 }]) {
    for (const clip of [1, 0.01, { style: "adaptive" as const, norm: 1 }]) {
      // What a thousand canaries find goes from 0 to 0.4 with the seed; never more than was claimed.
      const found = await attack({ ...settings, clip, seed: 15 });
      assert.ok(found > 0.1 && found < claim(settings), `${JSON.stringify(settings)} ${JSON.stringify(clip)}: found ${found}, claimed ${claim(settings)}`);
    }
  }
});

test("a trainer whose noise is gone, or a tenth of what it should be, is caught", async () => {
  const settings = { noiseMultiplier: 2, steps: 1, batchSize: 500 };
  for (const noiseMultiplier of [0, 0.2]) {
    const found = await attack({ ...settings, noiseMultiplier, seed: 12 });
    assert.ok(found > claim(settings), `noise ${noiseMultiplier}: found ${found}, claimed ${claim(settings)}`);
  }
});

test("a trainer that does not clip is caught", async () => {
  const settings = { noiseMultiplier: 2, steps: 1, batchSize: 500 };
  // As if the norm were 1 while examples push with 20: noise for 1 / 20 of what gets in.
  const found = await attack({ ...settings, noiseMultiplier: 2 / 20, clip: 20, push: 20, seed: 13 });
  assert.ok(found > claim(settings));
});
