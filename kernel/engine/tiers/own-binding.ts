import { addonPaths, bindingKey, isBuilt, readManifest } from "../binding/manifest.js";
import { flags } from "../binding/compile.js";
import { readSources } from "../binding/sources.js";
import { readTensorFlow } from "../binding/tensorflow-library.js";
import { projectRoot } from "../../root.js";

/** The addons that `buildBinding` made, in the order in which to load them, or why they cannot be used. */
export function findOwnBinding(root: string = projectRoot()): { addons?: string[]; reason?: string } {
  if (process.platform !== "linux") return { reason: `TensorFlow's own library is used on Linux only (this is ${process.platform}); on Windows use WSL2` };
  const manifest = readManifest(root);
  if (!manifest) return { reason: "the TensorFlow binding is not built yet: run `npm start`" };
  const library = readTensorFlow(manifest.tensorflow.directory);
  if (!library) return { reason: `TensorFlow is no longer in ${manifest.tensorflow.directory}: run \`npm start\`` };
  const key = bindingKey(readSources(root).hash, library, flags);
  if (!isBuilt(root, manifest, key)) return { reason: "the TensorFlow binding was built from other sources or another TensorFlow: run `npm start`" };
  return { addons: addonPaths(root, manifest) };
}
