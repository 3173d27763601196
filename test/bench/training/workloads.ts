import type { Optimizer, Scalar, Tensor, Tensor2D, Tensor3D, Tensor4D, Variable } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../kernel/engine/contract.js";

/** One training step of one model, and a batch for it. torch.py has the same under the same names. */
export interface Workload {
  /** `gradients`: by reverse mode; the optimiser is the caller's. */
  make(tf: TensorFlowJs, optimizer: Optimizer): (...batch: Tensor[]) => Tensor;
  batch(tf: TensorFlowJs): Tensor[];
}

const weight = (tf: TensorFlowJs, shape: number[], seed: number): Variable => tf.variable(tf.randomNormal(shape, 0, 1 / Math.sqrt(shape.slice(0, -1).reduce((a, b) => a * b, 1)), "float32", seed));
const zeros = (tf: TensorFlowJs, size: number): Variable => tf.variable(tf.zeros([size]));
const ones = (tf: TensorFlowJs, size: number): Variable => tf.variable(tf.ones([size]));
const labels = (tf: TensorFlowJs, count: number, classes = 10): Tensor => tf.cast(tf.oneHot(tf.tensor1d(Array.from({ length: count }, (_, row) => (row * 7) % classes), "int32"), classes), "float32");

export const workloads: Record<string, Workload> = {
  "MLP 784-256-10, batch 256": {
    make(tf, optimizer) {
      const [w1, b1, w2, b2] = [weight(tf, [784, 256], 1), zeros(tf, 256), weight(tf, [256, 10], 2), zeros(tf, 10)];
      return (x, y) => optimizer.minimize(() => tf.losses.softmaxCrossEntropy(y!, tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(x as Tensor2D, w1 as never), b1)), w2 as never), b2)) as Scalar, true, [w1, b1, w2, b2])!;
    },
    batch: (tf) => [tf.randomNormal([256, 784], 0, 1, "float32", 3), labels(tf, 256)],
  },
  "CNN 28x28, batch 64": {
    make(tf, optimizer) {
      const [k1, b1, k2, b2, w, b] = [weight(tf, [3, 3, 1, 16], 1), zeros(tf, 16), weight(tf, [3, 3, 16, 32], 2), zeros(tf, 32), weight(tf, [7 * 7 * 32, 10], 3), zeros(tf, 10)];
      const block = (x: Tensor, k: Variable, bias: Variable): Tensor => tf.maxPool(tf.relu(tf.add(tf.conv2d(x as Tensor4D, k as never, 1, "same"), bias)) as Tensor4D, 2, 2, "same");
      return (x, y) => optimizer.minimize(() => tf.losses.softmaxCrossEntropy(y!, tf.add(tf.matMul(tf.reshape(block(block(x!, k1, b1), k2, b2), [64, -1]) as Tensor2D, w as never), b)) as Scalar, true, [k1, b1, k2, b2, w, b])!;
    },
    batch: (tf) => [tf.randomNormal([64, 28, 28, 1], 0, 1, "float32", 3), labels(tf, 64)],
  },
  "transformer block, batch 32 x 32": {
    make(tf, optimizer) {
      const [batch, time, width, heads, vocabulary] = [32, 32, 64, 4, 65];
      const table = weight(tf, [vocabulary, width], 1);
      const places = weight(tf, [time, width], 2);
      const [wq, wk, wv, wo] = [3, 4, 5, 6].map((seed) => weight(tf, [width, width], seed)) as [Variable, Variable, Variable, Variable];
      const [w1, b1, w2, b2] = [weight(tf, [width, 256], 7), zeros(tf, 256), weight(tf, [256, width], 8), zeros(tf, width)];
      const [g1, s1, g2, s2] = [ones(tf, width), zeros(tf, width), ones(tf, width), zeros(tf, width)];
      const head = weight(tf, [width, vocabulary], 9);
      const mask = tf.keep(tf.mul(tf.sub(1, tf.linalg.bandPart(tf.ones([time, time]) as Tensor2D, -1, 0)), -1e9));
      const weights = [table, places, wq, wk, wv, wo, w1, b1, w2, b2, g1, s1, g2, s2, head];
      const norm = (x: Tensor, gain: Tensor, shift: Tensor): Tensor => {
        const { mean, variance } = tf.moments(x, -1, true);
        return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5))), gain), shift);
      };
      const split = (x: Tensor, w: Variable): Tensor => tf.transpose(tf.reshape(tf.matMul(x as Tensor2D, w as never), [batch, time, heads, width / heads]), [0, 2, 1, 3]);
      return (ids, y) => optimizer.minimize(() => {
        let x = tf.reshape(tf.add(tf.gather(table as Tensor, ids as never), places), [batch * time, width]);
        const n = norm(x, g1, s1);
        const scores = tf.softmax(tf.add(tf.mul(tf.matMul(split(n, wq) as Tensor3D, split(n, wk) as Tensor3D, false, true), 1 / Math.sqrt(width / heads)), mask));
        const mixed = tf.reshape(tf.transpose(tf.matMul(scores as Tensor3D, split(n, wv) as Tensor3D) as Tensor, [0, 2, 1, 3]), [batch * time, width]);
        x = tf.add(x, tf.matMul(mixed as Tensor2D, wo as never));
        x = tf.add(x, tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(norm(x, g2, s2) as Tensor2D, w1 as never), b1)) as Tensor2D, w2 as never), b2));
        return tf.losses.softmaxCrossEntropy(y!, tf.matMul(x as Tensor2D, head as never)) as Scalar;
      }, true, weights)!;
    },
    batch: (tf) => [tf.tensor2d(Array.from({ length: 1024 }, (_, at) => (at * 13) % 65), [32, 32], "int32"), labels(tf, 1024, 65)],
  },
  "LSTM 16, 12 steps, batch 32": {
    make(tf, optimizer) {
      const [units, features] = [16, 8];
      const [kernel, recurrent, bias, w, b] = [weight(tf, [features, 4 * units], 1), weight(tf, [units, 4 * units], 2), zeros(tf, 4 * units), weight(tf, [units, 1], 3), zeros(tf, 1)];
      return (x, y) => optimizer.minimize(() => {
        let [h, c] = [tf.zeros([32, units]), tf.zeros([32, units])];
        for (const input of tf.unstack(x!, 1)) {
          const z = tf.add(tf.add(tf.matMul(input as Tensor2D, kernel as never), tf.matMul(h as Tensor2D, recurrent as never)), bias);
          const [i, f, g, o] = tf.split(z, 4, 1) as [Tensor, Tensor, Tensor, Tensor];
          c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
          h = tf.mul(tf.sigmoid(o), tf.tanh(c));
        }
        return tf.mean(tf.square(tf.sub(tf.add(tf.matMul(h as Tensor2D, w as never), b), y!))) as Scalar;
      }, true, [kernel, recurrent, bias, w, b])!;
    },
    batch: (tf) => [tf.randomNormal([32, 12, 8], 0, 1, "float32", 4), tf.randomNormal([32, 1], 0, 1, "float32", 5)],
  },
};

export const optimizers: Record<string, (tf: TensorFlowJs) => Optimizer> = {
  SGD: (tf) => tf.train.sgd(0.01),
  Adam: (tf) => tf.train.adam(0.001),
};
