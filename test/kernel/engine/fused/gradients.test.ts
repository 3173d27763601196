import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { noTensorFlow, on, sample } from "../support.js";
import { assertSame } from "./support.js";

const skip = noTensorFlow;

/** Corners of one number: zeros, kinks, tiny, large, infinite, not a number. */
const corners = [0, -0, 1, -1, 6, 5.999, 6.001, 0.5, -0.5, 2.5, -2.5, 1e-30, -1e-30, 20, -20, 80, -80, 1e20, -1e20, Infinity, -Infinity, NaN];
/** The one difference that tfjs-node had before and keeps: its gradient of elu at NaN is that of the identity. */
const numbers = corners.filter((x) => !Number.isNaN(x));
const finite = corners.filter((x) => Math.abs(x) < 1e3);

type Activation = (tf: TensorFlowJs, x: Tensor) => Tensor;

const activations: Record<string, Activation> = {
  relu: (tf, x) => tf.relu(x),
  relu6: (tf, x) => tf.relu6(x),
  "leakyRelu, alpha 0.3": (tf, x) => tf.leakyRelu(x, 0.3),
  "leakyRelu, alpha 0": (tf, x) => tf.leakyRelu(x, 0),
  elu: (tf, x) => tf.elu(x),
  selu: (tf, x) => tf.selu(x),
  sigmoid: (tf, x) => tf.sigmoid(x),
  tanh: (tf, x) => tf.tanh(x),
  softplus: (tf, x) => tf.softplus(x),
  abs: (tf, x) => tf.abs(x),
  step: (tf, x) => tf.step(x),
  "step, alpha -1": (tf, x) => tf.step(x, -1),
  "step, alpha 0.25": (tf, x) => tf.step(x, 0.25),
  clipByValue: (tf, x) => tf.clipByValue(x, -1, 6),
  "gelu (composed)": (tf, x) => tf.mul(tf.mul(0.5, x), tf.add(1, tf.erf(tf.div(x, Math.SQRT2)))),
  swish: (tf, x) => tf.mul(x, tf.sigmoid(x)),
};

const gradient = (tf: TensorFlowJs, f: Activation, x: Tensor, dy: Tensor) => tf.grad((input: Tensor) => f(tf, input))(x, dy);

for (const [name, f] of Object.entries(activations)) {
  test(`${name} and its gradient on TensorFlow are the JavaScript backend's, NaN and infinities included`, { skip }, async () => {
    for (const slope of [1, -0.7, Infinity, NaN]) {
      const work = (tf: TensorFlowJs) => {
        const x = tf.tensor1d(name === "elu" ? numbers : name.startsWith("gelu") || name === "swish" ? finite : corners);
        return [f(tf, x), gradient(tf, f, x, tf.fill(x.shape, slope))];
      };
      assertSame(await on("tensorflow", work), await on("cpu", work), 1e-6, `${name}, dy ${slope}`);
    }
  });

  if (name === "elu" || name === "clipByValue" || name.startsWith("step")) continue; // tfjs has no second gradient of these
  test(`the gradient of the gradient of ${name} on TensorFlow is the JavaScript backend's`, { skip }, async () => {
    const work = (tf: TensorFlowJs) => {
      const x = tf.tensor2d(finite.slice(0, 12), [3, 4]);
      return tf.grads((input, dy) => tf.sum(tf.mul(gradient(tf, f, input, dy), sample(tf, [3, 4], 2))))([x, sample(tf, [3, 4], 3)]);
    };
    assertSame(await on("tensorflow", work), await on("cpu", work), 1e-6, name);
  });
}

test("the gradient of the gradient of clipByValue, which tfjs lacks, is flat in x and lets through what lies between the bounds", { skip }, async () => {
  const work = (tf: TensorFlowJs) =>
    tf.grads((x, dy) => tf.sum(tf.mul(gradient(tf, activations["clipByValue"]!, x!, dy!), [1, 2, 3, 4, 5])))([tf.tensor1d([-2, -1, 0, 6, 7]), tf.tensor1d([1, 1, 1, 1, 1])]);
  assert.deepEqual(await on("tensorflow", work), [[0, 0, 0, 0, 0], [0, 2, 3, 4, 0]]);
});

const reductions: Record<string, [shape: number[], f: (tf: TensorFlowJs, x: Tensor) => Tensor]> = {
  "the sum of all": [[3, 4], (tf, x) => tf.sum(x)],
  "the sum of a scalar": [[], (tf, x) => tf.sum(x)],
  "the sum along the first axis": [[3, 4], (tf, x) => tf.sum(x, 0)],
  "the sum along the last axis, kept": [[2, 3, 4], (tf, x) => tf.sum(x, -1, true)],
  "the sum along two axes": [[2, 3, 4], (tf, x) => tf.sum(x, [0, -1])],
  "the sum along an axis of size 1": [[3, 1], (tf, x) => tf.sum(x, 1)],
  "the mean of all": [[3, 4], (tf, x) => tf.mean(x)],
  "the mean along the middle axis": [[2, 3, 4], (tf, x) => tf.mean(x, 1)],
  "the mean along two axes, kept": [[2, 3, 4], (tf, x) => tf.mean(x, [1, 2], true)],
  "moments": [[3, 4], (tf, x) => tf.moments(x, 0).variance],
  "the norm": [[3, 4], (tf, x) => tf.norm(x)],
};

for (const [name, [shape, f]] of Object.entries(reductions)) {
  test(`${name} has on TensorFlow the gradients of the JavaScript backend, first and second`, { skip }, async () => {
    const first = (tf: TensorFlowJs, x: Tensor) => tf.grad((input: Tensor) => tf.sum(tf.square(f(tf, input))))(x);
    const work = (tf: TensorFlowJs) => {
      const x = sample(tf, shape);
      return [f(tf, x), first(tf, x), tf.grad((input: Tensor) => tf.sum(tf.mul(first(tf, input), sample(tf, shape, 2))))(x)];
    };
    assertSame(await on("tensorflow", work), await on("cpu", work), 1e-6, name);
    const broken = (tf: TensorFlowJs) => tf.grad((x: Tensor) => f(tf, x))(tf.fill(shape as [number], NaN));
    assertSame(await on("tensorflow", broken), await on("cpu", broken), 0, `${name} of NaN`);
  });
}

test("casts, reshapes and transposes that change nothing answer with the same numbers, live on their own and count in memory", { skip }, async () => {
  const { loadEngine } = await import("../../../../kernel/engine/index.js");
  const { tf } = await loadEngine({ tier: "tensorflow" });
  const before = tf.memory().numTensors;
  for (const change of [(x: Tensor) => tf.cast(x, "float32"), (x: Tensor) => tf.reshape(x, [2, 3]), (x: Tensor) => tf.reshape(x, [-1, 3]), (x: Tensor) => tf.transpose(x, [0, 1])]) {
    const x = tf.tidy(() => tf.variable(sample(tf, [2, 3])));
    const values = Array.from(x.dataSync());
    const same = change(x);
    // Neither assigning to the variable nor disposing of it touches the other tensor.
    tf.tidy(() => x.assign(tf.zeros([2, 3])));
    x.dispose();
    assertSame([Array.from(same.dataSync())], [values], 0, String(change));
    same.dispose();
  }
  assert.equal(tf.memory().numTensors, before);
});
