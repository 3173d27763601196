import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { noTensorFlow, on, sample } from "../support.js";
import { assertSame, countCalls } from "./support.js";

const skip = noTensorFlow;

const cases: [shape: number[], indices: number[] | number[][], axis: number, batchDims: number][] = [
  [[5], [4, 0, 4], 0, 0],
  [[5, 3], [[4, 0], [4, 1]], 0, 0],
  [[5, 3, 2], [2, 2, 2], 0, 0],
  [[2, 5, 3], [4, 0], 1, 0],
  [[2, 5, 3], [[2, 0], [1, 1]], 2, 0],
  [[2, 5, 3], [[2, 0], [1, 1]], 1, 1],
];

for (const [shape, indices, axis, batchDims] of cases) {
  test(`gathering ${JSON.stringify(indices)} of [${shape}] along axis ${axis}, ${batchDims} batch dimensions, has the JavaScript backend's value and gradients`, { skip }, async () => {
    const work = (tf: TensorFlowJs) => {
      const f = (x: Tensor) => tf.gather(x, tf.tensor(indices, undefined, "int32"), axis, batchDims);
      const x = sample(tf, shape);
      const first = (input: Tensor) => tf.grad((y: Tensor) => tf.sum(tf.square(f(y))))(input);
      const second = batchDims === 0 ? [tf.grad((input: Tensor) => tf.sum(tf.mul(first(input), sample(tf, shape, 2))))(x)] : [];
      return [f(x), first(x), ...second];
    };
    assertSame(await on("tensorflow", work), await on("cpu", work), 1e-6, "gather");
  });
}

test("an index that is out of range ends in an error that names it, and leaves nothing behind", { skip }, async () => {
  const { loadEngine } = await import("../../../../kernel/engine/index.js");
  const { tf } = await loadEngine({ tier: "tensorflow" });
  const before = tf.memory().numTensors;
  const look = (at: number) => on("tensorflow", ({ tensor1d, gather }) => gather([1, 2, 3, 4], tensor1d([0, at], "int32")));
  await assert.rejects(look(9), /the index value 9 is not in \[0, 3\]: indices\[1\] = 9 is not in \[0, 4\)/);
  await assert.rejects(look(-1), /the index value -1 is not in \[0, 3\]: indices\[1\] = -1 is not in \[0, 4\)/);
  assert.equal(tf.memory().numTensors, before);
});

test("an embedding reads nothing back into JavaScript, forward or backward, and its gradient transposes nothing", { skip }, async () => {
  const calls = await countCalls((tf) => {
    const table = tf.variable(tf.tidy(() => sample(tf, [6, 4])));
    const { value, grads } = tf.tidy(() => tf.variableGrads(() => tf.sum(tf.gather(table, tf.tensor2d([[0, 5], [2, 2]], [2, 2], "int32"))), [table]));
    table.dispose();
    return [value, ...Object.values(grads)];
  });
  assert.equal(calls.reads, 0);
  assert.equal(calls.operations.filter((name) => name === "Transpose").length, 0);
  assert.equal(calls.operations.filter((name) => name === "GatherV2").length, 1);
});
