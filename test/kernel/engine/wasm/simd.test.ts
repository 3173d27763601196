import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { loadEngine } from "../../../../kernel/engine/index.js";
import { simdOf, type WasmBackend } from "../../../../kernel/engine/wasm/simd/module.js";
import { assertClose, on, sample } from "../support.js";

async function equalsJavaScript(work: (tf: TensorFlowJs) => Tensor | Tensor[], what: string): Promise<void> {
  assertClose(await on("wasm", work), await on("cpu", work), 1e-5, what);
}

const run = (tf: TensorFlowJs, kernel: string, inputs: Record<string, Tensor>, attrs = {}) => tf.engine().runKernel(kernel, inputs, attrs) as Tensor | Tensor[];

test("the kernels run on a host with SIMD, and tfjs's own where its memory cannot be shared", async () => {
  const { tf } = await loadEngine({ tier: "wasm" });
  assert.ok(simdOf(tf.backend() as unknown as WasmBackend), "a host with SIMD uses them");
  assert.equal(simdOf({ wasm: {} } as unknown as WasmBackend), undefined, "a backend that hides its memory keeps tfjs's kernels");
});

test("matrix products equal the JavaScript backend's for sizes around every tile, transposed or not", async () => {
  await equalsJavaScript((tf) => [1, 3, 4, 5, 9].flatMap((m) => [1, 7, 8, 17].flatMap((n) => [1, 6, 257].flatMap((k) => [[false, false], [true, false], [false, true], [true, true]].map(([ta, tb]) =>
    tf.matMul(sample(tf, ta ? [k, m] : [m, k], m), sample(tf, tb ? [n, k] : [k, n], n), ta, tb))))), "matMul");
});

test("batches of matrix products share an operand that has no batch", async () => {
  await equalsJavaScript((tf) => [[[2, 3, 5, 4], [2, 3, 4, 6]], [[3, 5, 4], [1, 4, 6]], [[1, 5, 4], [3, 4, 6]], [[2, 1, 5, 4], [3, 4, 6]]].map(([a, b]) => tf.matMul(sample(tf, a!), sample(tf, b!, 2))), "batches");
});

test("fused products add a bias and apply relu after the whole sum", async () => {
  await equalsJavaScript((tf) => [10, 300].flatMap((k) => (["linear", "relu", "sigmoid"] as const).map((activation) =>
    tf.fused.matMul({ a: sample(tf, [6, k]) as Tensor2D, b: sample(tf, [k, 11], 2) as Tensor2D, bias: sample(tf, [11], 3), activation }))), "fused");
});

for (const [a, b] of [[[3, 7], [3, 7]], [[3, 7], []], [[], [3, 7]], [[3, 7], [7]], [[7], [3, 7]], [[2, 3, 7], [2, 3, 1]], [[2, 3, 1], [2, 3, 7]], [[2, 3, 7], [2, 1, 7]], [[3, 1], [1, 7]], [[1, 3, 7], [3, 7]], [[3, 7], [1, 3, 7]], [[1, 1], [5]], [[5], [1, 1]], [[0, 3], [3]]] as [number[], number[]][]) {
  test(`shapes [${a}] and [${b}] broadcast as in the JavaScript backend`, async () => {
    await equalsJavaScript((tf) => (["add", "sub", "mul", "div"] as const).map((name) => tf[name](sample(tf, a), tf.add(sample(tf, b, 2), 2))), "binary");
    const { tf } = await loadEngine({ tier: "wasm" });
    const sum = tf.tidy(() => tf.add(tf.zeros(a), tf.zeros(b)));
    assert.deepEqual(sum.shape, tf.broadcast_util.assertAndGetBroadcastShape(a, b));
    sum.dispose();
  });
}

test("sums and means over first, last, middle and all axes equal the JavaScript backend's, with and without keepDims", async () => {
  await equalsJavaScript((tf) => [[5], [3, 7], [2, 3, 9]].flatMap((shape) => [undefined, 0, -1, [0, 1].slice(0, shape.length), [shape.length - 1, 0]].flatMap((axis) => [true, false].flatMap((keep) => {
    const x = sample(tf, shape);
    const axes = Array.isArray(axis) ? [...new Set(axis)] : axis;
    return [tf.sum(x, axes, keep), tf.mean(x, axes, keep)];
  }))), "sums");
});

test("softmax equals the JavaScript backend's; a masked place gets exactly 0 and NaN stays", async () => {
  await equalsJavaScript((tf) => [1, 3, 4, 10].flatMap((classes) => [tf.softmax(tf.mul(sample(tf, [3, classes]), 30)), tf.softmax(sample(tf, [2, 2, classes]))]), "softmax");
  const [masked, broken] = await on("wasm", (tf) => [tf.softmax(tf.tensor1d([1, -1e9, Number.NEGATIVE_INFINITY, 1, -100])), tf.softmax(tf.tensor1d([1, Number.NaN]))]);
  assert.deepEqual(masked, [0.5, 0, 0, 0.5, 0]);
  assert.deepEqual(broken, [Number.NaN, Number.NaN]);
});

test("softmax cross-entropy in one kernel gives the loss and gradient of tf.losses.softmaxCrossEntropy", async () => {
  const labels = (tf: TensorFlowJs) => tf.softmax(sample(tf, [5, 7], 3)) as Tensor2D;
  const logits = (tf: TensorFlowJs) => tf.mul(sample(tf, [5, 7]), 20) as Tensor2D;
  const fused = await on("wasm", (tf) => run(tf, "SoftmaxCrossEntropyWithLogits", { logits: logits(tf), labels: labels(tf) }));
  const plain = await on("cpu", (tf) => {
    const loss = (x: Tensor) => tf.losses.softmaxCrossEntropy(labels(tf), x as Tensor2D, undefined, 0, tf.Reduction.NONE) as Tensor;
    return [loss(logits(tf)), tf.grad((x) => tf.sum(loss(x)))(logits(tf))];
  });
  assertClose(fused, plain, 1e-5, "cross-entropy");
});

test("the relu gradient passes what came through a positive value", async () => {
  const answer = await on("wasm", (tf) => run(tf, "ReluGrad", { dy: tf.tensor1d([1, 2, 3, 4, 5, 6]), x: tf.tensor1d([1, -1, 0, 2, -0, 9]) }));
  assert.deepEqual(answer, [[1, 0, 0, 4, 0, 6]]);
});

for (const [size, strides, pad] of [[2, 2, "same"], [2, 2, "valid"], [3, 1, "same"], [3, 2, 1], [1, 2, "valid"]] as const) {
  test(`the gradient of max pooling, window ${size}, strides ${strides}, padding ${pad}, equals the JavaScript backend's, ties too`, async () => {
    await equalsJavaScript((tf) => [1, 4, 6].map((channels) => {
      const x = tf.round(tf.mul(sample(tf, [2, 7, 5, channels]), 2)) as Tensor4D;
      return tf.grad((input: Tensor) => tf.sum(tf.square(tf.add(1, tf.maxPool(input as Tensor4D, size, strides, pad, pad === 1 ? "floor" : undefined)))))(x);
    }), "max pool");
  });
}

test("the filter gradient of images taken in groups equals the JavaScript backend's", async () => {
  await equalsJavaScript((tf) => tf.grad((filter: Tensor) => tf.mean(tf.square(tf.conv2d(sample(tf, [3, 40, 40, 8]) as Tensor4D, filter as Tensor4D, 1, "same"))))(sample(tf, [3, 3, 8, 2], 2)), "groups");
});

test("gather copies rows and refuses indices outside the table", async () => {
  await equalsJavaScript((tf) => [tf.gather(sample(tf, [5, 3]), tf.tensor2d([[4, 0], [2, 2]], [2, 2], "int32")), tf.gather(tf.tensor1d([1, 2, 3], "int32"), tf.tensor1d([2, 0], "int32")), tf.gather(sample(tf, [2, 5]), tf.tensor1d([4, 1], "int32"), 1)], "gather");
  const { tf } = await loadEngine({ tier: "wasm" });
  assert.throws(() => tf.tidy(() => tf.gather(tf.ones([5, 3]), tf.tensor1d([0, 5], "int32"))), /index value 5 is not in \[0, 4\]/);
});

test("no kernel leaves tensors or WebAssembly memory behind", async () => {
  const { tf } = await loadEngine({ tier: "wasm" });
  const heap = () => (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.length;
  const step = () => tf.tidy(() => {
    const x = tf.ones([16, 28, 28, 4]) as Tensor4D;
    tf.grad((filter: Tensor) => tf.sum(tf.softmax(tf.reshape(tf.maxPool(tf.relu(tf.conv2d(x, filter as Tensor4D, 1, "same")) as Tensor4D, 2, 2, "same"), [16, -1]))))(tf.ones([3, 3, 4, 8]));
    run(tf, "SoftmaxCrossEntropyWithLogits", { logits: tf.ones([64, 100]), labels: tf.ones([64, 100]) });
  });
  for (let index = 0; index < 3; index++) step();
  const [tensors, bytes] = [tf.memory().numTensors, heap()];
  for (let index = 0; index < 30; index++) step();
  assert.equal(tf.memory().numTensors, tensors);
  assert.equal(heap(), bytes);
});
