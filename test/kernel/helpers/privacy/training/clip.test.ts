import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor, Tensor1D } from "@tensorflow/tfjs";
import { compile } from "../../../../../kernel/engine/compile/public.js";
import { loadEngine } from "../../../../../kernel/engine/index.js";
import { resolveClip } from "../../../../../kernel/helpers/privacy/training/clip.js";
import { clippedGradients } from "../../../../../kernel/helpers/privacy/training/gradients.js";
import { networkOf } from "../../../../../kernel/helpers/privacy/training/model/network.js";
import { tiersHere } from "../../../engine/support.js";
import { apart, privacy, sample } from "./support.js";

const { tf } = await loadEngine();
const model = tf.sequential({ layers: [tf.layers.dense({ units: 4, activation: "tanh", inputShape: [3] }), tf.layers.dense({ units: 2 })] });
const loss = "meanSquaredError" as const;
const batch = (rows: number, seed = 1, scale = 3) => ({ x: sample(tf, [rows, 3], seed).mul(scale), y: sample(tf, [rows, 2], seed + 1).mul(scale) });
const flat = (sum: privacy.ClippedSum) => Object.values(sum.sums).flatMap(({ values }) => Array.from(values));
const names = model.trainableWeights.map(({ name }) => name);

/** On every tier: operations clip on one, a kernel of WebAssembly's on the other. */
function everywhere(title: string, work: () => void): void {
  for (const tier of tiersHere.filter((one) => one !== "cpu")) {
    test(`${tier}: ${title}`, async () => {
      await loadEngine({ tier });
      work();
    });
  }
}

const styles: Record<string, privacy.ClipOptions> = {
  flat: 0.7, opacus: { norm: 0.7, rule: "opacus" }, automatic: { norm: 0.7, rule: "automatic" }, "per layer": { style: "perLayer", norm: 0.7 }, "per parameter": { style: "perParameter", norm: 0.7 },
  "per parameter, norms of its own": { style: "perParameter", norms: Object.fromEntries(names.map((name, at) => [name, 0.1 * (at + 1)])) }, adaptive: { style: "adaptive", norm: 0.7 },
};

everywhere("whoever comes or goes moves the sum by at most the sensitivity, whatever the clipping and however large the example", () => {
  for (const [name, clip] of Object.entries(styles)) {
    for (const scale of [0.01, 1, 30, 1e4]) {
      const { x, y } = batch(6, 3, scale);
      const all = privacy.clippedSum(model, { x, y }, { loss, clip });
      const without = privacy.clippedSum(model, { x: x.slice([1], [5]), y: y.slice([1], [5]) }, { loss, clip });
      const rest = flat(without);
      const moved = Math.hypot(...flat(all).map((value, at) => value - rest[at]!));
      assert.ok(moved <= all.sensitivity * (1 + 1e-5), `${name}, scale ${scale}: moved ${moved} of ${all.sensitivity}`);
    }
  }
  for (const style of ["perLayer", "perParameter"] as const) assert.ok(Math.abs(privacy.clippedSum(model, batch(2), { loss, clip: { style, norm: 0.7 } }).sensitivity - 0.7) < 1e-12);
});

everywhere("small gradients stay as they are, large ones get exactly the clip norm", () => {
  const one = batch(1, 5, 100);
  const { norms } = privacy.perExampleNorms(model, one, { loss });
  const norm = (clip: number) => Math.hypot(...flat(privacy.clippedSum(model, one, { loss, clip })));
  assert.ok(Math.abs(norm(norms[0]! / 10) / (norms[0]! / 10) - 1) < 1e-5);
  assert.ok(Math.abs(norm(norms[0]! * 10) / norms[0]! - 1) < 1e-5);
});

everywhere("rows that only fill up the batch leave no trace, whatever they hold", () => {
  const { x, y } = batch(5);
  const bare = privacy.clippedSum(model, { x, y }, { loss, clip: 1 });
  for (const filling of [0, 1e30, Number.NaN, Number.POSITIVE_INFINITY]) {
    const filled = { x: tf.concat([x, tf.fill([3, 3], filling)]), y: tf.concat([y, tf.fill([3, 2], filling)]), mask: tf.tensor1d([1, 1, 1, 1, 1, 0, 0, 0]) };
    const sum = privacy.clippedSum(model, filled, { loss, clip: 1 });
    assert.ok(apart(flat(sum), flat(bare)) < 1e-6, String(filling));
    assert.deepEqual(sum.factors["all"]!.slice(5), [0, 0, 0]);
  }
});

everywhere("an example whose gradient is infinite or not a number counts as zero, and the others as before", () => {
  const { x, y } = batch(4);
  const bare = flat(privacy.clippedSum(model, { x, y }, { loss, clip: 1 }));
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 1e38]) {
    const sum = privacy.clippedSum(model, { x: tf.concat([x, sample(tf, [1, 3])]), y: tf.concat([y, tf.fill([1, 2], bad)]) }, { loss, clip: 1 });
    assert.ok(apart(flat(sum), bare) < 1e-6, String(bad));
    assert.equal(sum.factors["all"]![4], 0);
  }
});

everywhere("an empty sum of an embedding, a sequence or a convolution with infinite rows is still zero there", () => {
  const [table, kernel] = [tf.variable(sample(tf, [4, 3])), tf.variable(sample(tf, [2, 3, 2]))];
  const words = privacy.tapped({ variables: { table, kernel }, forward: (layers, ids) => layers.conv(layers.embedding(ids, table), kernel).mean(1) });
  const good = { x: tf.tensor2d([[0, 1, 1, 3]], [1, 4], "int32"), y: sample(tf, [1, 2]) };
  const bad = { x: tf.concat([good.x, good.x]), y: tf.concat([good.y, tf.fill([1, 2], Number.NaN)]) };
  assert.ok(apart(flat(privacy.clippedSum(words, bad, { loss, clip: 1 })), flat(privacy.clippedSum(words, good, { loss, clip: 1 }))) < 1e-6);
});

test("a compiled step keeps infinite examples out of its sums, batch by batch as they come", { skip: !tiersHere.includes("tensorflow") }, async () => {
  const { tf } = await loadEngine({ tier: "tensorflow" });
  const v = { k: tf.variable(sample(tf, [2, 3, 4])), w: tf.variable(sample(tf, [4, 5])), b: tf.variable(sample(tf, [5])) };
  const network = networkOf(privacy.tapped({ variables: v, forward: (layers, x) => layers.dense(tf.relu(layers.conv(x, v.k, undefined)), v.w, v.b).mean(1) }), loss);
  const clip = resolveClip(1, network.parameters);
  const run = (x: Tensor, y: Tensor) => clippedGradients(network, clip, [x], y, tf.ones([4]) as Tensor1D, { divisor: 4 }).sums as Tensor[];
  const compiled = compile(run);
  const good = { x: sample(tf, [4, 6, 3], 5), y: sample(tf, [4, 5], 6) };
  const spoil = (at: number, bad: number, whole: Tensor): Tensor => tf.where(tf.oneHot(tf.tensor1d([at], "int32"), 4).toBool().reshape([4, ...whole.shape.slice(1).map(() => 1)]).logicalAnd(tf.onesLike(whole).toBool()), tf.fill(whole.shape, bad), whole);
  // Enough calls for each way to run a graph to have had its turn.
  for (let call = 0; call < 24; call++) {
    const [at, bad] = [call % 4, [Number.NaN, Number.POSITIVE_INFINITY, 1e38][call % 3]!];
    const batch = call % 2 === 0 ? good : { x: spoil(at, bad, good.x), y: good.y };
    const [sums, expected] = [compiled(batch.x, batch.y), tf.tidy(() => run(batch.x, batch.y))];
    sums.forEach((sum, part) => assert.ok(apart(sum.dataSync(), expected[part]!.dataSync()) < 1e-5 && sum.dataSync().every(Number.isFinite), `call ${call}, part ${part}`));
  }
  assert.equal(compiled.variants[0]!.mode, "graph");
});
