import type { fused, Tensor, Tensor3D, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";

type Fused = typeof fused;
type MatMul = Parameters<Fused["matMul"]>[0];
type Conv2d = Parameters<Fused["conv2d"]>[0];

/**
 * Layers compute dense and convolution layers through tfjs's fused operations. Where a gradient is wanted these have a price: they
 * compute the gradient of every input, also that of the training data, which nobody asked for (the first dense layer of a network
 * then costs half as much again), and a matrix goes through three dimensions and back. In parts, each gradient is computed when it
 * is needed. The numbers are the same: tfjs itself goes this way with any activation but "linear". On TensorFlow, which has no such
 * fused operation, the parts serve predictions too.
 */
export function openFused(tf: TensorFlowJs, before: Fused): Fused {
  const inGradient = () => (tf.engine() as unknown as { state: { gradientDepth: number } }).state.gradientDepth > 0;

  const matMul = ((options: MatMul): Tensor => {
    if (!inGradient() && tf.getBackend() !== "tensorflow") return before.matMul(options);
    const { a, b, transposeA, transposeB, bias, activation = "linear", preluActivationWeights, leakyreluAlpha = 0.2 } = options;
    return tf.tidy(() => finish(tf.matMul(a, b, transposeA, transposeB), bias as Tensor, activation, preluActivationWeights as Tensor, leakyreluAlpha));
  }) as Fused["matMul"];

  const conv2d = ((options: Conv2d): Tensor => {
    // With channels first a bias would be added along the wrong axis.
    if (!inGradient() || options.dataFormat === "NCHW") return before.conv2d(options);
    const { x, filter, strides, pad, dataFormat, dilations, dimRoundingMode, bias, activation = "linear", preluActivationWeights, leakyreluAlpha } = options;
    return tf.tidy(() => finish(tf.conv2d(x as Tensor4D, filter as Tensor4D, strides, pad as "same", dataFormat, dilations, dimRoundingMode), bias as Tensor, activation, preluActivationWeights as Tensor, leakyreluAlpha));
  }) as Fused["conv2d"];

  function finish(linear: Tensor, bias: Tensor | undefined, ...activation: [MatMul["activation"], Tensor, number | undefined]): Tensor3D {
    const biased = bias ? tf.add(linear, bias) : linear;
    // Layers say null for none.
    return tf.backend_util.applyActivation(biased, activation[0] || "linear", activation[1], activation[2]) as Tensor3D;
  }

  return { ...before, matMul, conv2d };
}
