import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "@tensorflow/tfjs";
import { known, oneOf, shown, whole } from "../../arguments.js";
import { showAs } from "../../label/show.js";
import { compiled } from "../../compiled.js";
import type { FitData } from "./data.js";
import { lossOf, type Loss } from "./losses.js";
import { parts, type FitModel } from "./model.js";
import type { Precision } from "./precision/formats.js";
import { sourceOf } from "./prepare.js";
import { createSteps } from "./step.js";

export interface EvaluateOptions {
  loss?: Loss;
  metrics?: Readonly<Record<string, (truth: Tensor, predicted: Tensor) => Tensor>>;
  /** Default 256. */
  batchSize?: number;
  /** As in `nn.fit`: judged as a 16-bit unit would. */
  precision?: Precision;
}

/**
 * Loss and metrics of a model on data, in batches: means over all rows (of a metric: over batches, weighted by their rows).
 *
 * @param data `{ x, y }`, or a function that gives batches
 * @returns figures by name, and the number of rows
 * @throws `expected loss or metrics, got neither`
 * @example
 * const half = { predict: (x: tf.Tensor) => tf.mul(x, 0.5), variables: [] };
 * await nn.evaluate(half, { x: tf.tensor2d([[2], [4]]), y: tf.tensor2d([[1], [3]]) }, { loss: "meanSquaredError" }) // { loss: 0.5, rows: 2 }
 */
export async function evaluate(model: FitModel, data: FitData, options: EvaluateOptions): Promise<Readonly<Record<string, number>>> {
  known(options, ["loss", "metrics", "batchSize", "precision"]);
  const { loss, metrics = {}, batchSize = 256, precision } = options;
  whole({ batchSize }, 1);
  if (precision !== undefined) oneOf({ precision }, ["bfloat16", "float16"]);
  const names = [...(loss === undefined ? [] : ["loss"]), ...Object.keys(metrics)];
  if (names.length === 0) throw new TypeError("expected loss or metrics, got neither");
  const steps = createSteps({
    model: parts(model), optimizer: undefined as never, loss: loss === undefined ? () => tf.scalar(0) : lossOf(loss), metrics: Object.values(metrics), clip: {}, weightDecay: 0, accumulate: 1, compile: true, ...(precision && { precision }),
  });
  const sums = names.map(() => 0);
  let rows = 0;
  try {
    for await (const batch of sourceOf(data, batchSize, "data").epoch(1, 0)) {
      const figures = tf.tidy(() => {
        const { x, y, weights } = batch.make();
        return steps.judge(x, y, weights) as never;
      }) as unknown as number[];
      batch.release();
      rows += batch.rows;
      (loss === undefined ? figures.slice(1) : figures).forEach((value, at) => (sums[at]! += value * batch.rows));
    }
  } finally {
    steps.dispose();
  }
  const figures: Record<string, number> = { ...Object.fromEntries(names.map((name, at) => [name, sums[at]! / rows])), rows };
  return showAs(figures, () => [figures]);
}

/**
 * A model's answers for all rows, computed in batches so that memory holds them.
 *
 * @param x rows along the first axis
 * @param options batchSize, default 256
 * @returns a tensor with a row for each of x; the caller's to dispose
 * @throws `expected x with at least one row, got shape [0,3]`
 * @example
 * const half = { predict: (x: tf.Tensor) => tf.mul(x, 0.5), variables: [] };
 * Array.from(nn.predict(half, tf.tensor2d([[2], [4], [6]]), { batchSize: 2 }).dataSync()) // [1, 2, 3]
 */
export function predict(model: FitModel, x: Tensor, options: { batchSize?: number } = {}): Tensor {
  known(options, ["batchSize"]);
  const size = whole({ batchSize: options.batchSize ?? 256 }, 1);
  if (!(x instanceof tf.Tensor)) throw new TypeError(`expected x to be a tensor, got ${shown(x)}`);
  const rows = x.shape[0] ?? 0;
  if (rows === 0) throw new RangeError(`expected x with at least one row, got shape [${x.shape}]`);
  const own = parts(model);
  const step = compiled((batch: Tensor) => tf.clone(own.predict(batch, false)), { name: "nn.predict" });
  try {
    return tf.tidy(() => tf.concat(Array.from({ length: Math.ceil(rows / size) }, (_, at) => step(tf.slice(x, at * size, Math.min(size, rows - at * size)))), 0));
  } finally {
    step.dispose?.();
  }
}
