import type { TensorFlowJs } from "../contract.js";
import { addActivationKernels, fuseActivationGradients } from "./activations.js";
import { fuseAdam } from "./adam.js";
import { addClipKernel, fuseClip, fuseClipGradient } from "./clip.js";
import { fuseGather } from "./gather.js";
import { addMaskedProductKernel } from "./masked.js";
import { skipNeedless } from "./needless.js";
import { addBroadcastKernel, fuseReductionGradients } from "./reductions.js";
import { fuseSigmoidCrossEntropy } from "./sigmoid-cross-entropy.js";
import { addSoftmaxCrossEntropyKernel, fuseSoftmaxCrossEntropy } from "./softmax-cross-entropy.js";
import { fuseStep } from "./step.js";

/**
 * Shorter ways to the same numbers, shared by all backends: each asks whether the current backend has its kernel, and is tfjs's own
 * where not. Call once for a `tf`.
 */
export function fuseGradients(tf: TensorFlowJs): void {
  fuseActivationGradients(tf);
  fuseReductionGradients(tf);
  fuseClipGradient(tf);
  fuseSoftmaxCrossEntropy(tf);
  fuseSigmoidCrossEntropy(tf);
  fuseAdam(tf);
}

/** Their kernels, and kernels that do less work. Call once, after the `tensorflow` backend's kernels are registered. */
export function fuseTensorFlow(tf: TensorFlowJs): void {
  skipNeedless(tf);
  fuseStep(tf);
  fuseGather(tf);
  fuseClip(tf);
  addActivationKernels(tf);
  addBroadcastKernel(tf);
  addClipKernel(tf);
  addMaskedProductKernel(tf);
  addSoftmaxCrossEntropyKernel(tf);
}
