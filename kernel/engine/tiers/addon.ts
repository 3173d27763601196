/** What tfjs-node's compiled addon exports, as far as it is used outside its own JavaScript. */
export interface Binding {
  TF_Version: string;
  isUsingGpuDevice(): boolean;
  getNumOfTensors(): number;
  /** Ours alone: kernel/engine/binding/normals.cc. */
  fillNormals?: unknown;
}

/**
 * Load addons in order and hand out the last one's exports as a plain object. The addon's own properties are read-only and not
 * enumerable; a plain copy lets functions be wrapped (to count or trace calls).
 */
export function openAddons(paths: string[]): Binding {
  let exports: object = {};
  for (const path of paths) {
    const holder = { exports: {} };
    process.dlopen(holder, path);
    exports = holder.exports;
  }
  return Object.fromEntries(Object.getOwnPropertyNames(exports).map((name) => [name, (exports as Record<string, unknown>)[name]])) as unknown as Binding;
}
