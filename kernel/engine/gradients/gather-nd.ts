import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";

/** The gradient of `tf.gatherND`: scatter back, adding where a place was gathered more than once. */
export function addGatherNdGradient(tf: TensorFlowJs): void {
  tf.registerGradient({
    kernelName: "GatherNd",
    inputsToSave: ["params", "indices"],
    gradFunc: (dy, saved) => {
      const [params, indices] = saved as [Tensor, Tensor];
      return { params: () => tf.scatterND(indices, dy as Tensor, params.shape as [number]), indices: () => tf.zerosLike(indices) };
    },
  });
}
