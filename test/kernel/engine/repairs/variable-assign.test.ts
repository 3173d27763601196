import assert from "node:assert/strict";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import { tiersHere } from "../support.js";

for (const tier of tiersHere) {
  test(`a variable on the ${tier} tier takes a value, its own value, and another variable's, and leaves no tensor behind`, async () => {
    const { tf } = await loadEngine({ tier });
    const before = tf.memory();
    const [v, w] = [tf.variable(tf.tensor1d([1, 2])), tf.variable(tf.tensor1d([3, 4]))];
    const created = tf.memory().numTensors;
    tf.tidy(() => v.assign(tf.add(v, 1)));
    v.assign(v);
    v.assign(w);
    tf.tidy(() => w.assign(tf.mul(w, 10)));
    assert.deepEqual([[...v.dataSync()], [...w.dataSync()]], [[3, 4], [30, 40]]);
    assert.equal(tf.memory().numTensors, created);
    assert.throws(() => v.assign(tf.tensor1d([1]) as never), /shape of the new value \(1\) and previous value \(2\) must match/);
    assert.throws(() => v.assign(tf.tensor1d([1, 2], "int32") as never), /dtype of the new value \(int32\) and previous value \(float32\) must match/);
    tf.dispose([v, w]);
    assert.ok(tf.memory().numTensors >= before.numTensors);
  });
}

test("a variable is whole at every moment of an assignment, wherever it is cut off", async () => {
  const { tf } = await loadEngine({ tier: "cpu" });
  const engine = tf.engine() as unknown as Record<"incRef" | "disposeTensor", (...args: unknown[]) => void>;
  for (const name of ["incRef", "disposeTensor"] as const) {
    for (const when of ["before", "after"] as const) {
      const v = tf.variable(tf.scalar(1));
      const original = engine[name];
      engine[name] = function (...args: unknown[]) {
        if (when === "after") original.apply(this, args);
        throw new Error("cut off");
      };
      try {
        assert.throws(() => v.assign(tf.scalar(2)), /cut off/);
      } finally {
        engine[name] = original;
      }
      assert.ok([1, 2].includes(v.dataSync()[0]!), `${name}, ${when}`);
    }
  }
});
