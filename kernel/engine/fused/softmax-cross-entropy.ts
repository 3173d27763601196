import type { losses, Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { addTensorFlowKernel, hasKernel, typeAttribute } from "./node-backend.js";

type Losses = { -readonly [name in keyof typeof losses]: (typeof losses)[name] };

/** The loss of each row, and softmax minus labels, in one operation. */
export function addSoftmaxCrossEntropyKernel(tf: TensorFlowJs): void {
  addTensorFlowKernel(tf, "SoftmaxCrossEntropyWithLogits", ({ labels, logits }, backend) =>
    backend.executeMultipleOutputs("SoftmaxCrossEntropyWithLogits", [typeAttribute(backend, "T", "float32")], [logits!, labels!], 2));
}

/**
 * `tf.losses.softmaxCrossEntropy` through TensorFlow's fused operation: 4 operations for 26. Other backends, and arguments that are
 * not tensors, go through tfjs's own. As in tfjs the gradient for the labels is minus that for the logits. Gradients of gradients
 * follow the softmax, which tfjs's own takes for a constant there.
 */
export function fuseSoftmaxCrossEntropy(tf: TensorFlowJs): void {
  const before = tf.losses.softmaxCrossEntropy;
  (tf.losses as Losses).softmaxCrossEntropy = ((onehotLabels, logits, weights, labelSmoothing = 0, reduction) => {
    if (!(onehotLabels instanceof tf.Tensor && logits instanceof tf.Tensor) || logits.rank === 0 || logits.size === 0 || !hasKernel(tf, "SoftmaxCrossEntropyWithLogits"))
      return before(onehotLabels, logits, weights, labelSmoothing, reduction);
    tf.util.assertShapesMatch(onehotLabels.shape, logits.shape, "Error in softmaxCrossEntropy: ");
    return tf.tidy(() => {
      let labels = tf.cast(onehotLabels, "float32");
      if (labelSmoothing > 0) labels = tf.add(tf.mul(labels, 1 - labelSmoothing), labelSmoothing / logits.shape[1]!);
      const classes = logits.shape.at(-1)!;
      const rows = lossOfRows(tf, tf.reshape(labels, [-1, classes]), tf.reshape(tf.cast(logits, "float32"), [-1, classes]));
      return tf.losses.computeWeightedLoss(tf.reshape(rows, logits.shape.slice(0, -1)), weights, reduction);
    });
  }) as typeof before;
}

function lossOfRows(tf: TensorFlowJs, labels: Tensor, logits: Tensor): Tensor {
  const operation = tf.customGrad((...args) => {
    const [labels, logits, save] = args as unknown as [Tensor, Tensor, (tensors: Tensor[]) => void];
    const [value, known] = tf.engine().runKernel("SoftmaxCrossEntropyWithLogits", { labels, logits }) as Tensor[] as [Tensor, Tensor];
    save([labels, logits, known]);
    return {
      value,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [labels, logits, known] = saved as [Tensor, Tensor, Tensor];
        const gradient = tf.mul(tf.reshape(dy, [-1, 1]), softmaxMinusLabels(tf, labels, logits, known));
        return [tf.neg(gradient), gradient];
      },
    };
  });
  return operation(labels, logits);
}

/** The function of labels and logits whose value here is `known`; it can be differentiated as often as one likes. */
function softmaxMinusLabels(tf: TensorFlowJs, labels: Tensor, logits: Tensor, known: Tensor): Tensor {
  const operation = tf.customGrad((...args) => {
    const [labels, logits, save] = args as unknown as [Tensor, Tensor, (tensors: Tensor[]) => void];
    save([labels, logits, known]);
    return {
      value: tf.clone(known),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [labels, logits, known] = saved as [Tensor, Tensor, Tensor];
        const softmax = tf.add(softmaxMinusLabels(tf, labels, logits, known), labels);
        const weighted = tf.mul(dy, softmax);
        return [tf.neg(dy), tf.sub(weighted, tf.mul(softmax, tf.sum(weighted, -1, true)))];
      },
    };
  });
  return operation(labels, logits);
}
