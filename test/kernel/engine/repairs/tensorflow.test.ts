import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor, Tensor3D, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { assertClose, noTensorFlow, on, sample } from "../support.js";

const skip = noTensorFlow;

test("round keeps integers as they are, where TensorFlow would answer zeros", { skip }, async () => {
  assert.deepEqual(await on("tensorflow", (tf) => tf.round(tf.tensor1d([3, -7, 0], "int32"))), [[3, -7, 0]]);
  assert.deepEqual(await on("tensorflow", (tf) => tf.round([2.4, -2.6])), [[2, -3]]);
});

test("concat of scalars makes a vector, where TensorFlow would refuse", { skip }, async () => {
  assert.deepEqual(await on("tensorflow", (tf) => tf.concat([tf.scalar(1), tf.scalar(2)] as never)), [[1, 2]]);
});

test("scatterND takes a plain vector of indices, where TensorFlow would refuse", { skip }, async () => {
  assert.deepEqual(await on("tensorflow", (tf) => tf.scatterND(tf.tensor1d([2, 0, 2], "int32"), tf.tensor1d([5, 6, 7]), [4])), [[6, 0, 12, 0]]);
});

test("einsum refuses on TensorFlow what the other tiers refuse", { skip }, async () => {
  await assert.rejects(on("tensorflow", (tf) => tf.einsum("ii->", tf.ones([2, 2]))), /duplicate axes/);
});

test("comparing strings works on TensorFlow", { skip }, async () => {
  assert.deepEqual(await on("tensorflow", (tf) => tf.less(tf.tensor1d(["a", "c"]), tf.tensor1d(["b", "b"]))), [[1, 0]]);
});

test("operations that only JavaScript has work on TensorFlow and leave nothing behind", { skip }, async () => {
  const split = (tf: TensorFlowJs) => Object.values(tf.string.stringSplit(["a b", "c"], " ")).slice(2) as Tensor[];
  assert.deepEqual(await on("tensorflow", split), [[2, 2]]);
  const { loadEngine } = await import("../../../../kernel/engine/index.js");
  const { tf } = await loadEngine({ tier: "tensorflow" });
  const javaScript = tf.findBackend("cpu") as unknown as { numDataIds(): number };
  const before = [tf.memory().numTensors, javaScript.numDataIds()];
  tf.dispose(tf.searchSorted(tf.tensor2d([[1, 3, 5]]), tf.tensor2d([[2, 6]])));
  assert.deepEqual([tf.memory().numTensors - 2, javaScript.numDataIds()], before);
});

const paddings = { "a number": 2, "explicit sides": [[0, 0], [1, 2], [2, 0], [0, 0]] };

for (const [name, pad] of Object.entries(paddings)) {
  test(`pooling with ${name} for padding equals the JavaScript backend, forward and backward`, { skip }, async () => {
    const work = (tf: TensorFlowJs) => {
      const x = sample(tf, [2, 6, 5, 3]) as Tensor4D;
      const max = (input: Tensor) => tf.maxPool(input as Tensor4D, 3, 2, pad as never, "floor");
      const average = (input: Tensor) => tf.avgPool(input as Tensor4D, 3, 2, pad as never, "floor");
      return [max(x), average(x), tf.grad((input) => tf.sum(tf.square(max(input))))(x), tf.grad((input) => tf.sum(tf.square(average(input))))(x)];
    };
    assertClose(await on("tensorflow", work), await on("cpu", work), 1e-5, name);
  });

  test(`convolutions with ${name} for padding equal the JavaScript backend, forward and backward`, { skip }, async () => {
    const work = (tf: TensorFlowJs) => {
      const inputs = [sample(tf, [2, 6, 5, 3]), sample(tf, [3, 2, 3, 4], 2)];
      const plain = (x: Tensor, filter: Tensor) => tf.conv2d(x as Tensor4D, filter as Tensor4D, [2, 1], pad as never, "NHWC", 1, "floor");
      const depthwise = (x: Tensor, filter: Tensor) => tf.depthwiseConv2d(x as Tensor4D, filter as Tensor4D, 2, pad as never, "NHWC", 1, "floor");
      return [plain, depthwise].flatMap((layer) => [layer(inputs[0]!, inputs[1]!), ...tf.grads((x, filter) => tf.sum(tf.square(layer(x!, filter!))))(inputs)]);
    };
    assertClose(await on("tensorflow", work), await on("cpu", work), 1e-5, name);
  });
}

test("three-dimensional pooling takes numeric padding on TensorFlow", { skip }, async () => {
  const work = (tf: TensorFlowJs) => tf.maxPool3d(sample(tf, [1, 3, 4, 3, 2]) as never, 2, 1, 1, "floor");
  assertClose(await on("tensorflow", work), await on("cpu", work), 0, "maxPool3d");
});

test("images go through tf.node as in tfjs-node, and stay equal", { skip }, async () => {
  const { loadEngine } = await import("../../../../kernel/engine/index.js");
  const { tf } = await loadEngine({ tier: "tensorflow" });
  const { node } = tf as unknown as { node: { encodePng(image: Tensor3D): Promise<Uint8Array>; decodeImage(bytes: Uint8Array): Tensor3D } };
  const image = tf.tensor3d(Array.from({ length: 4 * 3 * 3 }, (_, index) => (index * 7) % 256), [4, 3, 3], "int32");
  const decoded = node.decodeImage(await node.encodePng(image));
  assert.deepEqual(decoded.shape, [4, 3, 3]);
  assert.deepEqual(Array.from(decoded.dataSync()), Array.from(image.dataSync()));
  tf.dispose([image, decoded]);
});
