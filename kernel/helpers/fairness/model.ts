import * as tf from "@tensorflow/tfjs";
import { shown } from "../arguments.js";
import type { Rows } from "./rows.js";

/** Anything that predicts: a TensorFlow.js model, one of ours, or a function of rows. */
export type Model = tf.LayersModel | { predict(rows: number[][]): ArrayLike<number> | Promise<ArrayLike<number>> } | ((rows: number[][]) => ArrayLike<number> | Promise<ArrayLike<number>>);

/** A prediction for each row. A TensorFlow.js model with one output gives that number; with several, the place of the greatest. */
export async function predictAll(model: Model, rows: Rows): Promise<Float64Array> {
  const table = rows.map((row) => Array.from(row));
  const given = typeof model === "function" ? await model(table) : isTensorModel(model) ? await fromTensors(model, table) : typeof (model as { predict?: unknown } | null)?.predict === "function" ? await model.predict(table) : undefined;
  if (given === undefined || typeof given.length !== "number") throw new TypeError(`expected model as a function of rows or an object with predict, giving a number a row, got ${shown(given ?? model)}`);
  if (given.length !== rows.length) throw new RangeError(`expected ${rows.length} predictions from model, one a row, got ${given.length}`);
  const predictions = Float64Array.from(given);
  for (let i = 0; i < predictions.length; i++) if (!Number.isFinite(predictions[i])) throw new RangeError(`expected finite predictions from model, got ${predictions[i]} in row ${i}`);
  return predictions;
}

const isTensorModel = (model: Model): model is tf.LayersModel => typeof model === "object" && model !== null && "predict" in model && "inputs" in model && "outputs" in model;

async function fromTensors(model: tf.LayersModel, table: number[][]): Promise<ArrayLike<number>> {
  const output = tf.tidy(() => {
    const predicted = model.predict(tf.tensor2d(table)) as tf.Tensor;
    const wide = predicted.rank > 1 && predicted.shape[predicted.rank - 1] > 1;
    return wide ? predicted.argMax(-1) : predicted.flatten();
  });
  try {
    return await output.data();
  } finally {
    output.dispose();
  }
}
