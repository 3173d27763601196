/** The package `lyceum`, for any program: the helpers of the notebooks, and TensorFlow.js on the best backend of this machine. */
export * as data from "./helpers/data/index.js";
export * as plot from "./helpers/plot/index.js";
export * as train from "./helpers/train/index.js";
export * as privacy from "./helpers/privacy/index.js";
export * as federated from "./helpers/federated/index.js";
export * as fairness from "./helpers/fairness/index.js";
export * as explain from "./helpers/explain/index.js";
export * as label from "./helpers/label/index.js";
export * as nn from "./helpers/nn/index.js";
export * as widgets from "./helpers/widgets/index.js";
export { compile, type Compile, type Compiled, type CompileOptions, type Explanation } from "./engine/compile/public.js";
export { loadEngine } from "./engine/index.js";
export type { Engine, EngineOptions, Tier } from "./engine/contract.js";
