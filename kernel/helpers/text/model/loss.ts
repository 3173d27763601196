import * as tf from "@tensorflow/tfjs";
import { shown } from "../../arguments.js";

/** A label that does not count: padding, special tokens, the pieces of a word after its first. */
const ignored = -100;

/**
 * Mean cross-entropy in nats of integer labels under logits, over all places whose label is not -100: the loss of language models, token
 * and text classifiers in `nn.fit`. exp of it is the perplexity.
 *
 * @param truth [...] class or next token at each place
 * @param logits [..., classes]
 * @throws `expected truth of shape [1] like the logits, got [2]`
 * @example text.crossEntropy(tf.tensor1d([1, -100], "int32"), tf.zeros([2, 4])) // [1.386]
 */
export function crossEntropy(truth: tf.Tensor, logits: tf.Tensor): tf.Scalar {
  const shape = logits.shape.slice(0, -1);
  if (truth.shape.join() !== shape.join()) throw new RangeError(`expected truth of shape [${shape.join(", ")}] like the logits, got [${truth.shape.join(", ")}]: ${shown(truth.dtype)} labels, not one-hot rows`);
  return tf.tidy(() => {
    const classes = logits.shape.at(-1)!;
    const labels = tf.reshape(tf.cast(truth, "int32"), [-1]) as tf.Tensor1D;
    const counts = tf.cast(tf.notEqual(labels, ignored), "float32");
    const losses = tf.losses.softmaxCrossEntropy(tf.oneHot(labels, classes), tf.reshape(logits, [-1, classes]) as tf.Tensor2D, undefined, undefined, tf.Reduction.NONE);
    return tf.div(tf.sum(tf.mul(losses, counts)), tf.maximum(tf.sum(counts), 1)) as tf.Scalar;
  });
}

/**
 * Share of places, of those whose label is not -100, where the largest logit is the label's. For `metrics` of `nn.fit`.
 *
 * @example text.accuracy(tf.tensor1d([1, 0, -100], "int32"), tf.tensor2d([[0, 1], [0, 1], [0, 1]])) // [0.5]
 */
export function accuracy(truth: tf.Tensor, logits: tf.Tensor): tf.Scalar {
  return tf.tidy(() => {
    const labels = tf.cast(truth, "int32");
    const counts = tf.cast(tf.notEqual(labels, ignored), "float32");
    const right = tf.cast(tf.equal(tf.argMax(logits, -1), labels), "float32");
    return tf.div(tf.sum(tf.mul(right, counts)), tf.maximum(tf.sum(counts), 1)) as tf.Scalar;
  });
}
