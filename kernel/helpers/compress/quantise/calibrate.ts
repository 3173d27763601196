import * as tf from "@tensorflow/tfjs";
import { inside, known, oneOf, whole } from "../../arguments.js";
import type { GraphLayer } from "../model/chain.js";

export interface CalibrationOptions {
  /** "minmax": all that was seen. "percentile": without the outermost values, which saturate. Default "minmax". */
  method?: "minmax" | "percentile";
  /** With "percentile": the part that stays inside, default 0.9999. */
  inside?: number;
  /** Rows at a time; default 64. */
  batchSize?: number;
}

export type Range = readonly [low: number, high: number];

/** What reaches and leaves each layer when these rows go through: place 0 is the input, place i + 1 the answer of layer i. */
export function calibrate(model: tf.LayersModel, graph: readonly GraphLayer[], data: tf.Tensor, options: CalibrationOptions = {}): Range[] {
  known(options, ["method", "inside", "batchSize"]);
  const method = oneOf({ method: options.method ?? "minmax" }, ["minmax", "percentile"]);
  const part = inside({ inside: options.inside ?? 0.9999 });
  const batchSize = whole({ batchSize: options.batchSize ?? 64 }, 1);
  const rows = data.shape[0]!;
  if (rows < 1) throw new RangeError("expected at least one row to calibrate on, got none");
  const layers = graph.map(({ name }) => model.getLayer(name));
  const readers = graph.map((_, at) => graph.reduce((count, { inputs }) => count + inputs.filter((input) => input === at).length, 0));
  const seen = Array.from({ length: graph.length + 1 }, () => ({ low: Infinity, high: -Infinity, values: [] as Float32Array[] }));
  const look = (at: number, state: tf.Tensor) => {
    const values = state.dataSync<"float32">();
    for (const value of values) {
      if (!Number.isFinite(value)) throw new RangeError(`expected finite numbers ${at === 0 ? "in the calibration data" : `from ${graph[at - 1]!.name}`}, got ${value}`);
      if (value < seen[at]!.low) seen[at]!.low = value;
      if (value > seen[at]!.high) seen[at]!.high = value;
    }
    if (method === "percentile") seen[at]!.values.push(values.slice());
  };
  for (let from = 0; from < rows; from += batchSize) {
    tf.tidy(() => {
      const start = tf.slice(data, from, Math.min(batchSize, rows - from)) as tf.Tensor;
      const states: tf.Tensor[] = [];
      const left = [...readers];
      look(0, start);
      graph.forEach(({ inputs }, at) => {
        const given = inputs.map((input) => (input === -1 ? start : states[input]!));
        states[at] = layers[at]!.apply(given.length === 1 ? given[0]! : given, { training: false }) as tf.Tensor;
        look(at + 1, states[at]);
        // A deep network would not fit otherwise.
        for (const input of inputs) if (input >= 0 && --left[input]! === 0 && states[input]!.dataId !== states[at].dataId) states[input]!.dispose();
      });
    });
  }
  return seen.map(({ low, high, values }) => (method === "minmax" ? [low, high] : middle(values, part)));
}

function middle(parts: readonly Float32Array[], part: number): Range {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const values of parts) {
    all.set(values, at);
    at += values.length;
  }
  all.sort();
  const off = Math.floor(((1 - part) / 2) * all.length);
  return [all[off]!, all[all.length - 1 - off]!];
}
