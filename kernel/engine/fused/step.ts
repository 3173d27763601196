import type { KernelConfig } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { execute, type NodeBackend } from "./node-backend.js";

/**
 * The step function is what relu's gradient is made of, also inside the fused convolutions of layers. tfjs-node makes it of six
 * operations, and uploads an array of ones as large as the activations at each step. The sign, cut off below zero, is the same
 * number everywhere: 1 above zero, 0 at zero and below, NaN for NaN. (TensorFlow's own ReluGrad answers 0 for NaN and so would
 * hide that a network has diverged.)
 */
export function fuseStep(tf: TensorFlowJs): void {
  const before = tf.getKernel("Step", "tensorflow") as KernelConfig;
  tf.unregisterKernel("Step", "tensorflow");
  tf.registerKernel({
    ...before,
    kernelFunc: (args) => {
      const x = args.inputs["x"]!;
      const alpha = (args.attrs as { alpha?: number } | undefined)?.alpha ?? 0;
      if (x.dtype !== "float32" || (alpha !== 0 && alpha !== -1)) return before.kernelFunc(args);
      const backend = args.backend as NodeBackend;
      return tf.tidy(() => {
        const step = execute(backend, "Relu", execute(backend, "Sign", x));
        // The gradient of tf.abs asks for -1 instead of 0.
        return alpha === 0 ? step : execute(backend, "Sub", execute(backend, "Add", step, step), tf.scalar(1));
      });
    },
  });
}
