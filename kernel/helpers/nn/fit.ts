import * as tf from "@tensorflow/tfjs";
import { fraction, known, nonNegative, shown, whole } from "../arguments.js";
import { compiled } from "../compiled.js";
import { random } from "../data/random.js";
import { progress as progressView } from "../train/progress.js";
import { earlyStop } from "./early-stop.js";

/** Anything that turns a batch into predictions, and the variables to train. A `tf.LayersModel` is one. */
export type FitModel = tf.LayersModel | { predict(x: tf.Tensor, training: boolean): tf.Tensor; variables: tf.Variable[] };

export interface FitOptions {
  /** Mean loss of a batch from truth and prediction. */
  loss(truth: tf.Tensor, predicted: tf.Tensor): tf.Tensor;
  /** Default `tf.train.adam(0.001)`. */
  optimizer?: tf.Optimizer;
  /** Default 10. */
  epochs?: number;
  /** Default 32; the last batch of an epoch may be smaller. */
  batchSize?: number;
  /** More figures to report after each epoch, by name. */
  metrics?: Readonly<Record<string, (truth: tf.Tensor, predicted: tf.Tensor) => tf.Tensor>>;
  /** Part of the rows, from the end, that is only judged on; default 0. */
  validation?: number;
  /** Stop when the validation loss (or, without one, the loss) has not fallen by `minDelta` for `patience` epochs. */
  earlyStopping?: { patience?: number; minDelta?: number };
  /** Order of the rows; another in each epoch. Default 1; `false`: as they are. */
  seed?: number | false;
  /** Told after each epoch; `false` ends the training. */
  onEpoch?(epoch: number, figures: Readonly<Record<string, number>>): unknown;
  /** Compile the step where the engine can; default true. `"xla"`, `"auto"`: see `compile`. */
  compile?: boolean | "xla" | "auto";
  /** Show it; default true. */
  progress?: boolean;
}

export interface FitResult {
  /** Figures after each epoch: `loss`, the metrics, and with `validation` the same with `val_` before. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly epochs: number;
  /** Why it ended before its last epoch. */
  readonly stopped?: "early" | "asked";
}

const names = ["loss", "optimizer", "epochs", "batchSize", "metrics", "validation", "earlyStopping", "seed", "onEpoch", "compile", "progress"];

/**
 * Train a model by mini-batches: shuffled, watched live, judged on held-out rows, stopped early where asked, each step compiled where the engine can.
 * What is random is seeded. The model and the optimiser are the caller's and stay.
 *
 * @param model a `tf.LayersModel`, or `{ predict, variables }`
 * @param data x and y, tensors whose first axis are the rows
 * @throws `expected y with 4 rows like x, got 3`; `expected loss to be finite, got NaN in epoch 2: lower the learning rate or look at the data`; the model then has the weights of that moment
 * @example
 * const w = tf.variable(tf.zeros([1, 1]));
 * const line = { predict: (x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, w as never), variables: [w] };
 * const { history } = await nn.fit(line, { x: tf.tensor2d([[1], [2], [3], [4]]), y: tf.tensor2d([[2], [4], [6], [8]]) }, { loss: tf.losses.meanSquaredError, optimizer: tf.train.sgd(0.05), epochs: 40, progress: false });
 * history.loss.length // 40
 * w.dataSync()[0] // 2.00
 */
export async function fit(model: FitModel, data: { x: tf.Tensor; y: tf.Tensor }, options: FitOptions): Promise<FitResult> {
  known(options, names);
  const { loss, epochs = 10, batchSize = 32, metrics = {}, validation = 0, seed = 1, onEpoch, compile = true } = options;
  if (typeof loss !== "function") throw new TypeError(`expected loss to be a function of truth and prediction, got ${shown(loss)}`);
  whole({ epochs }, 1);
  whole({ batchSize }, 1);
  fraction({ validation });
  const rows = data.x.shape[0]!;
  if (data.y.shape[0] !== rows) throw new RangeError(`expected y with ${rows} rows like x, got ${String(data.y.shape[0])}`);
  const held = Math.round(rows * validation);
  const training = rows - held;
  if (training < 1) throw new RangeError(`expected at least 1 row to train on, got ${training} of ${rows} with validation ${validation}`);
  const { predict, variables } = parts(model);
  const optimizer = options.optimizer ?? tf.train.adam(0.001);
  const stop = options.earlyStopping && earlyStop({ patience: whole({ patience: options.earlyStopping.patience ?? 3 }, 1), minDelta: nonNegative({ minDelta: options.earlyStopping.minDelta ?? 0 }) });
  const draw = seed === false ? undefined : random(seed);

  const figuresOf = (y: tf.Tensor, predicted: tf.Tensor): tf.Tensor[] => Object.values(metrics).map((metric) => tf.mean(metric(y, predicted)));
  const step = (x: tf.Tensor, y: tf.Tensor): tf.Tensor[] => {
    let figures: tf.Tensor[] = [];
    const cost = optimizer.minimize(() => {
      const predicted = predict(x, true);
      figures = figuresOf(y, predicted).map((figure) => tf.keep(figure));
      return tf.mean(loss(y, predicted)) as tf.Scalar;
    }, true, variables)!;
    return [cost, ...figures];
  };
  const judge = (x: tf.Tensor, y: tf.Tensor): tf.Tensor[] => {
    const predicted = predict(x, false);
    return [tf.mean(loss(y, predicted)), ...figuresOf(y, predicted)];
  };
  const wrap = (work: typeof step, name: string) => (compile === false ? work : compiled(work, { name, xla: compile === "xla" ? true : compile === "auto" ? "auto" : false }));
  const [trainStep, judgeStep] = [wrap(step, "nn.fit"), wrap(judge, "nn.fit, validation")];

  const labels = ["loss", ...Object.keys(metrics)];
  const history: Record<string, number[]> = {};
  const view = options.progress === false ? undefined : progressView({ epochs, title: "Training" });
  let stopped: FitResult["stopped"];
  let done = 0;
  try {
    while (done < epochs && !stopped) {
      const order = draw ? draw.shuffle(Array.from({ length: training }, (_, row) => row)) : undefined;
      const figures = average(labels, eachBatch(data, 0, training, batchSize, order, trainStep));
      done += 1;
      if (!Number.isFinite(figures["loss"])) throw new RangeError(`expected loss to be finite, got ${figures["loss"]} in epoch ${done}: lower the learning rate or look at the data`);
      const judged = held > 0 ? average(labels.map((label) => `val_${label}`), eachBatch(data, training, rows, batchSize, undefined, judgeStep)) : {};
      const all = { ...figures, ...judged };
      for (const [name, value] of Object.entries(all)) (history[name] ??= []).push(value);
      view?.step(all);
      if (onEpoch && (await onEpoch(done, all)) === false) stopped = "asked";
      else if (stop?.(all["val_loss"] ?? all["loss"]!)) stopped = "early";
      // A front end wants to show what happened.
      await tf.nextFrame();
    }
  } finally {
    view?.done();
    for (const one of [trainStep, judgeStep]) (one as { dispose?(): void }).dispose?.();
    if (!options.optimizer) optimizer.dispose();
  }
  return Object.freeze({ history: Object.freeze(history), epochs: done, ...(stopped && { stopped }) });
}

function parts(model: FitModel): { predict(x: tf.Tensor, training: boolean): tf.Tensor; variables: tf.Variable[] } {
  if ("variables" in model) return model;
  return {
    predict: (x, training) => model.apply(x, { training }) as tf.Tensor,
    variables: model.trainableWeights.map((weight) => weight.read() as tf.Variable),
  };
}

/** Figures of each batch with its number of rows; tensors are read and let go. */
function* eachBatch({ x, y }: { x: tf.Tensor; y: tf.Tensor }, from: number, to: number, size: number, order: number[] | undefined, step: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor[]): Generator<{ rows: number; figures: number[] }> {
  for (let start = from; start < to; start += size) {
    const rows = Math.min(size, to - start);
    const figures = tf.tidy(() => {
      const take = (tensor: tf.Tensor): tf.Tensor => (order ? tf.gather(tensor, tf.tensor1d(order.slice(start, start + rows), "int32")) : tf.slice(tensor, start, rows));
      const tensors = step(take(x), take(y));
      const values = tensors.map((tensor) => tensor.dataSync()[0]!);
      // Metrics were kept past the gradient's scope.
      tf.dispose(tensors);
      return values as never;
    }) as unknown as number[];
    yield { rows, figures };
  }
}

/** Means over all rows, by name. */
function average(labels: readonly string[], batches: Iterable<{ rows: number; figures: number[] }>): Record<string, number> {
  const sums = labels.map(() => 0);
  let total = 0;
  for (const { rows, figures } of batches) {
    total += rows;
    figures.forEach((value, at) => (sums[at]! += value * rows));
  }
  return Object.fromEntries(labels.map((label, at) => [label, sums[at]! / total]));
}
