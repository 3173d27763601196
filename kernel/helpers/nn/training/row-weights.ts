import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor1D } from "@tensorflow/tfjs";
import { allFinite, shown } from "../../arguments.js";

/** A weight of each class by its number; or "balanced": rows / (classes x rows of the class), as scikit-learn has it. */
export type ClassWeights = readonly number[] | Readonly<Record<number, number>> | "balanced";

/** The class of each row: from one-hot rows the largest, from one number a row that number. */
export async function classesOf(y: Tensor): Promise<{ classes: Int32Array; count: number }> {
  const oneHot = y.rank === 2 && y.shape[1]! > 1;
  if (y.rank > 2 || y.rank === 0) throw new RangeError(`expected y as class numbers or one-hot rows for class weights, got shape [${y.shape}]`);
  const found = tf.tidy(() => (oneHot ? tf.argMax(y, 1) : tf.reshape(y, [-1])));
  const values = await found.data();
  found.dispose();
  const odd = oneHot ? -1 : values.findIndex((value) => !Number.isInteger(value) || value < 0);
  if (odd >= 0) throw new RangeError(`expected whole class numbers in y for class weights, got ${values[odd]} at row ${odd}`);
  const classes = Int32Array.from(values);
  return { classes, count: oneHot ? y.shape[1]! : classes.reduce((most, value) => Math.max(most, value), -1) + 1 };
}

/** @throws `expected a weight of class 2 in classWeights (known: 0, 1)`; `expected rows of class 2 for balanced class weights, got none` */
export function weightsOfClasses(weights: ClassWeights, classes: Int32Array, count: number): Float32Array {
  if (weights === "balanced") {
    const rows = new Float64Array(count);
    for (const one of classes) rows[one]!++;
    const empty = rows.indexOf(0);
    if (empty >= 0) throw new RangeError(`expected rows of class ${empty} for balanced class weights, got none`);
    return Float32Array.from(classes, (one) => classes.length / (count * rows[one]!));
  }
  if (typeof weights !== "object" || weights === null) throw new TypeError(`expected classWeights to be weights by class or "balanced", got ${shown(weights)}`);
  for (const [name, weight] of Object.entries(weights)) if (!(weight >= 0) || !Number.isFinite(weight)) throw new RangeError(`expected classWeights >= 0, got ${shown(weight)} for class ${name}`);
  return Float32Array.from(classes, (one, row) => {
    const weight = (weights as Record<number, number>)[one];
    if (weight === undefined) throw new RangeError(`expected a weight of class ${one} (row ${row}) in classWeights, got those of ${Object.keys(weights).join(", ")}`);
    return weight;
  });
}

/** Weights of rows as a tensor of the caller's; undefined for none. */
export function sampleTensor(sampleWeights: ArrayLike<number> | Tensor | undefined, rows: number): Tensor1D | undefined {
  if (sampleWeights === undefined) return undefined;
  const values = sampleWeights instanceof tf.Tensor ? (sampleWeights.dataSync() as Float32Array) : Float32Array.from(sampleWeights);
  if (values.length !== rows) throw new RangeError(`expected sampleWeights of length ${rows} like x, got ${values.length}`);
  const odd = allFinite({ sampleWeights: values }).findIndex((value) => value < 0);
  if (odd >= 0) throw new RangeError(`expected sampleWeights >= 0, got ${values[odd]} at index ${odd}`);
  return tf.tensor1d(values);
}
