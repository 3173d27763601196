import type { io } from "@tensorflow/tfjs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { TensorFlowJs } from "../contract.js";
import { loadModel } from "./load.js";
import { saveModel } from "./save.js";

/** `model.save("file://folder")`, `tf.loadLayersModel("file://folder/model.json")` and `tf.io.fileSystem(path)`, on every tier. */
export function registerFileHandlers(tf: TensorFlowJs): void {
  const handler = (path: string): io.IOHandler => ({
    save: (artifacts) => saveModel(tf, path, artifacts),
    load: () => loadModel(tf, path),
  });
  const route = (url: string | string[]): io.IOHandler => {
    const first = [url].flat()[0];
    return (typeof first === "string" && first.startsWith("file://") ? handler(pathOf(first)) : null) as io.IOHandler;
  };
  tf.io.registerSaveRouter(route);
  tf.io.registerLoadRouter(route);
  Object.assign(tf.io, { fileSystem: (path: string) => handler(resolve(path)) });
}

/** tfjs's `file://model` means a path relative to the current folder; `file:///model` is a real URL. */
function pathOf(url: string): string {
  return url.startsWith("file:///") ? fileURLToPath(url) : resolve(decodeURIComponent(url.slice("file://".length)));
}
