import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { extendGradient } from "../gradients/extend.js";
import { addTensorFlowKernel, execute, hasKernel, run, typeAttribute } from "./node-backend.js";

/** TensorFlow's one operation for a gradient that tfjs composes of several: the same numbers, NaN and infinities included. */
export function addActivationKernels(tf: TensorFlowJs): void {
  addTensorFlowKernel(tf, "SigmoidGrad", ({ y, dy }, backend) => execute(backend, "SigmoidGrad", y!, dy!));
  addTensorFlowKernel(tf, "TanhGrad", ({ y, dy }, backend) => execute(backend, "TanhGrad", y!, dy!));
  addTensorFlowKernel(tf, "SoftplusGrad", ({ dy, x }, backend) => execute(backend, "SoftplusGrad", dy!, x!));
  addTensorFlowKernel(tf, "LeakyReluGrad", ({ dy, x }, backend, { alpha }) =>
    backend.executeSingleOutput("LeakyReluGrad", [typeAttribute(backend, "T", dy!.dtype), { name: "alpha", type: backend.binding.TF_ATTR_FLOAT, value: alpha }], [dy!, x!]));
}

/** Use these operations where the backend has them, and give them gradients of their own, for gradients of gradients. */
export function fuseActivationGradients(tf: TensorFlowJs): void {
  // Sigmoid: dy y (1 - y).
  extendGradient(tf, "Sigmoid", (original) => (dy, saved, attrs) =>
    hasKernel(tf, "SigmoidGrad") ? { x: () => run(tf, "SigmoidGrad", { y: saved[0]!, dy: dy as Tensor }) } : original(dy, saved, attrs));
  tf.registerGradient({
    kernelName: "SigmoidGrad",
    inputsToSave: ["y", "dy"],
    gradFunc: (ddx, saved) => {
      const [y, dy] = saved as [Tensor, Tensor];
      return {
        y: () => tf.mul(tf.mul(ddx as Tensor, dy), tf.sub(1, tf.add(y, y))),
        dy: () => run(tf, "SigmoidGrad", { y, dy: ddx as Tensor }),
      };
    },
  });

  // Tanh: dy (1 - y^2).
  extendGradient(tf, "Tanh", (original) => (dy, saved, attrs) =>
    hasKernel(tf, "TanhGrad") ? { x: () => run(tf, "TanhGrad", { y: saved[0]!, dy: dy as Tensor }) } : original(dy, saved, attrs));
  tf.registerGradient({
    kernelName: "TanhGrad",
    inputsToSave: ["y", "dy"],
    gradFunc: (ddx, saved) => {
      const [y, dy] = saved as [Tensor, Tensor];
      return {
        y: () => tf.mul(tf.mul(ddx as Tensor, dy), tf.mul(y, -2)),
        dy: () => run(tf, "TanhGrad", { y, dy: ddx as Tensor }),
      };
    },
  });

  // Softplus: dy sigmoid(x).
  extendGradient(tf, "Softplus", (original) => (dy, saved, attrs) =>
    hasKernel(tf, "SoftplusGrad") ? { x: () => run(tf, "SoftplusGrad", { dy: dy as Tensor, x: saved[0]! }) } : original(dy, saved, attrs));
  tf.registerGradient({
    kernelName: "SoftplusGrad",
    inputsToSave: ["dy", "x"],
    gradFunc: (ddx, saved) => {
      const [dy, x] = saved as [Tensor, Tensor];
      return {
        dy: () => run(tf, "SoftplusGrad", { dy: ddx as Tensor, x }),
        x: () => run(tf, "SigmoidGrad", { y: tf.sigmoid(x), dy: tf.mul(ddx as Tensor, dy) }),
      };
    },
  });

  // Leaky relu: dy above zero, alpha dy elsewhere. Linear in dy, and flat in x.
  extendGradient(tf, "LeakyRelu", (original) => (dy, saved, attrs) =>
    hasKernel(tf, "LeakyReluGrad") && saved[0]!.dtype === "float32" ? { x: () => run(tf, "LeakyReluGrad", { dy: dy as Tensor, x: saved[0]! }, attrs) } : original(dy, saved, attrs));
  tf.registerGradient({
    kernelName: "LeakyReluGrad",
    inputsToSave: ["x"],
    gradFunc: (ddx, saved, attrs) => ({
      dy: () => run(tf, "LeakyReluGrad", { dy: ddx as Tensor, x: saved[0]! }, attrs),
      x: () => tf.zerosLike(saved[0]!),
    }),
  });
}
