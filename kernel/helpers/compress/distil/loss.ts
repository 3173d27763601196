import * as tf from "@tensorflow/tfjs";
import { fraction, known, positive } from "../../arguments.js";

export interface DistillationOptions {
  /** How much the teacher's answers are softened, default 4: at 1 nearly only its first choice counts. */
  temperature?: number;
  /** Weight of the teacher, 1 - alpha that of the labels; default 0.9. */
  alpha?: number;
}

/**
 * What a student pays for differing from its teacher and from the labels:
 * `alpha T^2 KL(teacher || student, both at temperature T) + (1 - alpha) cross-entropy(labels, student)`, mean over the rows. The factor T^2 keeps the teacher's gradient as large at every temperature. Its gradient is for the student alone.
 *
 * @param student logits [rows, classes]
 * @param teacher logits [rows, classes]
 * @param truth one-hot labels [rows, classes], or class indices [rows] (int32)
 * @returns a scalar
 * @throws `expected teacher of shape [3, 4] like student, got [3, 5]`; `expected temperature > 0, got 0`; `expected alpha from 0 to 1, got 2`
 * @see Hinton, Vinyals & Dean (2015), "Distilling the knowledge in a neural network"
 * @example
 * compress.distillationLoss(tf.tensor2d([[1, 0]]), tf.tensor2d([[2, 0]]), tf.tensor1d([0], "int32"), { temperature: 2, alpha: 0.5 }) // [0.209]
 */
export function distillationLoss(student: tf.Tensor, teacher: tf.Tensor, truth: tf.Tensor, options: DistillationOptions = {}): tf.Scalar {
  const { soft, hard, alpha } = parts(student, teacher, truth, options);
  return tf.tidy(() => tf.add(tf.mul(alpha, soft()), tf.mul(1 - alpha, hard())) as tf.Scalar);
}

/** The two parts before they are weighed. */
export function distillationParts(student: tf.Tensor, teacher: tf.Tensor, truth: tf.Tensor, options: DistillationOptions = {}): { soft: tf.Scalar; hard: tf.Scalar } {
  const { soft, hard } = parts(student, teacher, truth, options);
  return { soft: tf.tidy(soft), hard: tf.tidy(hard) };
}

function parts(student: tf.Tensor, teacher: tf.Tensor, truth: tf.Tensor, options: DistillationOptions): { soft(): tf.Scalar; hard(): tf.Scalar; alpha: number } {
  known(options, ["temperature", "alpha"]);
  const temperature = positive({ temperature: options.temperature ?? 4 });
  const alpha = fraction({ alpha: options.alpha ?? 0.9 });
  const [rows, classes] = student.shape;
  if (student.rank !== 2) throw new RangeError(`expected student of shape [rows, classes], got [${student.shape.join(", ")}]`);
  if (teacher.shape.join() !== student.shape.join()) throw new RangeError(`expected teacher of shape [${student.shape.join(", ")}] like student, got [${teacher.shape.join(", ")}]`);
  if (truth.rank === 1 ? truth.shape[0] !== rows : truth.shape.join() !== student.shape.join()) throw new RangeError(`expected truth of shape [${rows}] or [${student.shape.join(", ")}], got [${truth.shape.join(", ")}]`);
  const oneHot = () => (truth.rank === 1 ? tf.oneHot(tf.cast(truth, "int32") as tf.Tensor1D, classes!) : truth);
  return {
    alpha,
    soft: () => {
      const ours = tf.logSoftmax(tf.div(student, temperature));
      const theirs = tf.logSoftmax(tf.div(teacher, temperature));
      const divergence = tf.sum(tf.mul(tf.exp(theirs), tf.sub(theirs, ours)), -1);
      return tf.mul(tf.mean(divergence), temperature ** 2) as tf.Scalar;
    },
    hard: () => tf.neg(tf.mean(tf.sum(tf.mul(tf.cast(oneHot(), "float32"), tf.logSoftmax(student)), -1))) as tf.Scalar,
  };
}
