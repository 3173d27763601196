import * as tf from "@tensorflow/tfjs";

type Gradients = tf.NamedTensorMap | { name: string; tensor: tf.Tensor }[];

/**
 * An optimiser that multiplies weights by their masks after each of its steps. A mask on the gradients alone would not do: momentum from before the pruning would move a 0 again.
 * It stands before `inner`, whose state it uses: both name the same training.
 */
export function holdZeros(inner: tf.Optimizer, masked: readonly (readonly [variable: tf.Variable, mask: tf.Variable])[]): tf.Optimizer {
  return Object.create(inner, {
    applyGradients: {
      value(gradients: Gradients) {
        inner.applyGradients(gradients);
        tf.tidy(() => masked.forEach(([variable, mask]) => variable.assign(tf.mul(variable, mask))));
      },
    },
    // Through the prototype this would set a shadow, and a schedule of the learning rate would be lost.
    learningRate: {
      get: () => (inner as unknown as { learningRate: number }).learningRate,
      set(rate: number) {
        (inner as unknown as { learningRate: number }).learningRate = rate;
      },
    },
  }) as tf.Optimizer;
}
