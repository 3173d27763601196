import * as tf from "@tensorflow/tfjs";
import { known, whole } from "../../arguments.js";
import { fit } from "../../nn/fit.js";
import type { FitModel } from "../../nn/training/model.js";
import type { FitOptions } from "../../nn/training/options.js";
import type { FitResult } from "../../nn/training/result.js";
import { isLayersModel } from "../../explain/model/predictor.js";
import { distillationLoss, type DistillationOptions } from "./loss.js";

export interface DistilOptions extends DistillationOptions, Omit<FitOptions, "loss" | "metrics"> {
  /** Gives logits, not probabilities. Its variables are not trained. */
  teacher: FitModel | { predict(x: tf.Tensor): tf.Tensor };
  /** Rows at a time for the teacher's answers, which are computed once; default 256. */
  teacherBatch?: number;
}

/**
 * Trains a small model on the answers of a large one, by `nn.fit`. The teacher is asked once for all rows, before the training.
 *
 * @param student gives logits [rows, classes]: no softmax at its end
 * @param data x and one-hot labels y [rows, classes]
 * @returns as `nn.fit`, with the figure `accuracy`
 * @throws as `distillationLoss` and `nn.fit`; `expected logits from the teacher, got rows that sum to 1: take away its softmax`
 * @see Hinton, Vinyals & Dean (2015)
 * @example
 * const student = tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 2 })] });
 * const teacher = { predict: (x: tf.Tensor) => tf.mul(x, 9) };
 * const pairs = { x: tf.tensor2d([[1, 0], [0, 1]]), y: tf.tensor2d([[1, 0], [0, 1]]) };
 * const { history } = await compress.distil(student, pairs, { teacher, optimizer: tf.train.adam(0.1), epochs: 4, progress: false });
 * history.loss.length // 4
 */
export async function distil(student: FitModel, data: { x: tf.Tensor; y: tf.Tensor }, options: DistilOptions): Promise<FitResult> {
  const { teacher, temperature, alpha, teacherBatch = 256, ...rest } = options;
  known(rest, ["optimizer", "epochs", "batchSize", "validation", "earlyStopping", "seed", "onEpoch", "compile", "progress"]);
  whole({ teacherBatch }, 1);
  const { x, y } = data;
  const rows = x.shape[0]!;
  if (y.rank !== 2 || y.shape[0] !== rows) throw new RangeError(`expected y of shape [${rows}, classes], got [${y.shape.join(", ")}]`);
  const classes = y.shape[1]!;
  // One tensor carries both truths through the batches: labels left, the teacher's logits right.
  const both = tf.tidy(() => {
    const answers: tf.Tensor[] = [];
    for (let from = 0; from < rows; from += teacherBatch) answers.push(tf.tidy(() => ask(teacher, tf.slice(x, from, Math.min(teacherBatch, rows - from)))));
    const logits = tf.concat(answers, 0);
    if (logits.shape.join() !== y.shape.join()) throw new RangeError(`expected teacher to give [${y.shape.join(", ")}] like y, got [${logits.shape.join(", ")}]`);
    const sums = tf.sum(logits, -1);
    if (classes > 1 && tf.all(tf.lessEqual(tf.abs(tf.sub(sums, 1)), 1e-4)).dataSync()[0] && tf.min(logits).dataSync()[0]! >= 0) throw new RangeError("expected logits from the teacher, got rows that sum to 1: take away its softmax");
    return tf.concat([tf.cast(y, "float32"), logits], 1);
  });
  const half = (pair: tf.Tensor, second: boolean) => tf.slice(pair, [0, second ? classes : 0], [pair.shape[0]!, classes]);
  try {
    return await fit(student, { x, y: both }, {
      ...rest,
      loss: (pair, predicted) => distillationLoss(predicted, half(pair, true), half(pair, false), { ...(temperature !== undefined && { temperature }), ...(alpha !== undefined && { alpha }) }),
      metrics: { accuracy: (pair, predicted) => tf.cast(tf.equal(tf.argMax(half(pair, false), -1), tf.argMax(predicted, -1)), "float32") },
    });
  } finally {
    both.dispose();
  }
}

function ask(teacher: DistilOptions["teacher"], x: tf.Tensor): tf.Tensor {
  if (isLayersModel(teacher)) return teacher.apply(x, { training: false }) as tf.Tensor;
  return (teacher as { predict(x: tf.Tensor, training: boolean): tf.Tensor }).predict(x, false);
}
