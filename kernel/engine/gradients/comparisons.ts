import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";

/**
 * A comparison is flat: its gradient is zero wherever it exists. tfjs has it for `greaterEqual` only, so that the second gradient of
 * everything that chooses by a comparison (leaky relu, relu6, selu, `where`) ends in an error. Logical operations stay without, as
 * tfjs-core's own suite wants it.
 */
export function addComparisonGradients(tf: TensorFlowJs): void {
  const flat = (x: Tensor | undefined) => () => tf.zerosLike(tf.cast(x!, "float32"));
  for (const kernelName of ["Equal", "NotEqual", "Greater", "Less", "LessEqual"]) {
    tf.registerGradient({ kernelName, inputsToSave: ["a", "b"], gradFunc: (_, [a, b]) => ({ a: flat(a), b: flat(b) }) });
  }
}
