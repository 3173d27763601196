import * as tf from "@tensorflow/tfjs";
import type { LayersModel, Optimizer } from "@tensorflow/tfjs";
import { inside, known, nonNegative, oneOf, positive, shown, whole } from "../../../arguments.js";
import { calibrate } from "../../accounting/calibrate/calibrate.js";
import type { AccountantOptions } from "../../accounting/contract.js";
import type { PrivacyEvent } from "../../accounting/events/event.js";
import { adaptiveClipping, gaussian, poissonSampled } from "../../accounting/events/make.js";
import type { Clip, ClipOptions } from "../clip.js";
import type { LossName, PerExampleLoss } from "../losses.js";
import type { Trainable } from "../model/network.js";
import type { Checkpoint } from "./checkpoint.js";
import type { Compiler } from "./compiler.js";

export interface TrainingOptions {
  /** How much privacy may be spent; the noise is found from it. Or give `noiseMultiplier`. */
  epsilon?: number;
  /** Standard deviation of the noise over the clip norm, >= 0; 0 is no privacy. With adaptive clipping the count's noise is part of it. */
  noiseMultiplier?: number;
  /** Above 0 and below 1 / examples. */
  delta: number;
  /** Passes over the data on average, > 0. Or `steps`. */
  epochs?: number;
  /** Number of updates. Or `epochs`. */
  steps?: number;
  /** Expected size of a batch: each example is drawn with probability batchSize / examples, and sums are divided by batchSize. */
  batchSize: number;
  /** Number of examples as the public may know it. Default: that of the data, which is then taken to be public. */
  examples?: number;
  /** The most that one example's gradient may weigh, or how to clip. Default 1. */
  clip?: ClipOptions;
  /** Default: that which a tf.layers model was compiled with. */
  loss?: LossName | PerExampleLoss;
  /** Default "adam". */
  optimizer?: "sgd" | "momentum" | "adam" | Optimizer;
  /** Default 0.1 for "sgd" and "momentum", 0.001 for "adam". */
  learningRate?: number;
  /** Rows worked on at once: batches are filled up or cut to it. Default batchSize + 3 sqrt(batchSize), at most all. It changes memory and speed, not the result. */
  physicalBatchSize?: number;
  /** Default RDP, add-or-remove-one. */
  accountant?: AccountantOptions;
  /** Default: taps where every layer has a formula, else the loop. */
  method?: "taps" | "loop";
  /** What makes steps faster: `compile`. Default: the notebook's; false for none. */
  compile?: Compiler | false;
  /** UNSAFE: batches and noise that anyone can repeat who knows it. For lessons and tests. */
  unsafeSeed?: number;
  /** Go on from here. */
  resume?: Checkpoint;
}

export const trainingOptions = [
  "epsilon", "noiseMultiplier", "delta", "epochs", "steps", "batchSize", "examples", "clip", "loss", "optimizer", "learningRate", "physicalBatchSize", "accountant", "method", "compile", "unsafeSeed", "resume",
] as const;

/** The public numbers of a training: all that the accountant needs to know. */
export interface Plan {
  readonly noiseMultiplier: number;
  readonly delta: number;
  readonly steps: number;
  readonly batchSize: number;
  readonly examples: number;
  readonly rate: number;
  readonly physicalBatchSize: number;
}

export function resolvePlan(options: TrainingOptions, rows: number): Plan {
  known(options, trainingOptions);
  const { epsilon, accountant } = options;
  const batchSize = whole({ batchSize: options.batchSize }, 1);
  const examples = whole({ examples: options.examples ?? rows }, 1);
  if (batchSize > examples) throw new RangeError(`expected batchSize <= examples (${examples}), got ${batchSize}`);
  const delta = inside({ delta: options.delta });
  if (delta >= 1 / examples) throw new RangeError(`expected delta < 1 / examples (${1 / examples}), got ${delta}: a delta like that allows to publish somebody's data`);
  if ((options.epochs === undefined) === (options.steps === undefined)) throw new TypeError(`expected epochs or steps, got ${options.epochs === undefined ? "neither" : "both"}`);
  if ((epsilon === undefined) === (options.noiseMultiplier === undefined)) throw new TypeError(`expected epsilon or noiseMultiplier, got ${epsilon === undefined ? "neither" : "both"}`);
  const steps = options.steps === undefined ? Math.ceil((positive({ epochs: options.epochs }) * examples) / batchSize) : whole({ steps: options.steps }, 1);
  const rate = batchSize / examples;
  const noiseMultiplier = epsilon === undefined ? nonNegative({ noiseMultiplier: options.noiseMultiplier }) : calibrate({ find: "noiseMultiplier", epsilon, delta, rate, steps, ...(accountant && { accountant }) }).value;
  const physical = options.physicalBatchSize ?? Math.ceil(batchSize + 3 * Math.sqrt(batchSize));
  return Object.freeze({ noiseMultiplier, delta, steps, batchSize, examples, rate, physicalBatchSize: Math.max(1, Math.min(whole({ physicalBatchSize: physical }, 1), rows)) });
}

/** The noise on the gradients, that on the count, and what a step is to the accountant. */
export interface StepNoise {
  readonly gradient: number;
  readonly count: number;
  readonly event: PrivacyEvent;
}

/** With adaptive clipping both noises together weigh as much as `noiseMultiplier` alone would (Andrew et al. 2021, theorem 1). */
export function stepNoise({ noiseMultiplier, rate, batchSize }: Plan, { adaptive }: Clip): StepNoise {
  if (!adaptive || noiseMultiplier === 0) return { gradient: noiseMultiplier, count: 0, event: poissonSampled({ rate, event: gaussian({ noiseMultiplier }) }) };
  const countNoise = adaptive.countNoise ?? Math.max(batchSize / 20, noiseMultiplier);
  if (2 * countNoise <= noiseMultiplier) throw new RangeError(`expected clip.countNoise > noiseMultiplier / 2 (${noiseMultiplier / 2}), got ${countNoise}`);
  // Rounded up, so that both together are never less noise than was asked for.
  const gradient = ((noiseMultiplier ** -2 - (2 * countNoise) ** -2) ** -0.5) * (1 + 1e-12);
  return { gradient, count: countNoise, event: poissonSampled({ rate, event: adaptiveClipping({ noiseMultiplier: gradient, countNoise }) }) };
}

export function resolveOptimizer({ optimizer = "adam", learningRate }: TrainingOptions): Optimizer {
  if (typeof optimizer !== "string") {
    if (!(optimizer instanceof tf.Optimizer)) throw new TypeError(`expected optimizer to be a name or one of tf.train, got ${shown(optimizer)}`);
    if (learningRate !== undefined) throw new TypeError("expected no learningRate beside an optimizer that has one");
    return optimizer;
  }
  oneOf({ optimizer }, ["sgd", "momentum", "adam"]);
  const rate = positive({ learningRate: learningRate ?? (optimizer === "adam" ? 0.001 : 0.1) });
  return optimizer === "adam" ? tf.train.adam(rate) : optimizer === "sgd" ? tf.train.sgd(rate) : tf.train.momentum(rate, 0.9);
}

export function resolveLossName(model: Trainable, { loss }: TrainingOptions): LossName | PerExampleLoss {
  const found = loss ?? (model as LayersModel).loss;
  if (typeof found !== "string" && typeof found !== "function") throw new TypeError(`expected loss, or a model compiled with one, got ${shown(found)}`);
  return found as LossName | PerExampleLoss;
}
