import type * as tf from "@tensorflow/tfjs";
import { shown } from "../../arguments.js";
import { isLayersModel, pick, predictor, type Predictor } from "../model/predictor.js";
import type { DifferentiableModel } from "./contract.js";

export interface Differentiable {
  predict: Predictor;
  /** Gradient of the chosen output at each row, rows x width. */
  gradient(flat: Float64Array, rows: number): Promise<Float64Array>;
}

/** Rows at once through a network: gradients keep every layer's values. */
const atOnce = 64;

export function differentiable(model: DifferentiableModel, width: number, output: number | undefined): Differentiable {
  if (isLayersModel(model)) return { predict: predictor(model, width, output), gradient: (flat, rows) => layersGradient(model, flat, rows, width, output) };
  if (typeof model?.predict !== "function" || typeof model.gradient !== "function") throw new TypeError(`expected model to be a LayersModel or { predict, gradient }, got ${shown(model)}`);
  return {
    predict: predictor(model.predict, width, output),
    async gradient(flat, rows) {
      const given = await model.gradient(Array.from({ length: rows }, (_, row) => Array.from(flat.subarray(row * width, (row + 1) * width))));
      if (given?.length !== rows) throw new RangeError(`expected gradient to give ${rows} rows, got ${shown(given)}`);
      const values = new Float64Array(rows * width);
      for (let row = 0; row < rows; row++) {
        if (given[row].length !== width) throw new RangeError(`expected gradient rows of ${width} numbers, got ${given[row].length} in row ${row}`);
        values.set(given[row], row * width);
      }
      return values;
    },
  };
}

async function layersGradient(model: tf.LayersModel, flat: Float64Array, rows: number, width: number, output: number | undefined): Promise<Float64Array> {
  const { grad, tensor, tidy } = await import("@tensorflow/tfjs");
  const shape = model.inputs[0].shape.slice(1).map(Number);
  const column = pick(output, model.outputs[0].shape.slice(1).reduce((a: number, b) => a * Number(b), 1));
  const values = new Float64Array(rows * width);
  for (let from = 0; from < rows; from += atOnce) {
    const count = Math.min(atOnce, rows - from);
    const slope = tidy(() => grad((x: tf.Tensor) => (model.apply(x, { training: false }) as tf.Tensor).reshape([count, -1]).slice([0, column], [count, 1]).sum())(
      tensor(new Float32Array(flat.subarray(from * width, (from + count) * width)), [count, ...shape])));
    try {
      values.set(await slope.data(), from * width);
    } finally {
      slope.dispose();
    }
  }
  return values;
}
