import assert from "node:assert/strict";
import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import { test } from "node:test";
import { sample } from "../support.js";
import { compile, difference, noTensorFlow, tensorflow, times } from "./support.js";

const skip = noTensorFlow;

test("matrix products in every transposition, biases and their gradients keep their values in the form that TensorFlow fuses", { skip }, async () => {
  const tf = await tensorflow();
  for (const [ta, tb] of [[false, false], [true, false], [false, true], [true, true]] as const) {
    const [a, b] = [sample(tf, ta ? [3, 5] : [5, 3], 1) as Tensor2D, sample(tf, tb ? [4, 3] : [3, 4], 2) as Tensor2D];
    const f = (x: Tensor, y: Tensor, bias: Tensor): Tensor[] => {
      const g = tf.grads((x: Tensor, y: Tensor, bias: Tensor) => tf.sum(tf.square(tf.relu(tf.add(tf.matMul(x as Tensor2D, y as Tensor2D, ta, tb), bias)))));
      return [tf.matMul(x as Tensor2D, y as Tensor2D, ta, tb), ...g([x, y, bias])];
    };
    const compiled = compile(f);
    const bias = sample(tf, [4], 3);
    for (const result of times(6, () => compiled(a, b, bias))) assert.ok(difference(result, f(a, b, bias)) <= 1e-6);
    assert.equal(compiled.variants[0]!.mode, "graph");
  }
});

test("a product of batches, a bias of another axis and a sum over other axes are left as they are", { skip }, async () => {
  const tf = await tensorflow();
  const f = (x: Tensor): Tensor[] => [tf.matMul(x as never, x as never, false, true), tf.add(x, tf.ones([2, 1, 3])), tf.sum(x, [0, 2]), tf.sum(x, [0, 1], true), tf.sum(x, 2), tf.add(tf.ones([3]), tf.ones([1]))];
  const compiled = compile(f);
  const x = sample(tf, [2, 4, 3]);
  for (const result of times(6, () => compiled(x))) assert.ok(difference(result, f(x)) <= 1e-6);
});

test("the gradient of relu is one operation in the graph, and 0 at 0", { skip }, async () => {
  const tf = await tensorflow();
  const f = (x: Tensor): Tensor => tf.grad((x) => tf.sum(tf.mul(tf.relu(x), 3)))(x);
  const compiled = compile(f);
  const x = tf.tensor4d([-1, 0, 2, 5], [1, 2, 2, 1]) as Tensor4D;
  for (const result of times(6, () => compiled(x))) assert.deepEqual([...result.dataSync()], [0, 0, 3, 3]);
  assert.ok(compile.explain(compiled as never).variants[0]!.rewritten.operations <= 2);
});

test("a product with a mask is worked out only where something is masked, and never lets an infinite number through", { skip }, async () => {
  const tf = await tensorflow();
  const [x, none, some] = [tf.tensor2d([[1, 2], [NaN, Infinity], [5, 6]]), tf.tensor1d([true, true, true], "bool"), tf.tensor1d([true, false, true], "bool")];
  for (const xla of [false, "auto", true] as const) {
    const f = compile((x: Tensor, keep: Tensor): Tensor => tf.engine().runKernel("MulNoNan", { x, y: keep.toFloat().reshape([-1, 1]) }) as Tensor, { xla });
    for (const kept of times(12, () => [...f(x, some).dataSync()])) assert.deepEqual(kept, [1, 2, 0, 0, 5, 6]);
    for (const kept of times(12, () => [...f(x, none).dataSync()])) assert.deepEqual(kept, [1, 2, NaN, Infinity, 5, 6]);
    assert.equal(f.variants[0]!.mode, "graph");
    assert.match(compile.explain(f as never).variants[0]!.operations.map(({ op }) => op).join(), /MulNoNan/);
  }
});
