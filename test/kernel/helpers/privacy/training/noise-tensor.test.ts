import assert from "node:assert/strict";
import { test } from "node:test";
import { loadEngine } from "../../../../../kernel/engine/index.js";
import { NoiseTensor } from "../../../../../kernel/helpers/privacy/training/trainer/noise-tensor.js";
import { tiersHere } from "../../../engine/support.js";

for (const tier of tiersHere) {
  test(`on ${tier}, noise that a cut-off step left behind is wiped at the next draw, and no tensor is lost`, async () => {
    const { tf } = await loadEngine({ tier });
    const before = tf.memory().numTensors;
    const noise = new NoiseTensor(4);
    const seen: Float32Array[] = [];
    const draw = (value: number) => noise.draw((values) => {
      seen.push(values);
      values.fill(value);
    });
    const left = draw(1);
    assert.deepEqual([...left.dataSync()], [1, 1, 1, 1]);
    assert.deepEqual([...draw(2).dataSync()], [2, 2, 2, 2]);
    assert.ok(left.isDisposed);
    noise.wipe();
    noise.wipe();
    for (const values of seen) assert.ok(!values.includes(2), "the place of the noise holds it no more");
    assert.equal(tf.memory().numTensors, before);
  });
}
