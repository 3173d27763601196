import { fromSafetensors } from "../../nn/training/checkpoint/safetensors.js";
import type { SavedWeights } from "./weights.js";

/**
 * Weights by name from the bytes of a `.safetensors` file, the format in which Hugging Face models are shared. All become float32, as `nn.fromSafetensors` does not.
 *
 * @throws as `nn.fromSafetensors`
 * @example text.readSafetensors(nn.toSafetensors([{ name: "w", shape: [1], values: Float64Array.of(1) }])).w.values // [1]
 */
export function readSafetensors(bytes: Uint8Array): SavedWeights {
  return Object.freeze(Object.fromEntries(fromSafetensors(bytes).tensors.map(({ name, shape, values }) => [name, Object.freeze({ shape, values: values instanceof Float32Array ? values : Float32Array.from(values as ArrayLike<number | bigint>, Number) })])));
}
