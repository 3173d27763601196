import type * as tf from "@tensorflow/tfjs";

/** A weight as `model.json` describes it. */
export interface WeightEntry {
  name: string;
  shape: number[];
  dtype: "float32" | "int32" | "bool";
  /** tfjs's own: `value = scale q + min`, for the whole weight. */
  quantization?: { dtype: "uint8"; scale: number; min: number; original_dtype?: "float32" };
}

/** Ours, for what tfjs's format has no words for: a scale for each channel. The entry's name then ends in `:int8`, so that a loader that does not know it says that a weight is missing instead of computing nonsense. */
export interface ChannelScales {
  axis: number;
  scale: number[];
  zeroPoint: number[];
}

/** Under `userDefinedMetadata.lyceum` in model.json. */
export interface PackedMetadata {
  format: "lyceum-int8";
  version: 1;
  channels: Record<string, ChannelScales>;
}

export const suffix = ":int8";

/** As tfjs's converter: 4 MiB a file, so that browsers cache and fetch the parts side by side. */
export const shardSize = 4 * 1024 * 1024;

export interface PackedJson {
  modelTopology: object;
  format?: string;
  generatedBy?: string;
  convertedBy?: string | null;
  weightsManifest: { paths: string[]; weights: WeightEntry[] }[];
  userDefinedMetadata?: { lyceum?: PackedMetadata };
}

/** The files of a model whose weights are these bytes. */
export function toFiles(json: Omit<PackedJson, "weightsManifest">, entries: WeightEntry[], bytes: Uint8Array): Record<string, Uint8Array> {
  const count = Math.max(1, Math.ceil(bytes.length / shardSize));
  const shards = Array.from({ length: count }, (_, at) => [`group1-shard${at + 1}of${count}.bin`, bytes.slice(at * shardSize, (at + 1) * shardSize)] as const);
  const whole: PackedJson = { ...json, weightsManifest: [{ paths: shards.map(([name]) => name), weights: entries }] };
  return { "model.json": new TextEncoder().encode(JSON.stringify(whole)), ...Object.fromEntries(shards) };
}

export const bytesOf = ({ shape, dtype, quantization }: WeightEntry): number => shape.reduce((a, b) => a * b, 1) * (quantization || dtype === "bool" ? 1 : 4);

export type Artifacts = tf.io.ModelArtifacts;
