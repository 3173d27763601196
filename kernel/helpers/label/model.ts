import { shown } from "../arguments.js";

/** A tensor, told by what it can do: this room needs no TensorFlow to read one. */
interface TensorLike {
  readonly shape: readonly number[];
  dataSync(): ArrayLike<number>;
  dispose?(): void;
}

/** Probabilities of the classes: a row an item. */
export type Probabilities = readonly ArrayLike<number>[] | TensorLike;

/** Anything that predicts: a function from items to probabilities, or an object with `predict`, such as a TensorFlow.js model. May be async. */
export type Model<Items> = ((items: Items) => Probabilities | Promise<Probabilities>) | { predict(items: any): unknown };

/**
 * Probabilities that a model gives for items: a row an item, a number a class. A tensor that the model returns is read and disposed.
 * A single column p is taken as the probability of the second of two classes: rows [1 - p, p].
 *
 * @param items whatever the model takes: rows, a tensor, ...
 * @throws `expected model to be a function or to have predict, got 3`; `expected rows of probabilities that sum to 1, got 1.4 in row 0`.
 * @example
 * await label.predictProbabilities([1, 3], { model: (x) => x.map((v) => [1 / (1 + v), v / (1 + v)]) }) // [[0.5, 0.5], [0.25, 0.75]]
 */
export async function predictProbabilities<Items>(items: Items, { model }: { model: Model<Items> }): Promise<number[][]> {
  const ask = typeof model === "function" ? model : typeof model?.predict === "function" ? (input: Items) => model.predict(input) : undefined;
  if (!ask) throw new TypeError(`expected model to be a function or to have predict, got ${shown(model)}`);
  const answer = (await ask(items)) as Probabilities;
  try {
    return readProbabilities(answer, "probabilities");
  } finally {
    if (isTensor(answer)) answer.dispose?.();
  }
}

const isTensor = (value: unknown): value is TensorLike => typeof value === "object" && value !== null && "dataSync" in value;

/** Rows of probabilities, checked: finite, 0 to 1, each row summing to 1 within 1e-3 (32-bit softmax). */
export function readProbabilities(given: Probabilities, name: string): number[][] {
  const rows = isTensor(given) ? fromTensor(given, name) : given;
  if (!Array.isArray(rows) || rows.length === 0) throw new RangeError(`expected ${name} with at least one row, got ${Array.isArray(rows) ? "none" : shown(rows)}`);
  const width = rows[0].length;
  return rows.map((row: ArrayLike<number>, i: number) => {
    if (row === null || typeof row !== "object" || row.length !== width || width === 0) throw new RangeError(`expected ${width} numbers in row ${i} of ${name}, got ${shown(row)}`);
    const values = width === 1 ? [1 - row[0]!, row[0]!] : Array.from(row);
    const wrong = values.find((p) => !(p >= -1e-9 && p <= 1 + 1e-6));
    if (wrong !== undefined) throw new RangeError(`expected probabilities from 0 to 1 in row ${i} of ${name}, got ${wrong}`);
    const sum = values.reduce((total, p) => total + p, 0);
    if (Math.abs(sum - 1) > 1e-3) throw new RangeError(`expected rows of ${name} that sum to 1, got ${Number(sum.toPrecision(6))} in row ${i}`);
    return values;
  });
}

function fromTensor(tensor: TensorLike, name: string): number[][] {
  if (tensor.shape.length !== 2) throw new RangeError(`expected ${name} of shape [items, classes], got [${tensor.shape.join(", ")}]`);
  const data = tensor.dataSync();
  const width = tensor.shape[1]!;
  return Array.from({ length: tensor.shape[0]! }, (_, i) => Array.from({ length: width }, (_, k) => data[i * width + k]!));
}

/** Rows of finite numbers of one width. */
export function readPoints(points: readonly ArrayLike<number>[], name: string): Float64Array[] {
  if (!Array.isArray(points) || points.length === 0) throw new RangeError(`expected ${name} with at least one row, got none`);
  const width = points[0].length;
  return points.map((row: ArrayLike<number>, i: number) => {
    if (row.length !== width) throw new RangeError(`expected ${width} numbers in row ${i} of ${name}, got ${row.length}`);
    const values = Float64Array.from(row as number[]);
    const wrong = values.findIndex((v) => !Number.isFinite(v));
    if (wrong >= 0) throw new RangeError(`expected finite numbers in row ${i} of ${name}, got ${values[wrong]} in column ${wrong}`);
    return values;
  });
}

export function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k]! - b[k]!) ** 2;
  return sum;
}
