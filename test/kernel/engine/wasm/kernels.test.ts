import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { loadEngine } from "../../../../kernel/engine/index.js";
import { assertClose, on, sample } from "../support.js";

async function equalsJavaScript(work: (tf: TensorFlowJs) => Tensor | Tensor[], what: string): Promise<void> {
  assertClose(await on("wasm", work), await on("cpu", work), 1e-5, what);
}

for (const [strides, pad] of [[1, "same"], [2, "same"], [[1, 2], "valid"], [3, "valid"], [2, 1]] as const) {
  test(`the gradients of conv2d and depthwiseConv2d with strides ${strides} and padding ${pad} equal the JavaScript backend's`, async () => {
    await equalsJavaScript((tf) => {
      const inputs = [sample(tf, [2, 8, 7, 3]), sample(tf, [3, 2, 3, 2], 2)];
      const plain = (x: Tensor, filter: Tensor) => tf.conv2d(x as Tensor4D, filter as Tensor4D, strides as number, pad as "same", "NHWC", 1, pad === 1 ? "floor" : undefined);
      const depthwise = (x: Tensor, filter: Tensor) => tf.depthwiseConv2d(x as Tensor4D, filter as Tensor4D, strides as number, pad as "same", "NHWC", 1, pad === 1 ? "floor" : undefined);
      const layers = Array.isArray(strides) ? [plain] : [plain, depthwise];
      return layers.flatMap((layer) => tf.grads((x, filter) => tf.sum(tf.square(layer(x!, filter!))))(inputs));
    }, "gradients");
  });
}

test("unsortedSegmentSum adds rows with the same id and drops ids outside the range, also negative ones", async () => {
  const work = (tf: TensorFlowJs) => tf.unsortedSegmentSum(tf.tensor2d([[1, 2], [3, 4], [5, 6], [7, 8]]), tf.tensor1d([1, -1, 1, 9], "int32"), 3);
  assert.deepEqual(await on("wasm", work), [[0, 0, 6, 8, 0, 0]]);
});

for (const [equation, shapes] of [["ij,jk->ik", [[3, 4], [4, 5]]], ["bij,bkj->bki", [[2, 3, 4], [2, 5, 4]]], ["ijk->j", [[2, 3, 4]]], ["abc,cd->dab", [[2, 3, 4], [4, 5]]], ["i,j->ij", [[3], [4]]], ["ij,ij->", [[3, 4], [3, 4]]], ["bhqd,bhkd->bhqk", [[2, 2, 3, 4], [2, 2, 5, 4]]]] as [string, number[][]][]) {
  test(`einsum("${equation}") equals the JavaScript backend's`, async () => {
    await equalsJavaScript((tf) => tf.einsum(equation, ...shapes.map((shape, index) => sample(tf, shape, index + 1))), equation);
  });
}

test("oneHot makes floats and booleans that are 1 and 0, not bits of integers", async () => {
  const work = (tf: TensorFlowJs) => [tf.oneHot(tf.tensor1d([2, 0], "int32"), 3, 1, 0, "float32"), tf.oneHot(tf.tensor1d([1], "int32"), 3, 0.9, 0.05, "float32"), tf.oneHot(tf.tensor1d([1, 3], "int32"), 2, 1, 0, "bool")] as Tensor[];
  await equalsJavaScript(work, "oneHot");
});

test("matrix products with transposed operands, in batches and of integers, equal the JavaScript backend's", async () => {
  await equalsJavaScript((tf) => [[false, true], [true, false], [true, true]].flatMap(([a, b]) => [
    tf.matMul(sample(tf, a ? [4, 3] : [3, 4]), sample(tf, b ? [5, 4] : [4, 5], 2), a, b),
    tf.matMul(sample(tf, a ? [2, 4, 3] : [2, 3, 4]), sample(tf, b ? [2, 5, 4] : [2, 4, 5], 2), a, b),
  ]), "matMul");
  assert.deepEqual(await on("wasm", (tf) => tf.matMul(tf.tensor2d([[16777217, 1]], [1, 2], "int32"), tf.tensor2d([[1], [2]], [2, 1], "int32"))), [[16777219]]);
});

test("a cast to bool asks whether a number is zero", async () => {
  assert.deepEqual(await on("wasm", (tf) => [tf.cast(tf.tensor1d([0, 0.5, -3, 256]), "bool"), tf.cast(tf.tensor1d([0, 256, 3], "int32"), "bool")]), [[0, 1, 1, 1], [0, 1, 1]]);
});

test("clipping keeps NaN, so that a training that has gone wrong shows", async () => {
  assert.deepEqual(await on("wasm", (tf) => tf.clipByValue(tf.tensor1d([Number.NaN, 5, -5]), -1, 1)), [[Number.NaN, 1, -1]]);
});

test("a slice past the end throws instead of reading other tensors", async () => {
  const { tf } = await loadEngine({ tier: "wasm" });
  assert.throws(() => tf.slice(tf.tensor1d([1, 2]), 1, 5), /begin\[0\] \+ size\[0\] .* would overflow/);
});

test("fused layers take a bias of any shape that broadcasts", async () => {
  await equalsJavaScript((tf) => [
    tf.fused.matMul({ a: sample(tf, [3, 4]) as never, b: sample(tf, [4, 2], 2) as never, bias: sample(tf, [3, 2], 3), activation: "relu" }),
    tf.fused.conv2d({ x: sample(tf, [1, 4, 4, 2]) as Tensor4D, filter: sample(tf, [2, 2, 2, 3], 2) as Tensor4D, strides: 1, pad: "same", bias: tf.scalar(0.5) as never, activation: "relu" }),
  ], "fused");
});

test("strings can be compared, repeated and filled", async () => {
  const { tf } = await loadEngine({ tier: "wasm" });
  const [equal, tiled, filled] = tf.tidy(() => [tf.equal(tf.tensor1d(["a", "b"]), tf.tensor1d(["a", "c"])).dataSync(), tf.tile(tf.tensor1d(["x"]), [2]).dataSync(), tf.fill([2], "z").dataSync()]) as unknown as [Uint8Array, string[], string[]];
  assert.deepEqual([Array.from(equal), tiled, filled], [[1, 0], ["x", "x"], ["z", "z"]]);
});

test("a clone outlives the tensor it was made from", async () => {
  const { tf } = await loadEngine({ tier: "wasm" });
  const original = tf.tensor1d([1, 2, 3]) as Tensor1D;
  const copy = original.clone();
  assert.equal(copy.dataId, original.dataId, "a clone shares its values");
  original.dispose();
  tf.dispose(tf.add(tf.zeros([100]), 1));
  assert.deepEqual(Array.from(copy.dataSync()), [1, 2, 3]);
  copy.dispose();
});

test("convolutions and embeddings train inside WebAssembly: no tensor goes through the slow JavaScript backend", async () => {
  const { tf } = await loadEngine({ tier: "wasm" });
  const javaScript = tf.findBackend("cpu") as unknown as { write: (...args: unknown[]) => unknown };
  const write = javaScript.write;
  let written = 0;
  javaScript.write = function (...args) {
    written += 1;
    return write.apply(this, args);
  };
  try {
    tf.tidy(() => {
      const image = sample(tf, [2, 6, 6, 3]);
      tf.grads((filter, depthwise) => tf.sum(tf.depthwiseConv2d(tf.conv2d(image as Tensor4D, filter as Tensor4D, 1, "same"), depthwise as Tensor4D, 1, "same")))([sample(tf, [3, 3, 3, 2]), sample(tf, [3, 3, 2, 2])]);
      tf.grad((table) => tf.sum(tf.einsum("ij,jk->ik", tf.gather(table, [1, 0, 1]), tf.ones([4, 2]))))(sample(tf, [3, 4]));
    });
  } finally {
    javaScript.write = write;
  }
  assert.equal(written, 0);
});
