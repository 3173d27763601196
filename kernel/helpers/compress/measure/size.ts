import { gzipSync } from "fflate";
import type * as tf from "@tensorflow/tfjs";
import { showAs } from "../../label/show.js";
import type { FitModel } from "../../nn/training/model.js";
import { isLayersModel } from "../../explain/model/predictor.js";
import { variablesOf } from "../model/weights.js";

export interface ModelSize {
  readonly parameters: number;
  /** Of them trained. */
  readonly trainable: number;
  readonly zeros: number;
  /** Bytes in memory and on disk: 4 a number, and the description of the layers where there is one. */
  readonly bytes: number;
  /** The same through gzip, as a web server sends it. */
  readonly gzipped: number;
}

/**
 * How large a model is, each variable once. What a packed model takes: `exportModel(model, ...).bytes`.
 *
 * @throws `expected model to be a LayersModel or { predict, variables }, got ...`
 * @example
 * const w = tf.variable(tf.zeros([100, 10]));
 * compress.modelSize({ predict: (x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, w as never), variables: [w] }) // { parameters: 1000, trainable: 1000, zeros: 1000, bytes: 4000 }
 */
export function modelSize(model: FitModel): ModelSize {
  const all = variablesOf(model);
  const described = isLayersModel(model) ? new TextEncoder().encode(JSON.stringify((model as tf.LayersModel).toJSON(undefined, false))) : new Uint8Array(0);
  const parts = all.map(({ variable }) => {
    const values = variable.dataSync();
    return new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
  });
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, described.length));
  joined.set(described);
  let at = described.length;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  const sum = (of: (one: tf.Variable) => number) => all.reduce((total, { variable }) => total + of(variable), 0);
  const result: ModelSize = {
    parameters: sum(({ size }) => size),
    trainable: sum(({ size, trainable }) => (trainable ? size : 0)),
    zeros: sum((variable) => variable.dataSync<"float32">().reduce((count: number, value) => count + (value === 0 ? 1 : 0), 0)),
    bytes: joined.length,
    gzipped: gzipSync(joined, { level: 6 }).length,
  };
  return showAs(result, () => [result]);
}
