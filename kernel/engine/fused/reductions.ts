import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { extendGradient } from "../gradients/extend.js";
import { addTensorFlowKernel, hasKernel, run, typeAttribute } from "./node-backend.js";

/** `BroadcastTo`, which tfjs has a gradient for and no kernel. */
export function addBroadcastKernel(tf: TensorFlowJs): void {
  if (tf.getKernel("BroadcastTo", "tensorflow")) tf.unregisterKernel("BroadcastTo", "tensorflow");
  addTensorFlowKernel(tf, "BroadcastTo", ({ x }, backend, { shape }) =>
    backend.executeSingleOutput("BroadcastTo", [typeAttribute(backend, "T", x!.dtype), typeAttribute(backend, "Tidx", "int32")], [x!, tf.tensor1d(shape as number[], "int32")]));
}

/**
 * The gradient of a sum and of a mean is the output's gradient, repeated. tfjs multiplies it with an array of ones that it makes in
 * JavaScript, as large as the input, at each step.
 */
export function fuseReductionGradients(tf: TensorFlowJs): void {
  for (const [kernelName, share] of [["Sum", false], ["Mean", true]] as const) {
    extendGradient(tf, kernelName, (original) => (dy, saved, attrs) => {
      const [x] = saved as [Tensor];
      if (!hasKernel(tf, "BroadcastTo") || x.rank === 0) return original(dy, saved, attrs);
      return {
        x: () => {
          const axes = tf.util.parseAxisParam((attrs as { axis: number | number[] }).axis, x.shape);
          const inputShape = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
          const expanded = tf.reshape(dy as Tensor, inputShape);
          const shared = share ? tf.div(expanded, axes.reduce((product, axis) => product * x.shape[axis]!, 1)) : expanded;
          return tf.util.arraysEqual(inputShape, x.shape) ? shared : run(tf, "BroadcastTo", { x: shared }, { inputShape, shape: x.shape });
        },
      };
    });
  }
}
