import type * as tf from "@tensorflow/tfjs";

/** Losses by name, since a function does not travel to a worker: means over the rows, from logits where they are probabilities. */
export const lossNames = ["softmaxCrossEntropy", "sigmoidCrossEntropy", "meanSquaredError"] as const;
export type LossName = (typeof lossNames)[number];

export function lossOf(engine: typeof tf, name: LossName, truth: tf.Tensor, predicted: tf.Tensor): tf.Scalar {
  const { losses } = engine;
  if (name === "meanSquaredError") return losses.meanSquaredError(truth, predicted).mean() as tf.Scalar;
  return (name === "softmaxCrossEntropy" ? losses.softmaxCrossEntropy(truth, predicted) : losses.sigmoidCrossEntropy(truth, predicted)).mean() as tf.Scalar;
}
