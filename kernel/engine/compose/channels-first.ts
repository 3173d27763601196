import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";

/** Convolutions with channels first for a backend that computes with channels last only: turned before and after. */
export function addChannelsFirst(tf: TensorFlowJs, backendName: "tensorflow" | "wasm", kernelName: "Conv2D" | "FusedConv2D"): void {
  replaceKernel(tf, backendName, kernelName, (inputs, attrs, original) => {
    if (attrs["dataFormat"] !== "NCHW") return original(inputs, attrs);
    const { x, preluActivationWeights: alpha } = inputs;
    const last = {
      ...inputs,
      x: tf.transpose(x!, [0, 2, 3, 1]),
      ...(alpha && { preluActivationWeights: alpha.rank === 3 ? tf.transpose(alpha, [1, 2, 0]) : alpha }),
    };
    const pad = Array.isArray(attrs["pad"]) ? [0, 2, 3, 1].map((axis) => (attrs["pad"] as unknown[])[axis]) : attrs["pad"];
    return tf.transpose(original(last, { ...attrs, pad, dataFormat: "NHWC" }) as Tensor, [0, 3, 1, 2]);
  });
}
