import type { io } from "@tensorflow/tfjs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TensorFlowJs } from "../contract.js";
import { joinBuffers, splitShards } from "./shards.js";

/**
 * Write `model.json` and weight shards into a folder, made if need be. The folder is what `tf.loadLayersModel(url)` loads in a browser.
 * Shards of a model saved there before are removed.
 */
export async function saveModel(tf: TensorFlowJs, folder: string, artifacts: io.ModelArtifacts): Promise<io.SaveResult> {
  if (artifacts.modelTopology instanceof ArrayBuffer) throw new Error(`expected a model with JSON topology to save in ${folder}, got a binary one`);
  const { weightSpecs, weightData, ...description } = artifacts;
  const shards = splitShards(joinBuffers(weightData ?? new ArrayBuffer(0)));
  const manifest = [{ paths: shards.map(({ name }) => name), weights: weightSpecs ?? [] }];
  const model = { ...description, weightsManifest: manifest };
  await mkdir(folder, { recursive: true });
  const names = new Set(shards.map(({ name }) => name));
  const old = (await readdir(folder)).filter((name) => /^group1-shard\d+of\d+\.bin$/.test(name) && !names.has(name));
  await Promise.all([
    ...shards.map(({ name, bytes }) => writeFile(join(folder, name), bytes)),
    ...old.map((name) => rm(join(folder, name))),
  ]);
  await writeFile(join(folder, "model.json"), JSON.stringify(model));
  return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
}
