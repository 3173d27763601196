import * as tf from "@tensorflow/tfjs";
import { say } from "../../../display/language.js";
import { fraction, known, nonNegative, positive, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import { attach } from "./adapter.js";
import { allocator, BudgetOptimizer } from "./budget.js";
import { normalMatrix, type LoraOptions } from "./lora.js";
import { adapt, type LowRankModel } from "./model.js";
import { budgetTable } from "./schedule.js";
import { showLowRank } from "./show.js";
import type { AdaptableModel } from "./targets.js";

export interface AdaLoraOptions extends Omit<LoraOptions, "rank"> {
  /** Optimiser steps of the whole training. */
  totalSteps: number;
  /** Mean rank of a weight at the end; default 4. */
  rank?: number;
  /** Rank of every weight at the beginning; default one and a half times the rank, rounded up. */
  initialRank?: number;
  /** First steps, in which all ranks stay; default a tenth. */
  warmup?: number;
  /** Last steps, in which the choice stays; default three tenths. */
  cooldown?: number;
  /** Ranks are cut every so many steps in between; default 10. */
  every?: number;
  /** Of the running means of importance and of its uncertainty; default 0.85 each. */
  beta1?: number;
  beta2?: number;
  /** Weight of the penalty that keeps p and q orthogonal; default 0.1. */
  orthogonality?: number;
}

export interface AdaLoraModel extends LowRankModel {
  /** The loss with the orthogonality penalty: `loss: tuned.loss(text.crossEntropy)`. */
  loss(base: (truth: tf.Tensor, predicted: tf.Tensor) => tf.Tensor): (truth: tf.Tensor, predicted: tf.Tensor) => tf.Tensor;
  /** The optimiser that also shares out the ranks: `optimizer: tuned.optimizer(tf.train.adam(0.01))`. The one inside stays the caller's. */
  optimizer(inner: tf.Optimizer): tf.Optimizer;
  /** Sum over all adapters of the squared distances of pᵀp and q qᵀ from the identity. A tensor. */
  penalty(): tf.Scalar;
  /** How many ranks each weight has now: lambdas that are not 0. All 0 before the first step. */
  ranks(): Readonly<Record<string, number>>;
}

/**
 * AdaLoRA: as `lora`, but the change of a weight is p · diag(lambda) · q, like a singular value decomposition, and during training the
 * ranks that matter least, over all weights, lose their lambda: weights that need more keep more. p [in, rank], lambda [rank], q [rank, out].
 *
 * Train it with its own `loss` and `optimizer`, for `totalSteps` steps.
 *
 * @throws as `lora`; `expected initialRank >= rank 4, got 2`; `expected warmup and cooldown of less than totalSteps 10 together, got 5 and 5`
 * @see Zhang et al. (2023), "AdaLoRA: Adaptive budget allocation for parameter-efficient fine-tuning"; schedule and importance as `peft.AdaLoraModel`
 * @example
 * const gpt = text.decoder({ vocabSize: 10, positions: 8, width: 8, heads: 2, layers: 1 });
 * const tuned = text.adalora(gpt, { totalSteps: 100, rank: 2 });
 * tuned.counts.trainable // 102
 * tuned.remove();
 */
export function adalora(model: AdaptableModel, options: AdaLoraOptions): AdaLoraModel {
  known(options, ["targets", "rank", "initialRank", "alpha", "dropout", "alsoTrain", "seed", "totalSteps", "warmup", "cooldown", "every", "beta1", "beta2", "orthogonality"]);
  const rank = whole({ rank: options.rank ?? 4 }, 1);
  const initialRank = whole({ initialRank: options.initialRank ?? Math.ceil(1.5 * rank) }, 1);
  if (initialRank < rank) throw new RangeError(`expected initialRank >= rank ${rank}, got ${initialRank}`);
  const totalSteps = whole({ totalSteps: options.totalSteps }, 1);
  const alpha = positive({ alpha: options.alpha ?? 2 * initialRank });
  const dropout = fraction({ dropout: options.dropout ?? 0 });
  const weight = nonNegative({ orthogonality: options.orthogonality ?? 0.1 });
  const [beta1, beta2] = [fraction({ beta1: options.beta1 ?? 0.85 }), fraction({ beta2: options.beta2 ?? 0.85 })];
  const timing = { totalSteps, warmup: options.warmup ?? Math.floor(totalSteps / 10), cooldown: options.cooldown ?? Math.floor((3 * totalSteps) / 10), every: options.every ?? 10 };
  budgetTable({ initial: initialRank, target: rank, ...timing });
  const draw = random(options.seed ?? 0);
  const { model: adapted, adapters } = adapt(model, { targets: options.targets, alsoTrain: options.alsoTrain }, (one) => {
    const [width, out] = one.kernel.shape as [number, number];
    if (initialRank > Math.min(width, out)) throw new RangeError(`expected initialRank <= ${Math.min(width, out)}, the smaller side of ${one.name}, got ${initialRank}`);
    const [p, q] = [normalMatrix(draw, width, initialRank, 0.02), normalMatrix(draw, initialRank, out, 0.02)];
    const lambda = tf.tidy(() => tf.variable(tf.zeros([initialRank])));
    const [left, right] = [p, q] as unknown as [tf.Tensor2D, tf.Tensor2D];
    return attach(one, { parts: { p, lambda, q }, apply: (rows) => tf.matMul(tf.mul(tf.matMul(rows, left), lambda) as tf.Tensor2D, right), delta: () => tf.matMul(tf.mul(left, lambda) as tf.Tensor2D, right) }, alpha / initialRank, dropout);
  });
  const sharing = allocator(adapters, budgetTable({ initial: initialRank * adapters.length, target: rank * adapters.length, ...timing }), { beta1, beta2 });

  const penalty = (): tf.Scalar => tf.tidy(() => tf.addN(adapters.flatMap(({ parts }) => {
    const [p, q] = [parts["p"], parts["q"]] as unknown as [tf.Tensor2D, tf.Tensor2D];
    const away = (product: tf.Tensor2D): tf.Tensor => tf.sum(tf.square(tf.sub(product, tf.eye(initialRank))));
    return [away(tf.matMul(p, p, true)), away(tf.matMul(q, q, false, true))];
  }))) as tf.Scalar;
  const ranks = (): Readonly<Record<string, number>> => Object.freeze(Object.fromEntries(adapters.map(({ name, parts }) => [name, Array.from(parts["lambda"]!.dataSync()).filter((value) => value !== 0).length])));

  const self: AdaLoraModel = Object.defineProperties({} as AdaLoraModel, {
    ...Object.getOwnPropertyDescriptors(adapted),
    penalty: { value: penalty, enumerable: true },
    ranks: { value: ranks, enumerable: true },
    loss: { enumerable: true, value: (base: (truth: tf.Tensor, predicted: tf.Tensor) => tf.Tensor) => (truth: tf.Tensor, predicted: tf.Tensor) => tf.add(tf.mean(base(truth, predicted)), tf.mul(penalty(), weight)) },
    optimizer: { value: (inner: tf.Optimizer) => new BudgetOptimizer(inner, sharing), enumerable: true },
    remove: {
      enumerable: true,
      value: () => {
        adapted.remove();
        sharing.dispose();
      },
    },
  });
  return showLowRank(self, say(`AdaLoRA, rank ${initialRank} to ${rank}, alpha ${alpha}`, `AdaLoRA，秩从 ${initialRank} 到 ${rank}，alpha ${alpha}`), () => Object.fromEntries(Object.entries(ranks()).map(([name, count]) => [name, say(`${count} ranks`, `秩 ${count}`)])));
}
