import * as tf from "@tensorflow/tfjs";
import type { Optimizer, Tensor } from "@tensorflow/tfjs";
import { random } from "../../data/random.js";
import { earlyStop, type EarlyStop } from "../early-stop.js";
import { checkpoints, type Checkpoints, type Plan } from "./checkpoint/progress.js";
import { fromFunction, fromTensors, rowsOf, type FitData, type Source } from "./data.js";
import { lossOf } from "./losses.js";
import { parts, type FitModel, type Parts } from "./model.js";
import type { FitOptions } from "./options.js";
import { lossScale, type LossScale } from "./precision/scale.js";
import { classesOf, sampleTensor, weightsOfClasses } from "./row-weights.js";
import { createSteps, type Steps } from "./step.js";

/** A training with everything read and checked. */
export interface Prepared {
  model: FitModel;
  parts: Parts;
  options: FitOptions;
  optimizer: Optimizer;
  epochs: number;
  training: Source;
  judged?: Source;
  steps: Steps;
  scale?: LossScale;
  stop?: EarlyStop;
  /** `loss`, and the metrics. */
  labels: readonly string[];
  checkpoints?: Checkpoints;
  dispose(): void;
}

export async function prepare(model: FitModel, data: FitData, options: FitOptions, optimizer: Optimizer): Promise<Prepared> {
  const { epochs = 10, metrics = {}, accumulate = 1, clip = {}, weightDecay = 0, precision, compile = true } = options;
  const own = parts(model);
  const loss = lossOf(options.loss);
  const scale = precision === "float16" ? lossScale(options.lossScale ?? 65536) : undefined;
  const stop = options.earlyStopping && earlyStop(options.earlyStopping);
  const { training, judged, plan, dispose } = await sources(data, options);
  const steps = createSteps({ model: own, optimizer, loss, metrics: Object.values(metrics), clip, weightDecay, accumulate, ...(precision && { precision }), ...(scale && { scale }), compile });
  return {
    model, parts: own, options, optimizer, epochs, training, ...(judged && { judged }), steps, ...(scale && { scale }), ...(stop && { stop }),
    labels: ["loss", ...Object.keys(metrics)],
    ...(options.checkpoint !== undefined && { checkpoints: checkpoints(options.checkpoint, { model: own, optimizer, plan: { ...plan, accumulate, metrics: Object.keys(metrics).join() } }) }),
    dispose() {
      steps.dispose();
      dispose();
    },
  };
}

interface Sources {
  training: Source;
  judged?: Source;
  plan: Plan;
  dispose(): void;
}

async function sources(data: FitData, options: FitOptions): Promise<Sources> {
  const { batchSize = 32, validation = 0, seed = 1, validationData } = options;
  const extra = validationData === undefined ? undefined : sourceOf(validationData, batchSize);
  if (typeof data === "function") {
    for (const name of ["validation", "classWeights", "sampleWeights"] as const) if (options[name] !== undefined && options[name] !== 0) throw new TypeError(`expected data in memory for ${name}: a function gives { x, y, weights } itself, and validationData is an option of its own`);
    return { training: fromFunction(data), ...(extra && { judged: extra }), plan: {}, dispose: () => {} };
  }
  const rows = rowsOf(data);
  const held = Math.round(rows * validation);
  const count = rows - held;
  if (count < 1) throw new RangeError(`expected at least 1 row to train on, got ${count} of ${rows} with validation ${validation}`);
  const given = sampleTensor(options.sampleWeights, rows);
  const weights = await trainingWeights(data.y, given, options);
  return {
    training: fromTensors({ ...data, ...(weights && { weights }) }, { from: 0, to: count, size: batchSize, ...(seed !== false && { draw: random(seed) }) }),
    ...(extra ? { judged: extra } : held > 0 && { judged: fromTensors({ ...data, ...(given && { weights: given }) }, { from: count, to: rows, size: batchSize }) }),
    plan: { rows, batchSize, validation, seed },
    dispose: () => tf.dispose([given, weights === given ? undefined : weights].filter(Boolean) as never),
  };
}

async function trainingWeights(y: Tensor, given: Tensor | undefined, { classWeights }: FitOptions): Promise<Tensor | undefined> {
  if (classWeights === undefined) return given;
  const { classes, count } = await classesOf(y);
  const values = weightsOfClasses(classWeights, classes, count);
  return tf.tidy(() => (given ? tf.mul(tf.tensor1d(values), given) : tf.tensor1d(values)));
}

export function sourceOf(data: FitData, size: number, name = "validationData"): Source {
  if (typeof data === "function") return fromFunction(data, name);
  return fromTensors(data, { from: 0, to: rowsOf(data), size });
}
