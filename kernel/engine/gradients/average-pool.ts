import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";

/** The gradient of average pooling's gradient, which is linear: average pooling again. */
export function addAveragePoolSecondOrder(tf: TensorFlowJs): void {
  for (const [gradient, forward] of [["AvgPoolGrad", "AvgPool"], ["AvgPool3DGrad", "AvgPool3D"]] as const) {
    tf.registerGradient({
      kernelName: gradient,
      inputsToSave: ["input"],
      gradFunc: (dx, saved, attrs) => ({
        dy: () => tf.engine().runKernel(forward, { x: dx as Tensor }, attrs) as Tensor,
        input: () => tf.zerosLike(saved[0]!),
      }),
    });
  }
}
