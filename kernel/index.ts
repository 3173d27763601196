/** The package `lyceum`, for any program: the helpers of the notebooks, and TensorFlow.js on the best backend of this machine. */
export * as data from "./helpers/data/index.js";
export * as plot from "./helpers/plot/index.js";
export * as train from "./helpers/train/index.js";
export { loadEngine } from "./engine/index.js";
export type { Engine, EngineOptions, Tier } from "./engine/contract.js";
