import type { Tensor, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";

/** The fused convolution (a layer's convolution, bias and activation in one) with channels first, which tfjs-node and WebAssembly refuse. */
export function addChannelsFirst(tf: TensorFlowJs, backendName: "tensorflow" | "wasm"): void {
  replaceKernel(tf, backendName, "FusedConv2D", (inputs, attrs, original) => {
    if (attrs["dataFormat"] !== "NCHW") return original(inputs, attrs);
    const { x, preluActivationWeights: alpha } = inputs;
    const last = {
      ...inputs,
      x: tf.transpose(x!, [0, 2, 3, 1]) as Tensor4D,
      ...(alpha && { preluActivationWeights: alpha.rank === 3 ? tf.transpose(alpha, [1, 2, 0]) : alpha }),
    };
    return tf.transpose(original(last, { ...attrs, dataFormat: "NHWC" }) as Tensor, [0, 3, 1, 2]);
  });
}
