import { quietTensorFlow } from "../quiet.js";
import { requireHere } from "../project.js";
import type { TensorFlowJs } from "../contract.js";
import { shimNodeUtil } from "../repairs/node-util.js";
import { repairTensorFlow } from "../repairs/register.js";
import { createCompile } from "../compile/index.js";
import { compileModels } from "../compile/layers.js";
import { openAddons, type Binding } from "./addon.js";
import { findOwnBinding } from "./own-binding.js";
import { findUserPackage } from "./user-package.js";

export interface TierResult {
  label: string;
  gpu: boolean;
}

type NodeBackendModule = { NodeJSKernelBackend: new (binding: Binding, packageName: string) => object };

/** Addons of the best TensorFlow: a package of the user's own, else our binding. */
export function findAddons(directory: string): { addons?: string[]; origin?: string; reasons: string[] } {
  const { found, reasons } = findUserPackage(directory);
  if (found) return { addons: [found.addon], origin: `${found.name} ${found.version}`, reasons };
  const { addons, reason } = findOwnBinding();
  return { ...(addons && { addons }), reasons: reason ? [...reasons, reason] : reasons };
}

/** Register the `tensorflow` backend and make it the current one; undefined where it cannot be, with the reason added. */
export async function startTensorFlow(tf: TensorFlowJs, directory: string, reasons: string[]): Promise<TierResult | undefined> {
  const choice = findAddons(directory);
  reasons.push(...choice.reasons);
  if (!choice.addons) return undefined;
  quietTensorFlow();
  shimNodeUtil();
  let binding: Binding;
  try {
    binding = openAddons(choice.addons);
  } catch (error) {
    reasons.push(`TensorFlow's library did not load: ${(error as Error).message}`);
    return undefined;
  }
  const gpu = binding.isUsingGpuDevice();
  const { NodeJSKernelBackend } = requireHere("@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend") as NodeBackendModule;
  tf.registerBackend("tensorflow", () => new NodeJSKernelBackend(binding, gpu ? "@tensorflow/tfjs-node-gpu" : "@tensorflow/tfjs-node") as never, 3);
  requireHere("@tensorflow/tfjs-node-gpu/dist/register_all_kernels");
  repairTensorFlow(tf);
  await tf.setBackend("tensorflow");
  addNodeNamespace(tf);
  compileModels(tf);
  // For helpers, which cannot import the engine (kernel/helpers/compiled.ts, kernel/helpers/privacy/random/ziggurat.ts).
  Object.assign(globalThis, { [Symbol.for("lyceum.compile")]: createCompile(tf), ...(binding.fillNormals ? { [Symbol.for("lyceum.normals")]: binding.fillNormals } : {}) });
  const origin = choice.origin ? `, ${choice.origin}` : "";
  return { label: `TensorFlow ${binding.TF_Version} (${gpu ? "GPU" : "CPU"}${origin})`, gpu };
}

/** `tf.node`, which programs written for tfjs-node use: decodeImage, encodePng, loadSavedModel, tensorBoard, ... Loaded when first read. */
function addNodeNamespace(tf: TensorFlowJs): void {
  Object.defineProperty(tf, "node", {
    configurable: true,
    enumerable: true,
    get: () => (requireHere("@tensorflow/tfjs-node-gpu/dist/node") as { node: object }).node,
  });
}
