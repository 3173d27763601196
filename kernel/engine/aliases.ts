/** Import names that all mean the one `tf` of `loadEngine`, in cells and in what cells import. */
export const engineAliases: readonly string[] = [
  "@tensorflow/tfjs",
  "@tensorflow/tfjs-node",
  "@tensorflow/tfjs-node-gpu",
  // The union package re-exports all of these; a second copy of one would have classes and registries of its own.
  "@tensorflow/tfjs-core",
  "@tensorflow/tfjs-layers",
  "@tensorflow/tfjs-data",
  "@tensorflow/tfjs-converter",
];
