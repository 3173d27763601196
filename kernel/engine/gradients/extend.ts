import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";

export type Gradient = (dy: Tensor | Tensor[], saved: Tensor[], attrs: object) => Record<string, () => Tensor>;

/** Wrap the gradient that tfjs has for a kernel; what it saves stays as it is. */
export function extendGradient(tf: TensorFlowJs, kernelName: string, wrap: (original: Gradient) => Gradient): void {
  const before = tf.getGradient(kernelName);
  if (!before) throw new Error(`expected tfjs to have a gradient for ${kernelName}`);
  tf.unregisterGradient(kernelName);
  tf.registerGradient({ ...before, gradFunc: wrap(before.gradFunc as Gradient) as never });
}
