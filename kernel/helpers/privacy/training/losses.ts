import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "@tensorflow/tfjs";
import { oneOf } from "../../arguments.js";

/** The loss of each example [B], from the labels and the outputs. Not a mean over the batch. */
export type PerExampleLoss = (y: Tensor, output: Tensor) => Tensor;

const names = ["categoricalCrossentropy", "sparseCategoricalCrossentropy", "binaryCrossentropy", "meanSquaredError", "meanAbsoluteError"] as const;
export type LossName = (typeof names)[number];

/** Mean over all but the first axis. */
const perRow = (values: Tensor): Tensor => (values.rank === 1 ? values : values.reshape([values.shape[0]!, -1]).mean(1));

const fromLogits: Record<LossName, PerExampleLoss> = {
  categoricalCrossentropy: (y, logits) => perRow(tf.losses.softmaxCrossEntropy(y, logits, undefined, undefined, tf.Reduction.NONE)),
  sparseCategoricalCrossentropy: (y, logits) => fromLogits.categoricalCrossentropy(tf.oneHot(labels(y, logits), logits.shape.at(-1)!).toFloat(), logits),
  binaryCrossentropy: (y, logits) => {
    // max(z, 0) - z y + log(1 + exp(-|z|)), which does not overflow.
    const z = logits.reshape([logits.shape[0]!, -1]);
    return tf.mean(tf.relu(z).sub(z.mul(y.reshape(z.shape).toFloat())).add(tf.log1p(tf.exp(tf.neg(tf.abs(z))))), 1);
  },
  meanSquaredError: (y, output) => perRow(tf.squaredDifference(y.reshape(output.shape).toFloat(), output)),
  meanAbsoluteError: (y, output) => perRow(tf.abs(y.reshape(output.shape).toFloat().sub(output))),
};

const tiny = 1e-7;
const clipped = (p: Tensor) => tf.clipByValue(p, tiny, 1 - tiny);

/** For outputs that are probabilities already. */
const fromProbabilities: Record<LossName, PerExampleLoss> = {
  ...fromLogits,
  categoricalCrossentropy: (y, p) => perRow(tf.neg(tf.sum(y.toFloat().mul(tf.log(clipped(p))), -1))),
  sparseCategoricalCrossentropy: (y, p) => fromProbabilities.categoricalCrossentropy(tf.oneHot(labels(y, p), p.shape.at(-1)!).toFloat(), p),
  binaryCrossentropy: (y, p) => {
    const truth = y.reshape(p.shape).toFloat();
    const inside = clipped(p);
    return perRow(tf.neg(truth.mul(tf.log(inside)).add(tf.sub(1, truth).mul(tf.log(tf.sub(1, inside))))));
  },
};

/** Integer labels in the shape of the outputs without their last axis: [B] or [B, T], [B, 1] is taken too. */
const labels = (y: Tensor, output: Tensor): tf.Tensor1D => y.reshape(output.shape.slice(0, -1)).toInt() as tf.Tensor1D;

export function resolveLoss(loss: LossName | PerExampleLoss, logits: boolean): PerExampleLoss {
  if (typeof loss === "function") return loss;
  oneOf({ loss }, names);
  return (logits ? fromLogits : fromProbabilities)[loss];
}

/** Of these, the last activation is part of the loss: the network stops before it. */
export const logitsOf: Partial<Record<LossName, string>> = { categoricalCrossentropy: "softmax", sparseCategoricalCrossentropy: "softmax", binaryCrossentropy: "sigmoid" };
