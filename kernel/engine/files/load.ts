import type { io } from "@tensorflow/tfjs";
import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { TensorFlowJs } from "../contract.js";

/** Read a saved model: its folder, or the `model.json` in it. */
export async function loadModel(tf: TensorFlowJs, path: string): Promise<io.ModelArtifacts> {
  const file = await findModelFile(path);
  const model = JSON.parse(await readFile(file, "utf8")) as io.ModelJSON;
  return tf.io.getModelArtifactsForJSON(model, async (manifest) => {
    const parts = await Promise.all(manifest.flatMap((group) => group.paths).map((name) => readFile(join(dirname(file), name))));
    const bytes = Buffer.concat(parts);
    return [manifest.flatMap((group) => group.weights), bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer];
  });
}

async function findModelFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new Error(`there is no saved model at ${path}`);
  return found.isDirectory() ? join(path, "model.json") : path;
}
