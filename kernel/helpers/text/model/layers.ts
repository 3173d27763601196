import * as tf from "@tensorflow/tfjs";
import { oneOf } from "../../arguments.js";

export type Activation = "gelu" | "geluTanh" | "relu" | "silu" | "tanh";
export const activationNames = ["gelu", "geluTanh", "relu", "silu", "tanh"] as const;

/**
 * Layer normalisation over the last axis: mean 0 and variance 1 in each row, then scaled and shifted.
 *
 * @param weights `scale` and `shift` [width]
 * @param options `epsilon`: added to the variance; default 1e-5
 * @see Ba et al. (2016), "Layer normalization"
 * @example text.layerNorm(tf.tensor2d([[1, 3]]), { scale: tf.ones([2]), shift: tf.zeros([2]) }) // [-1.000, 1.000]
 */
export function layerNorm(x: tf.Tensor, weights: { scale: tf.Tensor; shift: tf.Tensor }, options: { epsilon?: number } = {}): tf.Tensor {
  const { epsilon = 1e-5 } = options;
  return tf.tidy(() => {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const variance = tf.mean(tf.square(centred), -1, true);
    return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon))), weights.scale), weights.shift);
  });
}

/** gelu is exact (by the error function), as in BERT; geluTanh is GPT-2's approximation. */
export function activate(x: tf.Tensor, name: Activation): tf.Tensor {
  switch (oneOf({ activation: name }, activationNames)) {
    case "relu": return tf.relu(x);
    case "tanh": return tf.tanh(x);
    case "silu": return tf.mul(x, tf.sigmoid(x));
    case "gelu": return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
    case "geluTanh": return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(tf.mul(tf.add(x, tf.mul(tf.mul(tf.mul(x, x), x), 0.044715)), Math.sqrt(2 / Math.PI))), 1));
  }
}

/** Only where it trains. Unseeded, so that a compiled step draws anew each time. */
export const drop = (x: tf.Tensor, rate: number, training: boolean): tf.Tensor => (training && rate > 0 ? tf.dropout(x, rate) : x);
