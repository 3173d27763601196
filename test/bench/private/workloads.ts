import type { Tensor, Variable } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../kernel/engine/contract.js";
import type { LossName, TappedModel } from "../../../kernel/helpers/privacy/training/index.js";
import type * as Privacy from "../../../kernel/helpers/privacy/index.js";

/** A model and a batch for it; opacus_steps.py has the same under the same names. */
export interface Workload {
  make(tf: TensorFlowJs, privacy: typeof Privacy): TappedModel;
  batch(tf: TensorFlowJs): { x: Tensor; y: Tensor };
  loss: LossName;
}

const weight = (tf: TensorFlowJs, shape: number[], seed: number): Variable => tf.variable(tf.randomNormal(shape, 0, 1 / Math.sqrt(shape.slice(0, -1).reduce((a, b) => a * b, 1)), "float32", seed));
const zeros = (tf: TensorFlowJs, size: number): Variable => tf.variable(tf.zeros([size]));
const ones = (tf: TensorFlowJs, size: number): Variable => tf.variable(tf.ones([size]));
const labels = (tf: TensorFlowJs, shape: number[], classes: number): Tensor => {
  const count = shape.reduce((a, b) => a * b, 1);
  return tf.oneHot(tf.tensor1d(Array.from({ length: count }, (_, row) => (row * 7) % classes), "int32"), classes).toFloat().reshape([...shape, classes]);
};

export const workloads: Record<string, Workload> = {
  "MLP 784-256-10, batch 256": {
    make(tf, privacy) {
      const v = { w1: weight(tf, [784, 256], 1), b1: zeros(tf, 256), w2: weight(tf, [256, 10], 2), b2: zeros(tf, 10) };
      return privacy.tapped({ variables: v, forward: (layers, x) => layers.dense(tf.relu(layers.dense(x, v.w1, v.b1)), v.w2, v.b2) });
    },
    batch: (tf) => ({ x: tf.randomNormal([256, 784], 0, 1, "float32", 3), y: labels(tf, [256], 10) }),
    loss: "categoricalCrossentropy",
  },
  "CNN 28x28, batch 64": {
    make(tf, privacy) {
      const v = { k1: weight(tf, [3, 3, 1, 16], 1), c1: zeros(tf, 16), k2: weight(tf, [3, 3, 16, 32], 2), c2: zeros(tf, 32), w: weight(tf, [7 * 7 * 32, 10], 3), b: zeros(tf, 10) };
      return privacy.tapped({
        variables: v,
        forward(layers, x) {
          const block = (h: Tensor, k: Variable, c: Variable): Tensor => tf.maxPool(tf.relu(layers.conv(h, k, c, { padding: "same" })) as never, 2, 2, "same");
          return layers.dense(block(block(x, v.k1, v.c1), v.k2, v.c2).reshape([x.shape[0]!, -1]), v.w, v.b);
        },
      });
    },
    batch: (tf) => ({ x: tf.randomNormal([64, 28, 28, 1], 0, 1, "float32", 3), y: labels(tf, [64], 10) }),
    loss: "categoricalCrossentropy",
  },
  "transformer block, batch 32 x 32": {
    make(tf, privacy) {
      const [time, width, heads, vocabulary] = [32, 64, 4, 65];
      const v = {
        table: weight(tf, [vocabulary, width], 1), places: weight(tf, [time, width], 2),
        query: weight(tf, [width, width], 3), key: weight(tf, [width, width], 4), value: weight(tf, [width, width], 5), output: weight(tf, [width, width], 6),
        w1: weight(tf, [width, 256], 7), b1: zeros(tf, 256), w2: weight(tf, [256, width], 8), b2: zeros(tf, width),
        g1: ones(tf, width), s1: zeros(tf, width), g2: ones(tf, width), s2: zeros(tf, width), head: weight(tf, [width, vocabulary], 9),
      };
      return privacy.tapped({
        variables: v,
        forward(layers, ids) {
          let x = layers.positions(layers.embedding(ids, v.table), v.places);
          x = x.add(layers.attention(layers.layerNorm(x, { gamma: v.g1, beta: v.s1 }), v, { heads, causal: true }));
          x = x.add(layers.dense(tf.relu(layers.dense(layers.layerNorm(x, { gamma: v.g2, beta: v.s2 }), v.w1, v.b1)), v.w2, v.b2));
          return layers.dense(x, v.head);
        },
      });
    },
    batch: (tf) => ({ x: tf.tensor2d(Array.from({ length: 1024 }, (_, at) => (at * 13) % 65), [32, 32], "int32"), y: labels(tf, [32, 32], 65) }),
    loss: "categoricalCrossentropy",
  },
};
