/**
 * Makes lessons/data/mobilenet-v2/mobilenet-v2.safetensors from npm's @mediapipe/objectron 0.4.1675468480 (Apache-2.0):
 *
 *     npm pack @mediapipe/objectron@0.4.1675468480 && tar xzf mediapipe-objectron-*.tgz
 *     node dist/lessons/data/make/mobilenet-v2.js package/objectron_solution_packed_assets.data lessons/data/mobilenet-v2/mobilenet-v2.safetensors
 *
 * The asset holds a list of labels and a TFLite model: a single-shot detector on MobileNetV2, weights in half precision, normalisation folded in.
 * Of it only the weights of the backbone are kept; the numbers do not change.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fromSafetensors, toSafetensors, type SafeTensor } from "../../../kernel/helpers/nn/training/checkpoint/safetensors.js";
import { blocks } from "../../../kernel/helpers/vision/pretrained/blocks.js";
import { readTensors, type StoredTensor } from "./tflite/read.js";

/** Where the model begins, by the package's own list of files. */
const modelAt = 184;
const prefix = "FeatureExtractor/MobilenetV2/";

const convolutions = ["Conv", ...blocks.flatMap(({ name, expand }) => [...(expand > 1 ? [`${name}/expand`] : []), `${name}/depthwise`, `${name}/project`]), "Conv_1"];

export function convert(asset: Uint8Array): Uint8Array {
  const stored = readTensors(asset.subarray(modelAt));
  const tensors = convolutions.flatMap((name): SafeTensor[] => {
    const deep = name.endsWith("/depthwise");
    const kernel = find(stored, `${name}/${deep ? "BatchNorm/FusedBatchNormV3" : "Conv2D"}`, 4);
    const bias = find(stored, `${name}/BatchNorm/FusedBatchNormV3`, 1);
    return [deep ? depthwise(`${name}/kernel`, kernel) : ordinary(`${name}/kernel`, kernel), { name: `${name}/bias`, shape: bias.shape, values: bias.values, dtype: "F16" }];
  });
  return toSafetensors(tensors, { source: "@mediapipe/objectron 0.4.1675468480", license: "Apache-2.0" });
}

/** A weight by the operation that it belongs to: TFLite joins the names of all that it has fused or shares with ";", its own first. */
function find(stored: readonly StoredTensor[], name: string, rank: number): StoredTensor {
  const found = stored.filter((tensor) => tensor.shape.length === rank && tensor.name.split(";")[0] === prefix + name);
  if (found.length !== 1) throw new Error(`expected one weight ${name}, got ${found.length}`);
  return found[0]!;
}

/** [out, height, width, in] to [height, width, in, out]. */
function ordinary(name: string, { shape: [out, height, width, channels], values }: StoredTensor): SafeTensor {
  const moved = new Float32Array(values.length), inner = height! * width! * channels!;
  for (let o = 0; o < out!; o++) for (let i = 0; i < inner; i++) moved[i * out! + o] = values[o * inner + i]!;
  return { name, shape: [height!, width!, channels!, out!], values: moved, dtype: "F16" };
}

/** [1, height, width, channels] to [height, width, channels, 1]: the same order. */
const depthwise = (name: string, { shape: [, height, width, channels], values }: StoredTensor): SafeTensor => ({ name, shape: [height!, width!, channels!, 1], values, dtype: "F16" });

if (process.argv[1]?.endsWith("mobilenet-v2.js")) {
  const [from, to] = process.argv.slice(2) as [string, string];
  const bytes = convert(readFileSync(from));
  writeFileSync(to, bytes);
  const count = fromSafetensors(bytes).tensors.reduce((sum, { values }) => sum + values.length, 0);
  console.log(`${count} weights, ${bytes.length} bytes, sha256 ${createHash("sha256").update(bytes).digest("hex")}`);
}
