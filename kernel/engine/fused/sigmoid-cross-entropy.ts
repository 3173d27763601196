import type { losses, Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { hasKernel } from "./node-backend.js";

type Losses = { -readonly [name in keyof typeof losses]: (typeof losses)[name] };

/**
 * `tf.losses.sigmoidCrossEntropy` with the gradient in closed form, sigmoid(x) - labels, instead of through relu, abs, exp and log1p.
 * The loss itself stays composed: TensorFlow's Softplus would be one operation, but answers 0 where a confident right answer costs
 * 1e-6. Other backends, and arguments that are not tensors, go through tfjs's own.
 */
export function fuseSigmoidCrossEntropy(tf: TensorFlowJs): void {
  const before = tf.losses.sigmoidCrossEntropy;
  (tf.losses as Losses).sigmoidCrossEntropy = ((multiClassLabels, logits, weights, labelSmoothing = 0, reduction) => {
    if (!(multiClassLabels instanceof tf.Tensor && logits instanceof tf.Tensor) || !hasKernel(tf, "SigmoidGrad"))
      return before(multiClassLabels, logits, weights, labelSmoothing, reduction);
    tf.util.assertShapesMatch(multiClassLabels.shape, logits.shape, "Error in sigmoidCrossEntropy: ");
    return tf.tidy(() => {
      let labels = tf.cast(multiClassLabels, "float32");
      if (labelSmoothing > 0) labels = tf.add(tf.mul(labels, 1 - labelSmoothing), 0.5 * labelSmoothing);
      return tf.losses.computeWeightedLoss(lossOfPlaces(tf, labels, tf.cast(logits, "float32")), weights, reduction);
    });
  }) as typeof before;
}

function lossOfPlaces(tf: TensorFlowJs, labels: Tensor, logits: Tensor): Tensor {
  const operation = tf.customGrad((...args) => {
    const [labels, logits, save] = args as unknown as [Tensor, Tensor, (tensors: Tensor[]) => void];
    save([labels, logits]);
    const value = tf.add(tf.sub(tf.relu(logits), tf.mul(logits, labels)), tf.log1p(tf.exp(tf.neg(tf.abs(logits)))));
    return {
      value,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [labels, logits] = saved as [Tensor, Tensor];
        return [tf.neg(tf.mul(dy, logits)), tf.mul(dy, tf.sub(tf.sigmoid(logits), labels))];
      },
    };
  });
  return operation(labels, logits);
}
