import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { noTensorFlow, on, sample } from "../support.js";
import { assertSame } from "./support.js";

const skip = noTensorFlow;

const losses = ["softmaxCrossEntropy", "sigmoidCrossEntropy"] as const;

/** Rows that sum to one; a chance where there are no rows. */
const labelsOf = (tf: TensorFlowJs, shape: number[]) => (shape.length === 0 ? tf.scalar(0.3) : tf.softmax(sample(tf, shape, 7)));

for (const loss of losses) {
  const call = (tf: TensorFlowJs, labels: Tensor, logits: Tensor, ...rest: [weights?: Tensor, smoothing?: number, reduction?: number]) => tf.losses[loss](labels, logits, ...(rest as [])) as Tensor;

  for (const shape of loss === "softmaxCrossEntropy" ? [[4], [5, 3], [2, 3, 4]] : [[4], [5, 3], [2, 3, 4], []]) {
    test(`${loss} of shape [${shape}] on TensorFlow has the JavaScript backend's value and gradients in every reduction`, { skip }, async () => {
      for (const reduction of [0, 1, 2, 3]) {
        const work = (tf: TensorFlowJs) => {
          const f = (labels: Tensor, logits: Tensor) => call(tf, labels, logits, undefined, 0, reduction);
          const inputs = [labelsOf(tf, shape), tf.mul(sample(tf, shape, 3), 4)] as [Tensor, Tensor];
          return [f(...inputs), ...tf.grads(f as (...args: Tensor[]) => Tensor)(inputs)];
        };
        assertSame(await on("tensorflow", work), await on("cpu", work), 1e-6, `${loss}, reduction ${reduction}`);
      }
    });
  }

  test(`${loss} takes weights, smoothing, whole-number labels and large, infinite and missing logits as the JavaScript backend does`, { skip }, async () => {
    const work = (tf: TensorFlowJs) => {
      const logits = tf.tensor2d([[0, 0, 0], [100, -100, 3], [1e20, 1, 2], [-Infinity, 1, 2], [NaN, 1, 2], [Infinity, 1, 2]]);
      const labels = tf.tensor2d([[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 1, 0]], [6, 3], "int32");
      const f = (x: Tensor) => call(tf, labels, x, undefined, 0, 0);
      const plain = tf.slice(logits, 0, 2);
      const g = (x: Tensor) => call(tf, tf.slice(labels, 0, 2), x, loss === "softmaxCrossEntropy" ? tf.tensor1d([0.5, 2]) : tf.tensor2d([[0.5], [2]]), 0.1);
      return [f(logits), tf.grad(f)(logits), g(plain), tf.grad(g)(plain)];
    };
    assertSame(await on("tensorflow", work), await on("cpu", work), 1e-6, loss);
  });

  test(`${loss} takes plain arrays, and refuses other shapes, as before`, { skip }, async () => {
    const work = (tf: TensorFlowJs) => tf.losses[loss]([[0, 1]], [[2, 3]]) as Tensor;
    assertSame(await on("tensorflow", work), await on("cpu", work), 1e-6, loss);
    await assert.rejects(on("tensorflow", (tf) => tf.losses[loss](tf.ones([2, 3]), tf.ones([3, 3])) as Tensor), /Shapes 2,3 and 3,3 must match/);
  });

  test(`the gradient of ${loss}'s gradient on TensorFlow is its true slope`, { skip }, async () => {
    // A gradient penalty, moved a little along a direction.
    const work = (tf: TensorFlowJs) => {
      const [labels, x, direction] = [labelsOf(tf, [4, 3]), sample(tf, [4, 3], 2), sample(tf, [4, 3], 5)];
      const penalty = (logits: Tensor) => tf.sum(tf.square(tf.grad((input: Tensor) => call(tf, labels, tf.mul(input, 3)))(logits)));
      const h = 0.01;
      const measured = tf.div(tf.sub(penalty(tf.add(x, tf.mul(direction, h))), penalty(tf.sub(x, tf.mul(direction, h)))), 2 * h);
      return [tf.sum(tf.mul(tf.grad(penalty)(x), direction)), measured];
    };
    const [[computed], [measured]] = (await on("tensorflow", work)) as [[number], [number]];
    assert.ok(Math.abs(computed - measured) < 2e-3 * Math.abs(measured), `expected about ${measured}, got ${computed}`);
  });
}

test("training through each cross-entropy of layers gives on TensorFlow the gradients of the JavaScript backend", { skip }, async () => {
  const probabilities = (tf: TensorFlowJs) => tf.tensor2d([[0, 1, 0], [0.2, 0.3, 0.5], [1e-9, 0.5, 0.5], [0.4, 0.4, 0.2]]);
  const work = (tf: TensorFlowJs) => {
    const target = tf.tensor2d([[1, 0, 0], [0, 0, 1], [1, 0, 0], [0.2, 0.3, 0.5]]);
    const categorical = (x: Tensor) => tf.metrics.categoricalCrossentropy(target, x);
    const binary = (x: Tensor) => tf.metrics.binaryCrossentropy(target, x);
    const x = probabilities(tf);
    return [categorical, binary].flatMap((f) => [f(x), tf.grad(f)(x)]);
  };
  assertSame(await on("tensorflow", work), await on("cpu", work), 1e-6, "layers");
});
