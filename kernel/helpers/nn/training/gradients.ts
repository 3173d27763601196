import * as tf from "@tensorflow/tfjs";
import type { Scalar, Tensor } from "@tensorflow/tfjs";

export interface Clip {
  /** Largest Euclidean norm of all gradients together; longer ones are shortened to it. */
  norm?: number;
  /** Largest size of each number. */
  value?: number;
}

/** All gradients as one vector, no longer than `norm`: times norm / max(norm, length) (Pascanu et al. 2013). */
export function clipGradients(gradients: readonly Tensor[], { norm, value }: Clip): Tensor[] {
  let clipped = [...gradients];
  if (value !== undefined) clipped = clipped.map((gradient) => tf.clipByValue(gradient, -value, value));
  if (norm !== undefined) {
    const factor = tf.div(norm, tf.maximum(lengthOf(clipped), norm));
    clipped = clipped.map((gradient) => tf.mul(gradient, factor));
  }
  return clipped;
}

export const lengthOf = (gradients: readonly Tensor[]): Scalar => tf.sqrt(sum(gradients.map((gradient) => tf.sum(tf.square(gradient)) as Scalar)));

const sum = (numbers: readonly Scalar[]): Scalar => (numbers.length === 1 ? numbers[0]! : tf.addN(numbers as Scalar[]));

/** 1 where every number is finite, else 0: infinite minus itself is not a number, and no other number is. */
export function allFinite(gradients: readonly Tensor[]): Scalar {
  const rest = sum(gradients.map((gradient) => tf.sum(tf.mul(gradient, 0)) as Scalar));
  return tf.cast(tf.equal(rest, 0), "float32") as Scalar;
}
