import assert from "node:assert/strict";
import { test } from "node:test";
import type { Scalar, Tensor, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { noTensorFlow, sample } from "../support.js";
import { countCalls } from "./support.js";

const skip = noTensorFlow;

/** Operations that the gradient of `f` costs, without those of `f` itself, of the inputs and of the first gradient, which is one. */
async function gradientOperations(f: (tf: TensorFlowJs, x: Tensor) => Tensor): Promise<string[]> {
  const input = (tf: TensorFlowJs) => tf.tidy(() => sample(tf, [30, 40]));
  const both = await countCalls((tf) => tf.tidy(() => tf.grad((x: Tensor) => f(tf, x))(input(tf), input(tf))));
  const forward = await countCalls((tf) => tf.tidy(() => f(tf, input(tf))));
  assert.ok(Math.max(0, ...both.uploads.slice(2)) <= 16 || both.uploads.filter((bytes) => bytes > 16).length <= 2, `uploads of ${both.uploads} bytes`);
  assert.equal(both.reads, 0);
  return both.operations.slice(forward.operations.length);
}

const expected: Record<string, [f: (tf: TensorFlowJs, x: Tensor) => Tensor, operations: string[]]> = {
  relu: [(tf, x) => tf.relu(x), ["Sign", "Relu", "Mul"]],
  "leaky relu": [(tf, x) => tf.leakyRelu(x, 0.2), ["LeakyReluGrad"]],
  elu: [(tf, x) => tf.elu(x), ["EluGrad"]],
  sigmoid: [(tf, x) => tf.sigmoid(x), ["SigmoidGrad"]],
  tanh: [(tf, x) => tf.tanh(x), ["TanhGrad"]],
  softplus: [(tf, x) => tf.softplus(x), ["SoftplusGrad"]],
  clipping: [(tf, x) => tf.clipByValue(x, -0.5, 0.5), ["Equal", "SelectV2"]],
};

for (const [name, [f, operations]] of Object.entries(expected)) {
  test(`the gradient of ${name} is ${operations.join(", ")} and uploads no array`, { skip }, async () => {
    assert.deepEqual(await gradientOperations(f), operations);
  });
}

test("sums and means send no array of ones to TensorFlow", { skip }, async () => {
  const calls = await countCalls((tf) => tf.tidy(() => tf.grad((x: Tensor) => tf.add(tf.sum(x), tf.sum(tf.mean(x, 1))) as Scalar)(tf.fill([100, 100], 1))));
  assert.ok(Math.max(...calls.uploads) <= 16, `uploads of ${calls.uploads} bytes`);
});

test("softmax cross-entropy is one operation forward and two backward, besides the reduction", { skip }, async () => {
  const calls = await countCalls((tf) =>
    tf.tidy(() => tf.grad((logits: Tensor) => tf.losses.softmaxCrossEntropy(tf.fill([8, 4], 0.25), logits) as Tensor)(tf.fill([8, 4], 1))));
  const besides = ["Fill", "Sum", "RealDiv", "BroadcastTo", "Reshape"];
  assert.deepEqual(calls.operations.filter((name) => !besides.includes(name)), ["SoftmaxCrossEntropyWithLogits", "Mul", "Neg"]);
});

test("casts to the same type and reshapes to the same shape are no operation", { skip }, async () => {
  const calls = await countCalls((tf) => tf.tidy(() => tf.transpose(tf.reshape(tf.cast(tf.fill([2, 3], 1), "float32"), [2, 3]), [0, 1])));
  assert.deepEqual(calls.operations, ["Fill"]);
});

test("a training step of a convolutional network uploads no array larger than a shape", { skip }, async () => {
  const calls = await countCalls((tf) => {
    const x = tf.fill([8, 12, 12, 1], 0.5) as Tensor4D;
    const labels = tf.fill([8, 3], 1 / 3);
    const starts = [tf.fill([3, 3, 1, 4], 0.1), tf.fill([144, 3], 0.1)];
    const weights = starts.map((start) => tf.variable(start));
    const optimizer = tf.train.sgd(0.1);
    const loss = () => {
      const hidden = tf.maxPool(tf.relu(tf.conv2d(x, weights[0] as unknown as Tensor4D, 1, "same")), 2, 2, "valid");
      return tf.losses.softmaxCrossEntropy(labels, tf.matMul(tf.reshape(hidden, [8, 144]), weights[1] as never)) as Scalar;
    };
    optimizer.minimize(loss, false, weights);
    optimizer.dispose();
    return [x, labels, ...starts, ...weights];
  });
  assert.ok(Math.max(...calls.uploads) <= 16, `uploads of ${calls.uploads} bytes`);
  assert.equal(calls.reads, 0);
});

test("Adam uploads its numbers once a step, however many variables there are", { skip }, async () => {
  const { loadEngine } = await import("../../../../kernel/engine/index.js");
  const { tf } = await loadEngine({ tier: "tensorflow" });
  const step = async (count: number) => {
    const weights = tf.tidy(() => Array.from({ length: count }, () => tf.variable(tf.fill([3], 1))));
    const gradients = tf.tidy(() => weights.map(({ name }) => ({ name, tensor: tf.fill([3], 0.5) })));
    const optimizer = tf.train.adam(0.1);
    optimizer.applyGradients(gradients);
    const calls = await countCalls(() => (optimizer.applyGradients(gradients), null));
    optimizer.dispose();
    tf.dispose([weights, gradients] as never);
    return calls;
  };
  const [one, five] = [await step(1), await step(5)];
  assert.equal(one.uploads.length, five.uploads.length);
  assert.equal(five.operations.length - one.operations.length, 4 * 12);
});
