import * as tf from "@tensorflow/tfjs";
import { known, positive } from "../../arguments.js";
import { random, type Random } from "../../data/random.js";

export interface Mixed {
  readonly images: tf.Tensor;
  readonly labels: tf.Tensor;
  /** Part of the first picture, from 0 to 1. */
  readonly lambda: number;
}

/**
 * Mixes each picture with another of the batch, and their labels alike: `lambda x + (1 - lambda) x[other]`, lambda from Beta(alpha, alpha), one a batch.
 *
 * @param data images, the first axis are the pictures; labels one-hot [pictures, classes]
 * @param options alpha: default 0.2, mostly near 0 or 1; seed: default 1
 * @throws `expected labels of shape [4, classes], got [4]: one-hot them`; `expected alpha > 0, got 0`
 * @see Zhang et al. (2018), "mixup: beyond empirical risk minimization"
 * @example
 * const { labels } = vision.mixup({ images: tf.zeros([2, 4, 4, 1]), labels: tf.tensor2d([[1, 0], [1, 0]]) });
 * labels // [1, 0, 1, 0]
 */
export function mixup({ images, labels }: { images: tf.Tensor; labels: tf.Tensor }, options: { alpha?: number; seed?: number } = {}): Mixed {
  known(options, ["alpha", "seed"]);
  const alpha = positive({ alpha: options.alpha ?? 0.2 });
  const count = images.shape[0]!;
  if (labels.rank !== 2 || labels.shape[0] !== count) throw new RangeError(`expected labels of shape [${count}, classes], got [${labels.shape.join(", ")}]${labels.rank === 1 ? ": one-hot them" : ""}`);
  const draw = random(options.seed ?? 1);
  const lambda = beta(alpha, draw);
  const [mixedImages, mixedLabels] = tf.tidy(() => {
    const order = tf.tensor1d(draw.shuffle(Array.from({ length: count }, (_, at) => at)), "int32");
    const mix = (tensor: tf.Tensor) => tf.add(tf.mul(tensor, lambda), tf.mul(tf.gather(tensor, order), 1 - lambda));
    return [mix(tf.cast(images, "float32")), mix(tf.cast(labels, "float32"))] as [tf.Tensor, tf.Tensor];
  });
  return Object.freeze({ images: mixedImages, labels: mixedLabels, lambda });
}

/** Beta(alpha, alpha) from two gamma numbers. */
function beta(alpha: number, draw: Random): number {
  const [a, b] = [logGamma(alpha, draw), logGamma(alpha, draw)];
  // In logarithms: with a small alpha both would be 0.
  return 1 / (1 + Math.exp(b - a));
}

/** The logarithm of a Gamma(alpha, 1) number (Marsaglia & Tsang 2000; below 1 by Gamma(alpha + 1) U^(1/alpha)). */
function logGamma(alpha: number, draw: Random): number {
  if (alpha < 1) return logGamma(alpha + 1, draw) + Math.log(1 - draw.uniform()) / alpha;
  const d = alpha - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = draw.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - draw.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d * v);
  }
}
