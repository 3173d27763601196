/** Private training: DP-SGD and DP-Adam, exact and at about the speed of ordinary training. */
export type { AdaptiveClip, ClipOptions, ClipRule, FlatClip, GroupClip } from "./clip.js";
export type { Layers } from "./layers/index.js";
export type { LossName, PerExampleLoss } from "./losses.js";
export { tapped, type Inputs, type TappedModel, type Trainable } from "./model/network.js";
export { clippedSum, perExampleNorms, type Batch, type ClippedSum, type GradientOptions, type PerExample } from "./per-example.js";
export type { Checkpoint, SavedTensor } from "./trainer/checkpoint.js";
export { fit, type FitOptions, type Fitted } from "./trainer/fit.js";
export type { Plan, TrainingOptions } from "./trainer/options.js";
export { training, type PrivateTraining, type TrainingData } from "./trainer/training.js";
