import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";

/** Fused kernels take a bias of any shape that broadcasts; WebAssembly's take a vector with one number for each channel. */
export function repairFusedBias(tf: TensorFlowJs): void {
  for (const name of ["_FusedMatMul", "FusedConv2D", "FusedDepthwiseConv2D"]) {
    replaceKernel(tf, "wasm", name, (inputs, attrs, original) => {
      const { bias, preluActivationWeights: alpha, ...rest } = inputs;
      if (!bias || bias.rank === 1) return original(inputs, attrs);
      const { activation = "linear", leakyreluAlpha } = attrs as { activation?: "linear"; leakyreluAlpha?: number };
      const linear = original(rest as Record<string, Tensor>, { ...attrs, activation: "linear" }) as Tensor;
      return tf.backend_util.applyActivation(tf.add(linear, bias), activation, alpha, leakyreluAlpha);
    });
  }
}
