import * as tf from "@tensorflow/tfjs";
import { shown } from "../../arguments.js";
import { slices } from "../quantise/affine.js";
import { bytesOf, suffix, type PackedJson, type WeightEntry } from "./format.js";
import { readFolderFile } from "./node/folder.js";

/**
 * The model of an exported folder, its weights as floats again.
 *
 * @param source the files (`exportModel(...).files`), an http(s) URL of the folder or its model.json, or (in Node) a folder
 * @throws `there is no saved model at ...`; `expected model.json with layers and weights, got ...`; `expected 1056 bytes of weights, got 1000: a file is cut short`; `expected a model.json of lyceum-int8 version 1, got ...`
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [8], units: 8, useBias: false, kernelInitializer: "identity" })] });
 * const { files } = await compress.exportModel(model, { weights: "channels" });
 * (await compress.loadModel(files)).predict(tf.ones([1, 8])) // [1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00]
 */
export async function loadModel(source: string | Readonly<Record<string, Uint8Array>>): Promise<tf.LayersModel> {
  const read = reader(source);
  const text = new TextDecoder().decode(await read("model.json"));
  let json: PackedJson;
  try {
    json = JSON.parse(text) as PackedJson;
  } catch {
    throw new Error(`expected model.json with layers and weights, got ${shown(text)}`);
  }
  if (!json.modelTopology || !Array.isArray(json.weightsManifest)) throw new Error(`expected model.json with layers and weights, got ${shown(json)}`);
  const packed = json.userDefinedMetadata?.lyceum;
  if (packed && (packed.format !== "lyceum-int8" || packed.version !== 1)) throw new Error(`expected a model.json of lyceum-int8 version 1, got ${packed.format} ${packed.version}`);
  const groups = await Promise.all(json.weightsManifest.map(async ({ paths, weights }) => ({ weights, bytes: joined(await Promise.all(paths.map(read))) })));
  const specs: tf.io.WeightsManifestEntry[] = [];
  const values: Float32Array[] = [];
  for (const { weights, bytes } of groups) {
    const wanted = weights.reduce((sum, entry) => sum + bytesOf(entry), 0);
    if (bytes.length !== wanted) throw new Error(`expected ${wanted} bytes of weights, got ${bytes.length}: a file is cut short`);
    let at = 0;
    for (const entry of weights) {
      const own = bytes.slice(at, (at += bytesOf(entry)));
      const name = entry.name.endsWith(suffix) ? entry.name.slice(0, -suffix.length) : entry.name;
      if (entry.dtype !== "float32") throw new Error(`expected float32 weights, got ${entry.dtype} of ${name}`);
      specs.push({ name, shape: entry.shape, dtype: "float32" });
      values.push(numbersOf(entry, own, packed?.channels[name]));
    }
  }
  const weightData = joined(values.map((one) => new Uint8Array(one.buffer))).buffer as ArrayBuffer;
  return tf.loadLayersModel(tf.io.fromMemory({ modelTopology: json.modelTopology, weightSpecs: specs, weightData }));
}

function numbersOf(entry: WeightEntry, bytes: Uint8Array, channels: { axis: number; scale: number[]; zeroPoint: number[] } | undefined): Float32Array {
  const { quantization, shape } = entry;
  if (!quantization) return new Float32Array(bytes.buffer);
  if (!channels) return Float32Array.from(bytes, (q) => q * quantization.scale + quantization.min);
  const { sliceOf } = slices(shape, channels.axis);
  return Float32Array.from(bytes, (q, i) => channels.scale[sliceOf(i)]! * (q - 128 - channels.zeroPoint[sliceOf(i)]!));
}

function reader(source: string | Readonly<Record<string, Uint8Array>>): (name: string) => Promise<Uint8Array> {
  if (typeof source !== "string") {
    if (typeof source !== "object" || source === null) throw new TypeError(`expected files, a URL or a folder, got ${shown(source)}`);
    return async (name) => source[name] ?? fail(`expected ${name} among the files, got ${Object.keys(source).join(", ") || "none"}`);
  }
  const place = source.replace(/(^|\/)model\.json$/, "").replace(/\/$/, "");
  if (!/^(https?|blob|data):/.test(source)) return (name) => readFolderFile(place || ".", name);
  return async (name) => {
    const answer = await fetch(`${place}/${name}`);
    if (!answer.ok) throw new Error(name === "model.json" ? `there is no saved model at ${place} (${answer.status})` : `expected ${name} at ${place}, got ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };
}

function fail(message: string): never {
  throw new Error(message);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
