import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";

/** `tf.concat` of scalars makes a vector, as it did before TensorFlow refused scalars. */
export function repairConcat(tf: TensorFlowJs): void {
  replaceKernel(tf, "tensorflow", "Concat", (inputs, attrs, original) => {
    const tensors = Object.values(inputs) as Tensor[];
    if (tensors.every((tensor) => tensor.rank > 0)) return original(inputs, attrs);
    return original(tensors.map((tensor) => (tensor.rank === 0 ? tf.reshape(tensor, [1]) : tensor)) as never, attrs);
  });
}
