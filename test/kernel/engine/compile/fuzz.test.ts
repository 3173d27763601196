import assert from "node:assert/strict";
import type { Scalar, Tensor, Tensor2D, Variable } from "@tensorflow/tfjs";
import { test } from "node:test";
import { random, type Random } from "../../../../kernel/helpers/data/random.js";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { sample } from "../support.js";
import { noTensorFlow, race, tensorflow, times, type Trainable } from "./support.js";

const skip = noTensorFlow;

type Op = (tf: TensorFlowJs, x: Tensor, other: Tensor) => Tensor;

/** Operations that keep [rows, width]; smooth enough that a rounding does not flip a branch. */
const operations: Op[] = [
  (tf, x) => tf.tanh(x),
  (tf, x) => tf.sigmoid(x),
  (tf, x) => tf.softplus(x),
  (tf, x) => tf.elu(x),
  (tf, x, other) => tf.add(x, other),
  (tf, x, other) => tf.mul(x, tf.tanh(other)),
  (tf, x, other) => tf.sub(tf.mul(x, 0.5), other),
  (tf, x) => tf.softmax(x),
  (tf, x) => tf.logSoftmax(x as Tensor2D),
  (tf, x) => tf.div(x, tf.add(1, tf.square(x))),
  (tf, x) => tf.sub(x, tf.mean(x, -1, true)),
  (tf, x) => tf.concat([tf.slice(x, [0, 1], [-1, -1]), tf.slice(x, [0, 0], [-1, 1])], 1),
  (tf, x) => tf.transpose(tf.transpose(x)),
  (tf, x) => tf.reverse(x, 1),
  (tf, x) => tf.reshape(tf.reshape(x, [-1]), x.shape),
  (tf, x) => tf.gather(x, tf.tensor1d(times(x.shape[0]!, (row) => (row * 2 + 1) % x.shape[0]!), "int32")),
  (tf, x) => tf.tile(tf.sum(x, 1, true), [1, x.shape[1]!]),
  (tf, x) => tf.where(tf.greater(tf.range(0, x.shape[1]!), 1), x, tf.mul(x, -1)),
  (tf, x) => tf.pad(tf.slice(x, [0, 0], [-1, x.shape[1]! - 1]), [[0, 0], [0, 1]]),
  (tf, x) => tf.sqrt(tf.add(tf.square(x), 0.1)),
  (tf, x) => tf.addN([x, tf.onesLike(x), tf.zerosLike(x)]),
  (tf, x) => tf.stack(tf.unstack(x, 1), 1),
  (tf, x) => tf.cast(tf.cast(x, "float32"), "float32"),
  (tf, x) => tf.exp(tf.mul(-1, tf.square(x))),
];

/** A random step over random weights: a chain of operations with matrix products between, a loss, an optimiser. */
function program(tf: TensorFlowJs, draw: Random): { make: () => Trainable; inputs: Tensor[][] } {
  const [rowsCount, width, depth] = [draw.integer(2, 5), draw.integer(3, 6), draw.integer(2, 6)];
  const chain = times(depth, () => ({ op: operations[draw.integer(0, operations.length - 1)]!, product: draw.uniform() < 0.5 }));
  const kind = draw.integer(0, 3);
  const seed = draw.integer(1, 1000);
  const make = (): Trainable => {
    const weights: Variable[] = [tf.variable(tf.mul(sample(tf, [width, width], seed), 0.5)), tf.variable(tf.mul(sample(tf, [width], seed + 1), 0.5))];
    const [w, b] = weights as [Variable, Variable];
    const optimizer = [tf.train.sgd(0.05), tf.train.momentum(0.02, 0.9), tf.train.rmsprop(0.01), tf.train.adagrad(0.05)][kind]!;
    const loss = (x: Tensor): Scalar => {
      let y = x;
      for (const { op, product } of chain) {
        if (product) y = tf.add(tf.matMul(y as Tensor2D, w as never), b);
        y = op(tf, y, x);
      }
      return tf.mean(tf.square(tf.sub(tf.add(tf.matMul(y as Tensor2D, w as never), b), 0.3))) as Scalar;
    };
    return { weights, step: (x: Tensor) => ({ loss: optimizer.minimize(() => loss(x), true, weights), after: tf.sum(w) }) };
  };
  return { make, inputs: times(7, (at) => [sample(tf, [rowsCount, width], seed + 10 + at)]) };
}

for (const part of [1, 2, 3]) {
  test(`forty random steps, part ${part}: compiled equals eager within 2e-5, and each became a graph`, { skip }, async () => {
    const tf = await tensorflow();
    const wrong: string[] = [];
    for (let seed = part * 1000; seed < part * 1000 + 40; seed++) {
      const { make, inputs } = program(tf, random(seed));
      const { worst, modes, compiled } = race(tf, make, inputs);
      if (!(worst <= 2e-5) || modes.join() !== "graph") wrong.push(`seed ${seed}: off by ${worst}, ${modes.join()} ${compiled.variants[0]?.why ?? ""}`);
      compiled.dispose();
      tf.dispose(inputs as never);
    }
    assert.deepEqual(wrong, []);
  });
}
