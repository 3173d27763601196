import type * as tf from "@tensorflow/tfjs";
import type { Variable } from "@tensorflow/tfjs";
import { fraction, known, nonNegative, oneOf, positive, shown, whole } from "../../arguments.js";
import type { EarlyStopping } from "../early-stop.js";
import type { CheckpointOptions } from "./checkpoint/progress.js";
import type { FitData } from "./data.js";
import type { Clip } from "./gradients.js";
import type { Loss } from "./losses.js";
import type { FitModel } from "./model.js";
import type { Precision } from "./precision/formats.js";
import type { FitResult } from "./result.js";
import type { ClassWeights } from "./row-weights.js";
import type { Schedule } from "./schedule/contract.js";

/** A training while it runs, for callbacks. */
export interface Training {
  readonly model: FitModel;
  readonly variables: readonly Variable[];
  /** From 1. */
  readonly epoch: number;
  /** Updates so far. */
  readonly step: number;
  readonly learningRate: number | undefined;
  readonly history: Readonly<Record<string, readonly number[]>>;
}

/** Told what happens; promises are awaited. Answering `false` ends the training after that batch or epoch. */
export interface FitCallback {
  onStart?(training: Training): unknown;
  /** After each batch, with its number in the epoch, from 1. */
  onBatch?(batch: number, figures: Readonly<Record<string, number>>, training: Training): unknown;
  onEpoch?(epoch: number, figures: Readonly<Record<string, number>>, training: Training): unknown;
  onEnd?(result: FitResult, training: Training): unknown;
  /** The training ends with this error. */
  onError?(error: unknown, training: Training): unknown;
}

export interface FitOptions {
  /** Loss of a batch from truth and prediction: a scalar, or a value for each row; or one by name (`softmaxCrossEntropy` and `sigmoidCrossEntropy` take logits). */
  loss: Loss;
  /** Default `tf.train.adam(0.001)`. */
  optimizer?: tf.Optimizer;
  /** Default 10. */
  epochs?: number;
  /** Default 32; the last batch of an epoch may be smaller. Of data in memory. */
  batchSize?: number;
  /** More figures to report after each epoch, by name. */
  metrics?: Readonly<Record<string, (truth: tf.Tensor, predicted: tf.Tensor) => tf.Tensor>>;
  /** Part of the rows, from the end, that is only judged on; default 0. Of data in memory. */
  validation?: number;
  /** Instead: other data to judge on. */
  validationData?: FitData;
  /** Stop when the validation loss (or, without one, the loss) has not fallen by `minDelta` for `patience` epochs, and go back to the best weights. */
  earlyStopping?: EarlyStopping;
  /** Order of the rows; another in each epoch. Default 1; `false`: as they are. */
  seed?: number | false;
  /** Told after each epoch; `false` ends the training. */
  onEpoch?(epoch: number, figures: Readonly<Record<string, number>>): unknown;
  /** Told of batches, epochs and the end. */
  callbacks?: readonly FitCallback[];
  /** The learning rate of each update: `nn.schedule.cosine(0.1)`. Default: the optimiser's own throughout. */
  schedule?: Schedule;
  /** How much a row counts, by its class; the mean is over rows, not over weights. Judged rows count as they are. */
  classWeights?: ClassWeights;
  /** How much each row counts, 0 or more; also where it is judged. Of data in memory. */
  sampleWeights?: ArrayLike<number> | tf.Tensor;
  /** Bound on the gradients before each update: `norm` of all together, `value` of each. */
  clip?: Clip;
  /** Adds this times the weight to each gradient (an L2 penalty, after clipping, as PyTorch's SGD and Adam); default 0. For AdamW see `nn.adamw`. */
  weightDecay?: number;
  /** Batches whose gradients make one update (their mean over rows); default 1. */
  accumulate?: number;
  /**
   * Train as a 16-bit unit would: weights, the result of every operation of the model, and gradients are rounded; loss, sums inside an operation, optimiser and master weights
   * stay float32 (Micikevicius et al. 2018). A simulation: it shows what is lost, and is slower, not faster.
   */
  precision?: Precision;
  /** First factor on the loss with `precision: "float16"`; default 65536. Halved (and the update left out) when a gradient overflows, doubled after 2,000 good updates. */
  lossScale?: number;
  /** Keep the training in a file (or by functions) as it goes on. */
  checkpoint?: string | CheckpointOptions;
  /** Go on from the checkpoint where there is one; else start. The data must be the same. Default false. */
  resume?: boolean;
  /** Ends the training after the batch at hand. */
  signal?: AbortSignal;
  /** Compile the step where the engine can; default true. `"xla"`, `"auto"`: see `compile`. */
  compile?: boolean | "xla" | "auto";
  /** Show it; default true. */
  progress?: boolean;
}

const names: readonly (keyof FitOptions)[] = [
  "loss", "optimizer", "epochs", "batchSize", "metrics", "validation", "validationData", "earlyStopping", "seed", "onEpoch", "callbacks", "schedule", "classWeights", "sampleWeights", "clip", "weightDecay",
  "accumulate", "precision", "lossScale", "checkpoint", "resume", "signal", "compile", "progress",
];

export function checkOptions(options: FitOptions): void {
  known(options, names);
  const { epochs = 10, batchSize = 32, validation = 0, clip = {}, accumulate = 1, schedule, callbacks = [] } = options;
  whole({ epochs }, 1);
  whole({ batchSize }, 1);
  fraction({ validation });
  known(clip, ["norm", "value"]);
  if (clip.norm !== undefined) positive({ "clip.norm": clip.norm });
  if (clip.value !== undefined) positive({ "clip.value": clip.value });
  nonNegative({ weightDecay: options.weightDecay ?? 0 });
  whole({ accumulate }, 1);
  if (options.precision !== undefined) oneOf({ precision: options.precision }, ["bfloat16", "float16"]);
  if (options.lossScale !== undefined) {
    positive({ lossScale: options.lossScale });
    if (options.precision !== "float16") throw new TypeError(`expected precision "float16" for lossScale, got ${shown(options.precision)}`);
  }
  if (schedule !== undefined && typeof schedule.rate !== "function") throw new TypeError(`expected schedule to be one of nn.schedule, got ${shown(schedule)}`);
  if (!Array.isArray(callbacks)) throw new TypeError(`expected callbacks to be a list, got ${shown(callbacks)}`);
  if (options.resume === true && options.checkpoint === undefined) throw new TypeError("expected checkpoint to resume from, got none");
  if (validation > 0 && options.validationData !== undefined) throw new TypeError("expected validation or validationData, got both");
}
