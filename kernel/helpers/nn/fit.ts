import * as tf from "@tensorflow/tfjs";
import { shown } from "../arguments.js";
import { prepare } from "./training/prepare.js";
import { checkOptions, type FitOptions } from "./training/options.js";
import type { FitData } from "./training/data.js";
import type { FitModel } from "./training/model.js";
import type { FitResult } from "./training/result.js";
import { runTraining } from "./training/run.js";

/**
 * Train a model by mini-batches: shuffled, watched live, judged on held-out rows, stopped early where asked, each step compiled where the engine can.
 * What is random is seeded. The model and the optimiser are the caller's and stay.
 *
 * Interrupted, the model has the weights of that moment and `nn.historyOf(model)` the history. With a `checkpoint` a training that was killed goes on where it stood: with the same
 * weights, bit for bit, where `compile` is false and the model draws no random numbers of its own; compiled, up to rounding.
 *
 * @param model a `tf.LayersModel`, or `{ predict, variables }`
 * @param data x and y, tensors whose first axis are the rows; or a function that gives the batches of an epoch (see `nn.batches`)
 * @throws `expected y with 4 rows like x, got 3`; `expected loss to be finite, got NaN in epoch 2: lower the learning rate or look at the data (batch 3, step 13; the model has the weights of step 0 again)`
 * @example
 * const w = tf.variable(tf.zeros([1, 1]));
 * const line = { predict: (x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, w as never), variables: [w] };
 * const { history } = await nn.fit(line, { x: tf.tensor2d([[1], [2], [3], [4]]), y: tf.tensor2d([[2], [4], [6], [8]]) }, { loss: tf.losses.meanSquaredError, optimizer: tf.train.sgd(0.05), epochs: 40, progress: false });
 * history.loss.length // 40
 * w.dataSync()[0] // 2.00
 */
export async function fit(model: FitModel, data: FitData, options: FitOptions): Promise<FitResult> {
  if (typeof options !== "object" || options === null) throw new TypeError(`expected options with a loss, got ${shown(options)}`);
  checkOptions(options);
  const optimizer = options.optimizer ?? tf.train.adam(0.001);
  try {
    const prepared = await prepare(model, data, options, optimizer);
    try {
      return await runTraining(prepared);
    } finally {
      prepared.dispose();
    }
  } finally {
    if (!options.optimizer) optimizer.dispose();
  }
}
