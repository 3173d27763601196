import type { TensorFlowJs } from "../contract.js";

/**
 * tfjs's centred RMSProp takes epsilon off the variance instead of adding it, so that the root of a small variance is NaN. With the sign of
 * epsilon turned while the gradients are applied, its own formula is the right one (Graves 2013, equation 40).
 */
export function repairCentredRmsprop(tf: TensorFlowJs): void {
  const prototype = tf.RMSPropOptimizer.prototype as unknown as { centered: boolean; epsilon: number; applyGradients(gradients: unknown): void };
  const { applyGradients } = prototype;
  prototype.applyGradients = function (gradients) {
    if (!this.centered) return applyGradients.call(this, gradients);
    const epsilon = Math.abs(this.epsilon);
    this.epsilon = -epsilon;
    try {
      applyGradients.call(this, gradients);
    } finally {
      this.epsilon = epsilon;
    }
  };
}
