import { say } from "../../../../display/language.js";
import { known } from "../../../arguments.js";
import { displaySymbol } from "../../../../display/contract.js";
import { progress } from "../../../train/progress.js";
import { statement, type Statement } from "../../accounting/statement/statement.js";
import type { AccountantOptions } from "../../accounting/contract.js";
import type { Trainable } from "../model/network.js";
import type { Checkpoint } from "./checkpoint.js";
import { trainingOptions, type TrainingOptions } from "./options.js";
import { training, type PrivateTraining, type TrainingData } from "./training.js";

export interface FitOptions extends TrainingOptions {
  /** Show loss and epsilon live. Default true. */
  progress?: boolean;
  /** After each update; true ends the training early (with what was spent until then). */
  onStep?: (training: PrivateTraining) => boolean | void;
  /** The most examples that one person may have in the data; for the statement. Default 1. */
  recordsPerUser?: number;
  /** Of the statement. Default "en". */
  language?: "en" | "zh";
}

export interface Fitted {
  /** Spent, at `delta`. */
  readonly epsilon: number;
  readonly delta: number;
  readonly noiseMultiplier: number;
  /** Updates made. */
  readonly steps: number;
  readonly batchSize: number;
  readonly examples: number;
  /** The chance of each example to be in a batch. */
  readonly rate: number;
  /** At the end. */
  readonly clipNorm: number;
  /** What a model card should say. */
  readonly statement: Statement;
  /** Everything needed to train on. */
  readonly checkpoint: Checkpoint;
  /** From the data without noise: for your eyes, not for publication. */
  readonly unsafe: { readonly losses: readonly number[] };
}

/** Trainings that did not come to their end, by model: what they spent is not forgotten. */
const unfinished = new WeakMap<Trainable, { training: PrivateTraining; data: TrainingData; told: string }>();

/** The options that make a training the same one. */
const told = ({ progress: _progress, onStep: _onStep, resume: _resume, compile: _compile, optimizer, ...rest }: FitOptions): string =>
  JSON.stringify({ ...rest, optimizer: typeof optimizer === "object" ? optimizer.getConfig() : optimizer }, (_key, value: unknown) => (typeof value === "function" ? String(value) : value));

/**
 * Trains a model so that it hardly depends on any one example: DP-SGD (Abadi et al. 2016), or DP-Adam. (epsilon, delta)-differential privacy, add-or-remove-one,
 * for the final weights and all before them. The noise is found from epsilon; batches are Poisson samples; noise and samples come from the system's secure source.
 *
 * Covered: the weights. Not covered: the live loss, `unsafe`, choosing among several trainings by their results, and the number of examples (give `examples` where it is secret).
 * Noise is float32 from `privacy.random.normals`: see there for what that leaves open.
 * If it is interrupted, the same call with the same model goes on where it stopped.
 *
 * @param model a tf.LayersModel, changed in place, or the result of `privacy.tapped`. Layers without a formula are handled one example at a time, with a warning; batch normalisation is refused.
 * @param data `{ x, y }`: tensors, one row an example
 * @param options epsilon or noiseMultiplier; delta, below 1 / examples; epochs or steps; batchSize; clip (default 1); loss (default the compiled model's); optimizer ("adam") and learningRate; and more
 * @returns what was spent and done, the privacy statement, a checkpoint
 * @throws `expected batchSize <= examples (100), got 200`; `expected epsilon or noiseMultiplier, got neither`
 * @example
 * const x = tf.randomNormal([200, 2], 0, 1, "float32", 7), y = x.slice([0, 0], [200, 1]).greater(0).toFloat();
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, activation: "sigmoid", inputShape: [2] })] });
 * const fitted = await privacy.fit(model, { x, y }, { loss: "binaryCrossentropy", epsilon: 3, delta: 1e-4, epochs: 5, batchSize: 20, optimizer: "sgd", progress: false });
 * fitted.steps // 50
 * fitted.epsilon <= 3 // true
 */
export async function fit(model: Trainable, data: TrainingData, options: FitOptions): Promise<Fitted> {
  known(options, [...trainingOptions, "progress", "onStep", "recordsPerUser", "language"]);
  const { progress: shown = true, onStep, recordsPerUser, language, ...rest } = options;
  const left = unfinished.get(model);
  const same = left !== undefined && !options.resume && left.told === told(options) && left.data.x === data.x && left.data.y === data.y;
  if (left && !same && !options.resume) console.warn(`An earlier private training of this model stopped after ${left.training.done} steps; what it spent is not part of the new one's epsilon.`);
  const run = same ? left.training : await training(model, data, rest);
  unfinished.set(model, { training: run, data: { ...data }, told: told(options) });
  const losses = await loop(run, shown, onStep);
  const result = await report(run, losses, { recordsPerUser, language, accountant: options.accountant });
  unfinished.delete(model);
  run.dispose();
  return result;
}

/** Lets others have their turn (the page, an interrupt) this often, in milliseconds. */
const turn = 50;

async function loop(run: PrivateTraining, shown: boolean, onStep: FitOptions["onStep"]): Promise<number[]> {
  const view = shown ? progress({ steps: run.plan.steps, title: say("Private training", "差分隐私训练") }) : undefined;
  for (let step = 0; step < run.done; step++) view?.step();
  const losses: number[] = [];
  let rested = performance.now();
  while (run.done < run.plan.steps) {
    run.step();
    losses.push(run.unsafeLoss);
    view?.step({ loss: losses.at(-1)!, epsilon: run.epsilon });
    if (onStep?.(run) === true) break;
    if (performance.now() - rested < turn) continue;
    await new Promise((resume) => setTimeout(resume, 0));
    rested = performance.now();
  }
  view?.done();
  return losses;
}

async function report(run: PrivateTraining, losses: readonly number[], given: { recordsPerUser: number | undefined; language: "en" | "zh" | undefined; accountant: AccountantOptions | undefined }): Promise<Fitted> {
  const { plan } = run;
  const { noiseMultiplier, delta, batchSize, examples, rate } = plan;
  const words = statement({
    examples, batchSize, steps: run.done, noiseMultiplier, delta,
    ...(given.recordsPerUser !== undefined && { recordsPerUser: given.recordsPerUser }), ...(given.language && { language: given.language }), ...(given.accountant && { accountant: given.accountant }),
  });
  const fitted: Fitted = {
    epsilon: run.epsilon, delta, noiseMultiplier, steps: run.done, batchSize, examples, rate, clipNorm: run.clipNorm, statement: words, checkpoint: await run.checkpoint(), unsafe: Object.freeze({ losses: Object.freeze(losses) }),
  };
  Object.defineProperty(fitted, displaySymbol, { value: () => ({ "text/markdown": words.text, "text/plain": words.text }) });
  return Object.freeze(fitted);
}
