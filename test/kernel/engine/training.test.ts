import type { Optimizer, Scalar, Tensor, Tensor2D, Tensor3D, Variable } from "@tensorflow/tfjs";
import { test } from "node:test";
import type { TensorFlowJs } from "../../../kernel/engine/contract.js";
import { assertClose, on, optimizers, sample, tiersHere } from "./support.js";

/** Weights of a small classifier after ten steps. */
function train(tf: TensorFlowJs, make: (tf: TensorFlowJs) => Optimizer): Tensor[] {
  const x = sample(tf, [12, 4]) as Tensor2D;
  const labels = tf.oneHot(tf.tensor1d(Array.from({ length: 12 }, (_, index) => index % 3), "int32"), 3);
  const weights = [sample(tf, [4, 5], 2), tf.zeros([5]), sample(tf, [5, 3], 3), tf.zeros([3])].map((start) => tf.variable(start));
  const [w1, b1, w2, b2] = weights as [Variable, Variable, Variable, Variable];
  const logits = () => tf.add(tf.matMul(tf.tanh(tf.add(tf.matMul(x, w1 as never), b1)), w2 as never), b2);
  const optimizer = make(tf);
  for (let step = 0; step < 10; step++) optimizer.minimize(() => tf.losses.softmaxCrossEntropy(labels, logits()) as Scalar, false, weights);
  const result = weights.map((weight) => tf.clone(weight as Tensor));
  optimizer.dispose();
  tf.dispose(weights);
  return result;
}

/** Causal self-attention with two heads, written with operations: output and all gradients. */
function attention(tf: TensorFlowJs): Tensor[] {
  const [batch, time, width, heads] = [2, 5, 8, 2];
  const split = (x: Tensor) => tf.transpose(tf.reshape(x, [batch, time, heads, width / heads]), [0, 2, 1, 3]);
  const mask = tf.linalg.bandPart(tf.ones([time, time]) as Tensor2D, -1, 0);
  const run = (x: Tensor, wq: Tensor, wk: Tensor, wv: Tensor, table: Tensor): Tensor => {
    const rows = tf.reshape(tf.add(x, tf.gather(table, tf.range(0, time, 1, "int32"))), [batch * time, width]);
    const [q, k, v] = [wq, wk, wv].map((w) => split(tf.matMul(rows as Tensor2D, w as Tensor2D))) as [Tensor3D, Tensor3D, Tensor3D];
    const scores = tf.div(tf.matMul(q, k, false, true), Math.sqrt(width / heads));
    const weights = tf.softmax(tf.add(scores, tf.mul(tf.sub(1, mask), -1e9)));
    return tf.sum(tf.square(tf.einsum("bhts,bhsd->bhtd", weights, v)));
  };
  const inputs = [sample(tf, [batch, time, width]), sample(tf, [width, width], 2), sample(tf, [width, width], 3), sample(tf, [width, width], 4), sample(tf, [time, width], 5)];
  return [run(...(inputs as [Tensor, Tensor, Tensor, Tensor, Tensor])), ...tf.grads(run as (...args: Tensor[]) => Tensor)(inputs)];
}

for (const tier of tiersHere.filter((name) => name !== "cpu")) {
  for (const [name, make] of Object.entries(optimizers)) {
    test(`ten steps of ${name} on the ${tier} tier give the weights of the JavaScript backend`, async () => {
      assertClose(await on(tier, (tf) => train(tf, make)), await on("cpu", (tf) => train(tf, make)), 1e-4, name);
    });
  }
  test(`attention written with operations trains on the ${tier} tier with the gradients of the JavaScript backend`, async () => {
    assertClose(await on(tier, attention), await on("cpu", attention), 1e-4, "attention");
  });
}
