import type { TensorFlowJs } from "../contract.js";
import type { NodeBackend, TensorData } from "./contract.js";

/** The current backend where it can run graph functions: TensorFlow with our binding. */
export function graphBackend(tf: TensorFlowJs): NodeBackend | undefined {
  if (tf.getBackend() !== "tensorflow") return undefined;
  const backend = tf.backend() as unknown as NodeBackend;
  return typeof backend.binding?.createFunction === "function" ? backend : undefined;
}

/** A tensor's data, on TensorFlow's side. */
export function uploaded(backend: NodeBackend, tensor: { dataId: object }): TensorData {
  const data = backend.tensorMap.get(tensor.dataId);
  if (data.values !== null) backend.getInputTensorIds([tensor]);
  return data;
}
