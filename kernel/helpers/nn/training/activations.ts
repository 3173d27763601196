import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "@tensorflow/tfjs";
import { known, positive } from "../../arguments.js";

/**
 * x times the share of a standard normal below x, by the error function: the exact GELU (Hendrycks & Gimpel 2016).
 *
 * @example nn.gelu(tf.tensor1d([1])).dataSync()[0] // 0.8413
 */
export const gelu = (x: Tensor): Tensor => tf.tidy(() => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2)))));

/**
 * GELU by the hyperbolic tangent, as GPT-2 has it: 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))). Up to 5e-4 from the exact one.
 *
 * @example nn.geluTanh(tf.tensor1d([1])).dataSync()[0] // 0.8412
 */
export const geluTanh = (x: Tensor): Tensor =>
  tf.tidy(() => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.tanh(tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.mul(tf.square(x), x))))))));

/**
 * x times the logistic function of x; also called swish.
 *
 * @example nn.silu(tf.tensor1d([1])).dataSync()[0] // 0.7311
 */
export const silu = (x: Tensor): Tensor => tf.tidy(() => tf.mul(x, tf.sigmoid(x)));

/**
 * log(1 + e^x), a smooth relu.
 *
 * @example nn.softplus(tf.tensor1d([0])).dataSync()[0] // 0.6931
 */
export const softplus = (x: Tensor): Tensor => tf.softplus(x);

/**
 * x above 0, e^x - 1 below (Clevert et al. 2016, alpha 1).
 *
 * @example nn.elu(tf.tensor1d([-1])).dataSync()[0] // -0.6321
 */
export const elu = (x: Tensor): Tensor => tf.elu(x);

/**
 * x tanh(softplus(x)) (Misra 2020).
 *
 * @example nn.mish(tf.tensor1d([1])).dataSync()[0] // 0.8651
 */
export const mish = (x: Tensor): Tensor => tf.tidy(() => tf.mul(x, tf.tanh(tf.softplus(x))));

/**
 * Each row of the last axis brought to mean 0 and variance 1 (divided by n), then scaled and shifted (Ba et al. 2016). As PyTorch's LayerNorm: epsilon is added to the variance.
 *
 * @param x [..., features]
 * @param options gamma and beta [features], default 1 and 0; epsilon, default 1e-5
 * @throws `expected gamma of shape [5], got [4]`
 * @example Array.from(nn.layerNorm(tf.tensor2d([[1, 3]]), { epsilon: 1e-12 }).dataSync()) // [-1.0, 1.0]
 */
export function layerNorm(x: Tensor, options: { gamma?: Tensor; beta?: Tensor; epsilon?: number } = {}): Tensor {
  known(options, ["gamma", "beta", "epsilon"]);
  const epsilon = positive({ epsilon: options.epsilon ?? 1e-5 });
  for (const name of ["gamma", "beta"] as const) {
    const given = options[name];
    if (given && (given.rank !== 1 || given.shape[0] !== x.shape.at(-1))) throw new RangeError(`expected ${name} of shape [${x.shape.at(-1)}], got [${given.shape}]`);
  }
  return tf.tidy(() => {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const unit = tf.mul(centred, tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon)));
    const scaled = options.gamma ? tf.mul(unit, options.gamma) : unit;
    return options.beta ? tf.add(scaled, options.beta) : scaled;
  });
}
