import assert from "node:assert/strict";
import type { Tensor } from "@tensorflow/tfjs";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import { sample, tiersHere } from "../support.js";
import { compile, handles, noTensorFlow, race, tensorflow, times, warnings } from "./support.js";

const skip = noTensorFlow;
const value = (tensor: Tensor): number => tensor.dataSync()[0]!;

test("an error in the graph names the operation and the learner's line, and leaves variables as they were", { skip }, async () => {
  const tf = await tensorflow();
  const w = tf.variable(tf.scalar(1));
  const f = compile((x: Tensor, shape: Tensor) => {
    w.assign(tf.add(w, 1));
    // A kernel whose check TensorFlow makes when it runs.
    return tf.sum((tf.backend() as unknown as { executeSingleOutput(op: string, attrs: object[], inputs: Tensor[]): Tensor }).executeSingleOutput("Reshape", [
      { name: "T", type: (tf.backend() as unknown as { binding: Record<string, number> }).binding["TF_ATTR_TYPE"], value: 1 },
      { name: "Tshape", type: (tf.backend() as unknown as { binding: Record<string, number> }).binding["TF_ATTR_TYPE"], value: 3 }], [x, shape]));
  });
  const x = tf.ones([6]);
  times(5, () => f(x, tf.tensor1d([2, 3], "int32")));
  assert.equal(f.variants[0]!.mode, "graph");
  const before = value(w);
  assert.throws(() => f(x, tf.tensor1d([4, 4], "int32")), /Reshape: .*\(.*(failures|refused)\.test\.js:\d+\)/);
  assert.equal(value(w), before);
  f(x, tf.tensor1d([3, 2], "int32"));
  assert.equal(value(w), before + 1);
});

test("the learner's own error comes through, and the step works afterwards", { skip }, async () => {
  const tf = await tensorflow();
  const { worst } = race(tf, () => {
    const w = tf.variable(sample(tf, [3]));
    return { weights: [w], step: (x: Tensor) => (w.assign(tf.add(w, x)), tf.sum(w)) };
  }, times(6, (at) => [sample(tf, [3], at)]));
  assert.equal(worst, 0);
  let fail = false;
  const w = tf.variable(tf.scalar(0));
  const f = compile((x: Tensor) => {
    w.assign(tf.add(w, x));
    if (fail) throw new RangeError("mine");
    return tf.mul(w, Math.random() * 0 + 1);
  });
  times(6, () => f(tf.scalar(1)));
  assert.equal(f.variants[0]!.mode, "follow");
  fail = true;
  assert.throws(() => f(tf.scalar(1)), /mine/);
  fail = false;
  assert.equal(value(f(tf.scalar(1))), 8);
});

test("a result whose shape depends on values is refused, and comes right", { skip }, async () => {
  const tf = await tensorflow();
  const f = compile((x: Tensor): Tensor => tf.unique(x as never).values, { name: "distinct" });
  const lines = warnings(() => {
    for (const kinds of [2, 2, 2, 2, 1, 3, 4, 2]) assert.equal(f(tf.tensor1d(times(5, (at) => at % kinds))).shape[0], kinds);
  });
  assert.equal(lines.length, 1);
  assert.match(lines[0]!, /distinct is not compiled.*shape of a result depends on values/);
  // Where only a number leaves the step, its inside may have any shape.
  const g = compile((x: Tensor) => tf.sum(tf.unique(x as never).values as Tensor));
  for (const kinds of [2, 2, 2, 2, 1, 3, 4, 2]) assert.equal(value(g(tf.tensor1d(times(5, (at) => at % kinds)))), (kinds * (kinds - 1)) / 2);
});

test("arrays of one value that the step makes become a single number in the graph", { skip }, async () => {
  const tf = await tensorflow();
  const f = compile((x: Tensor) => tf.add(x, tf.mul(tf.ones([100, 100]), 3)));
  for (let call = 0; call < 6; call++) assert.equal(value(f(tf.zeros([100, 100]))), 3);
  const { constants, operations } = compile.explain(f as never).variants[0]!;
  assert.ok(constants.values >= 10_000 && operations.length <= 4);
});

test("fifty compiled functions made, used and freed leave no handle and no graph", { skip }, async () => {
  const tf = await tensorflow();
  const x = tf.ones([4]);
  const round = (at: number) => {
    const f = compile((x: Tensor) => tf.mul(x, at));
    times(6, () => f(x).dispose());
    assert.equal(f.variants[0]!.mode, "graph");
    f.dispose();
  };
  round(0);
  const before = [tf.memory().numTensors, handles(tf)];
  times(50, round);
  assert.deepEqual([tf.memory().numTensors, handles(tf)], before);
});

for (const tier of tiersHere.filter((name) => name !== "tensorflow")) {
  test(`on the ${tier} tier a compiled function gives what the function gives, in a tidy`, async () => {
    const { tf } = await loadEngine({ tier });
    try {
      let calls = 0;
      const f = compile((x: Tensor, by: number) => {
        calls += 1;
        return tf.add(tf.mul(x, by), 1);
      });
      const before = tf.memory().numTensors;
      for (let call = 0; call < 5; call++) {
        const [x, y] = [tf.scalar(call), tf.scalar(0)];
        const result = f(x, 2);
        assert.equal(value(result), 2 * call + 1);
        tf.dispose([x, y, result]);
      }
      assert.equal(calls, 5);
      assert.equal(tf.memory().numTensors, before);
      assert.deepEqual(f.variants, []);
    } finally {
      if (!noTensorFlow) await loadEngine({ tier: "tensorflow" });
    }
  });
}
