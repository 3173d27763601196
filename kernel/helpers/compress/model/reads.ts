import type * as tf from "@tensorflow/tfjs";

/** Runs `work` while these weights of a LayersModel read as something else: a mask on them, a rounding, values from a list. Gradients go through. */
export function withReads<T>(reads: readonly (readonly [weight: tf.LayerVariable, read: () => tf.Tensor])[], work: () => T): T {
  for (const [weight, read] of reads) (weight as { read: () => tf.Tensor }).read = read;
  try {
    return work();
  } finally {
    // The method of the class shows again.
    for (const [weight] of reads) delete (weight as { read?: unknown }).read;
  }
}
