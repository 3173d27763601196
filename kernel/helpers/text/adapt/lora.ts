import * as tf from "@tensorflow/tfjs";
import { say } from "../../../display/language.js";
import { fraction, known, positive, whole } from "../../arguments.js";
import { random, type Random } from "../../data/random.js";
import { attach } from "./adapter.js";
import { adapt, type LowRankModel } from "./model.js";
import { showLowRank } from "./show.js";
import type { AdaptableModel, Targets } from "./targets.js";

export interface LoraOptions {
  /** Which dense weights get an adapter. Default: a transformer's queries and values, as in the paper; of other models all dense weights. */
  targets?: Targets;
  /** Width of the bottleneck; default 4. */
  rank?: number;
  /** The change is scaled by alpha / rank; default 2 times the rank. */
  alpha?: number;
  /** Rate of dropout on what goes into the adapters, in training; default 0. */
  dropout?: number;
  /** Weights that are trained as they are, such as a new head: `["head"]`. Default: none. */
  alsoTrain?: Targets;
  /** Of the first weights; default 0. */
  seed?: number;
}

export const normalMatrix = (draw: Random, rows: number, columns: number, deviation: number): tf.Variable =>
  tf.tidy(() => tf.variable(tf.tensor2d(Float32Array.from({ length: rows * columns }, () => draw.normal() * deviation), [rows, columns])));

/**
 * LoRA: the weights of a model stay, and each chosen matrix W [in, out] gets a trained change of low rank, W + alpha / rank · A B with
 * A [in, rank] and B [rank, out]. B begins at 0, so the model begins as it was. Works on this room's transformers, on models of your own
 * that multiply through `text.linear`, and on the dense layers of a `tf.LayersModel`.
 *
 * @returns a model for `nn.fit`, with `counts`, `merge`, `unmerge`, `save` (the adapters alone), `load`, `remove`. The model itself is
 *   changed until `remove()`: its own `predict` goes through the adapters too
 * @throws `unknown targets: "x" (known: ...)`; `expected rank to be a whole number >= 1, got 0`; a weight that has an adapter; when it runs, a weight that the model does not multiply by through `text.linear`
 * @see Hu et al. (2022), "LoRA: Low-rank adaptation of large language models"; as `peft.LoraModel`
 * @example
 * const gpt = text.decoder({ vocabSize: 10, positions: 8, width: 8, heads: 2, layers: 1 });
 * const tuned = text.lora(gpt, { targets: ["query", "value"], rank: 2 });
 * tuned.counts.trainable // 64
 * tuned.remove();
 */
export function lora(model: AdaptableModel, options: LoraOptions = {}): LowRankModel {
  known(options, ["targets", "rank", "alpha", "dropout", "alsoTrain", "seed"]);
  const rank = whole({ rank: options.rank ?? 4 }, 1);
  const alpha = positive({ alpha: options.alpha ?? 2 * rank });
  const dropout = fraction({ dropout: options.dropout ?? 0 });
  const draw = random(options.seed ?? 0);
  const { model: adapted } = adapt(model, { targets: options.targets, alsoTrain: options.alsoTrain }, (weight) => {
    const [width, out] = weight.kernel.shape as [number, number];
    if (rank > Math.min(width, out)) throw new RangeError(`expected rank <= ${Math.min(width, out)}, the smaller side of ${weight.name}, got ${rank}`);
    const a = normalMatrix(draw, width, rank, 1 / Math.sqrt(width));
    const b = tf.tidy(() => tf.variable(tf.zeros([rank, out])));
    const [left, right] = [a, b] as unknown as [tf.Tensor2D, tf.Tensor2D];
    return attach(weight, { parts: { a, b }, apply: (rows) => tf.matMul(tf.matMul(rows, left), right), delta: () => tf.matMul(left, right) }, alpha / rank, dropout);
  });
  return showLowRank(adapted, say(`LoRA, rank ${rank}, alpha ${alpha}`, `LoRA，秩 ${rank}，alpha ${alpha}`));
}
