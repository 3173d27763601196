/** `explain` in a notebook: why a model said what it said, and what causes what. */
export { shapley, type ShapleyOptions } from "./shapley/exact.js";
export { kernelShap, type KernelShapOptions } from "./shapley/kernel.js";
export type { Attributions } from "./shapley/contract.js";
export type { Model, PredictFunction } from "./model/contract.js";
export { treeShap, type TreeShapOptions } from "./tree/shap.js";
export { predictTree } from "./tree/predict.js";
export type { Tree, TreeOptions, Trees } from "./tree/contract.js";
export { permutationImportance, type PermutationImportance, type PermutationOptions } from "./importance/permutation.js";
export type { Score } from "./importance/score.js";
export { partialDependence, type PartialDependence, type PartialDependenceOptions } from "./importance/partial.js";
export { limeFit, type LimeFitOptions, type LocalLine } from "./lime/fit.js";
export { limeTable, type LimeTableOptions, type LocalExplanation } from "./lime/table.js";
export { limeText, type LimeTextOptions, type TextExplanation, type TextModel } from "./lime/text.js";
export { limeImage, type ImageExplanation, type LimeImageOptions } from "./lime/image.js";
export { gridSegments, type Picture } from "./lime/segments.js";
