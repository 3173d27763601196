import { gzipSync } from "fflate";
import * as tf from "@tensorflow/tfjs";
import { say } from "../../../display/language.js";
import { known, oneOf, shown, whole } from "../../arguments.js";
import { showAs } from "../../label/show.js";
import { isLayersModel } from "../../explain/model/predictor.js";
import { channelAxis, quantise } from "../quantise/affine.js";
import { suffix, toFiles, type PackedMetadata, type WeightEntry } from "./format.js";
import { writeFolder } from "./node/folder.js";

export interface ExportOptions {
  /** "float32": as it is. "int8": one scale a weight, in tfjs's own format, which any `tf.loadLayersModel` reads. "channels": one scale for each output channel, more exact; only `loadModel` reads it. Default "int8". */
  weights?: "float32" | "int8" | "channels";
  /** Weights with fewer numbers stay 32-bit floats: biases and normalisation; default 64, and always those with one axis. */
  least?: number;
}

export interface ExportedModel {
  /** `model.json` and weight files, by name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Of all files. */
  readonly bytes: number;
  /** Each file through gzip, as a web server sends them. */
  readonly gzipped: number;
  /** Writes them into a folder (in Node), for `loadModel(folder)`, or to be served to a page. */
  save(folder: string): Promise<void>;
}

/**
 * A model as the files that a page loads: layers as JSON, weights as 8-bit integers, which become floats again when loaded.
 *
 * @throws `expected model to be a LayersModel, got ...`; `unknown weights: int4 (known: float32, int8, channels)`
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [32], units: 32 })] });
 * const [large, small] = [await compress.exportModel(model, { weights: "float32" }), await compress.exportModel(model)];
 * large.bytes - small.bytes > 2800 // true
 * Object.keys(small.files) // ["model.json", "group1-shard1of1.bin"]
 */
export async function exportModel(model: tf.LayersModel, options: ExportOptions = {}): Promise<ExportedModel> {
  known(options, ["weights", "least"]);
  if (!isLayersModel(model)) throw new TypeError(`expected model to be a LayersModel, got ${shown(model)}`);
  const kind = oneOf({ weights: options.weights ?? "int8" }, ["float32", "int8", "channels"]);
  const least = whole({ least: options.least ?? 64 }, 1);
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save(tf.io.withSaveHandler(async (given) => {
    artifacts = given;
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
  }));
  const { weightSpecs = [], weightData, modelTopology, format, generatedBy } = artifacts!;
  const all = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData as ArrayBuffer));
  const channels: PackedMetadata["channels"] = {};
  const parts: Uint8Array[] = [];
  let at = 0;
  const entries = weightSpecs.map((spec): WeightEntry => {
    const entry: WeightEntry = { name: spec.name, shape: [...spec.shape], dtype: spec.dtype as "float32" };
    const size = entry.shape.reduce((a, b) => a * b, 1);
    const bytes = all.slice(at, (at += size * (spec.dtype === "bool" ? 1 : 4)));
    if (kind === "float32" || spec.dtype !== "float32" || entry.shape.length < 2 || size < least) {
      parts.push(bytes);
      return entry;
    }
    const values = new Float32Array(bytes.buffer);
    const small = kind === "int8" ? quantise(values) : quantise(values, { mode: "symmetric", shape: entry.shape, axis: channelAxis(entry.name, entry.shape) });
    parts.push(Uint8Array.from(small.values, (q) => q + 128));
    const [scale, zeroPoint] = [small.scale[0]!, small.zeroPoint[0]!];
    if (kind === "int8") return { ...entry, quantization: { dtype: "uint8", scale, min: scale * (-128 - zeroPoint), original_dtype: "float32" } };
    channels[entry.name] = { axis: small.axis!, scale: Array.from(small.scale, Math.fround), zeroPoint: Array.from(small.zeroPoint) };
    return { ...entry, name: entry.name + suffix, quantization: { dtype: "uint8", scale: 1, min: -128, original_dtype: "float32" } };
  });
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let to = 0;
  for (const part of parts) {
    joined.set(part, to);
    to += part.length;
  }
  const metadata = kind === "channels" ? { userDefinedMetadata: { lyceum: { format: "lyceum-int8", version: 1, channels } as const } } : {};
  const files = toFiles({ modelTopology: modelTopology as object, format: format ?? "layers-model", generatedBy: generatedBy ?? "TensorFlow.js", convertedBy: null, ...metadata }, entries, joined);
  const lengths = Object.values(files);
  const result: ExportedModel = {
    files: Object.freeze(files),
    bytes: lengths.reduce((sum, { length }) => sum + length, 0),
    gzipped: lengths.reduce((sum, file) => sum + gzipSync(file).length, 0),
    save: (folder) => writeFolder(folder, files),
  };
  return showAs(result, () => Object.entries(files).map(([file, { length }]) => ({ file, bytes: length })), () => say(`${result.bytes.toLocaleString("en-US")} bytes, ${result.gzipped.toLocaleString("en-US")} through gzip`, `${result.bytes.toLocaleString("en-US")} 字节，gzip 之后 ${result.gzipped.toLocaleString("en-US")} 字节`));
}
