import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";

/** `tf.scatterND` takes a plain vector of indices for a vector, as it does on the other backends. */
export function repairScatterNd(tf: TensorFlowJs): void {
  replaceKernel(tf, "tensorflow", "ScatterNd", ({ indices, updates }, attrs, original) =>
    original({ indices: indices!.rank === 1 ? tf.reshape(indices!, [-1, 1]) : indices!, updates: updates! }, attrs));
}
