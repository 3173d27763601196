import { quietTensorFlow } from "./quiet.js";
import { openAddons } from "./tiers/addon.js";
import { findAddons } from "./tiers/tensorflow.js";

/**
 * Load TensorFlow's shared libraries into this process, for a helper thread to call while the main thread does something else:
 * `loadEngine` on the main thread then finds them in memory. Nothing is registered here. Call `quietTensorFlow()` on the main
 * thread before, since a Worker cannot set the process's environment.
 * @returns seconds it took; undefined where there is no TensorFlow to load.
 */
export function preloadBinding(directory: string = process.cwd()): number | undefined {
  const started = performance.now();
  const { addons } = findAddons(directory);
  if (!addons) return undefined;
  quietTensorFlow();
  openAddons(addons);
  return (performance.now() - started) / 1000;
}
