import type * as tf from "@tensorflow/tfjs";
import { shown } from "../../arguments.js";
import type { Answers, Model } from "./contract.js";

/** Predictions of the chosen output for `rows` rows that stand one after the other in `flat`. */
export type Predictor = (flat: Float64Array, rows: number) => Promise<Float64Array>;

/** Rows of one call of the model: enough that the call costs little, few enough that they stay in the processor's cache. */
export const batchRows = 4096;

export const isLayersModel = (model: unknown): model is tf.LayersModel =>
  typeof model === "object" && model !== null && typeof (model as tf.LayersModel).apply === "function" && Array.isArray((model as tf.LayersModel).inputs);

/** The model as one kind of function, its answers checked. The answer's buffer is used again by the next call. */
export function predictor(model: Model, width: number, output: number | undefined): Predictor {
  if (isLayersModel(model)) return layersPredictor(model, width, output);
  if (typeof model !== "function") throw new TypeError(`expected model to be a function or a LayersModel, got ${shown(model)}`);
  let answers = new Float64Array(0);
  const pool: number[][] = [];
  return async (flat, rows) => {
    if (answers.length < rows) answers = new Float64Array(rows);
    for (let from = 0; from < rows; from += batchRows) {
      const count = Math.min(batchRows, rows - from);
      lend(pool, flat, from, count, width);
      take(await model(pool.length === count ? pool : pool.slice(0, count)), answers, from, count, output);
    }
    return answers;
  };
}

function lend(pool: number[][], flat: Float64Array, from: number, count: number, width: number): void {
  while (pool.length < count) pool.push(Array.from({ length: width }, () => 0.5));
  let at = from * width;
  for (let row = 0; row < count; row++) {
    const cells = pool[row];
    for (let column = 0; column < width; column++) cells[column] = flat[at++];
  }
}

function take(given: Answers, answers: Float64Array, from: number, count: number, output: number | undefined): void {
  if (given === null || typeof given !== "object" || given.length !== count) {
    throw new RangeError(`expected model to give ${count} predictions, one a row, got ${shown(given)}`);
  }
  const several = typeof given[0] !== "number";
  if (several) pick(output, (given[0] as ArrayLike<number> | undefined)?.length ?? 0);
  else pick(output, 1);
  for (let row = 0; row < count; row++) {
    const value = several ? (given[row] as ArrayLike<number>)[output ?? 0] : (given[row] as number);
    if (!Number.isFinite(value)) throw new RangeError(`expected finite predictions from model, got ${shown(value)} at row ${from + row}`);
    answers[from + row] = value;
  }
}

/** The index of the output that is explained, checked against how many there are. */
export function pick(output: number | undefined, outputs: number): number {
  if (output === undefined && outputs === 1) return 0;
  if (output === undefined || !Number.isInteger(output) || output < 0 || output >= outputs) {
    throw new RangeError(`expected output from 0 to ${outputs - 1} (the model gives ${outputs} values a row), got ${String(output)}`);
  }
  return output;
}

/** TensorFlow is only loaded here: whoever has such a model has it already. */
function layersPredictor(model: tf.LayersModel, width: number, output: number | undefined): Predictor {
  const shape = model.inputs[0].shape.slice(1).map(Number);
  const size = shape.reduce((a, b) => a * b, 1);
  if (size !== width) throw new RangeError(`expected rows of ${size} numbers like the model's input [${shape.join(", ")}], got ${width}`);
  let answers = new Float64Array(0);
  return async (flat, rows) => {
    const { tensor, tidy } = await import("@tensorflow/tfjs");
    if (answers.length < rows) answers = new Float64Array(rows);
    for (let from = 0; from < rows; from += batchRows) {
      const count = Math.min(batchRows, rows - from);
      const given = tidy(() => (model.predict(tensor(new Float32Array(flat.subarray(from * width, (from + count) * width)), [count, ...shape])) as tf.Tensor).reshape([count, -1]));
      try {
        const outputs = given.shape[1]!;
        const column = pick(output, outputs);
        const values = await given.data();
        for (let row = 0; row < count; row++) {
          const value = values[row * outputs + column];
          if (!Number.isFinite(value)) throw new RangeError(`expected finite predictions from model, got ${value} at row ${from + row}`);
          answers[from + row] = value;
        }
      } finally {
        given.dispose();
      }
    }
    return answers;
  };
}
