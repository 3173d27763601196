import type { fused, Tensor, Tensor3D, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { openFused } from "../fused/layers.js";
import { isDilated } from "./conv-attrs.js";

type Fused = typeof fused;
type Conv2d = Fused["conv2d"];

/**
 * tfjs's layers call the fused convolution, whose own gradient refuses dilation. With dilation it is computed in parts, whose
 * gradients are known. So it is, dilated or not, wherever a gradient is wanted (`openFused`). `core` is tfjs-core's CommonJS exports; an ES module's cannot be changed, so the page lacks this one.
 */
export function repairFusedDilation(tf: TensorFlowJs, core: { fused: Fused }): void {
  const before = openFused(tf, core.fused);
  const conv2d = ((options: Parameters<Conv2d>[0]) => {
    if (!isDilated(options.dilations)) return before.conv2d(options);
    const { x, filter, strides, pad, dataFormat, dilations, dimRoundingMode, bias, activation = "linear", preluActivationWeights, leakyreluAlpha } = options;
    return tf.tidy(() => {
      const linear = tf.conv2d(x as Tensor4D, filter as Tensor4D, strides, pad as "same", dataFormat, dilations, dimRoundingMode) as Tensor;
      const biased = bias ? tf.add(linear, bias) : linear;
      return tf.backend_util.applyActivation(biased, activation || "linear", preluActivationWeights as Tensor, leakyreluAlpha) as Tensor3D;
    });
  }) as Conv2d;
  core.fused = { ...before, conv2d };
}
