import * as tf from "@tensorflow/tfjs";
import { known, shown, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import type { Batch } from "./data.js";

type Numbers = number | ArrayLike<number>;

/** One example as plain numbers; `shape` says how many numbers of x make a row of more than one axis. */
export interface DataRow {
  readonly x: Numbers;
  readonly y: Numbers;
}

/** Rows that are read as they are needed: one after another, or by their numbers. */
export type DataRows = (() => Iterable<DataRow> | AsyncIterable<DataRow>) | { readonly rows: number; read(rows: readonly number[]): readonly DataRow[] | Promise<readonly DataRow[]> };

export interface BatchesOptions {
  /** Default 32. */
  batchSize?: number;
  /** Order of the rows, another in each epoch; default 1. `false`: as they come. */
  seed?: number | false;
  /** Rows that come one after another are drawn from so many held at once; default 1024. */
  buffer?: number;
  /** Of one row of x; default as many numbers as it has, one after another. */
  shape?: readonly number[];
}

/**
 * Batches of data that memory does not hold, for `nn.fit`: rows are read when their turn comes. Rows by number are shuffled as a whole; rows in a stream through a buffer, so
 * that two rows further apart than the buffer hardly change their order.
 *
 * @param rows a function that gives the rows one after another, or `{ rows, read }` that reads rows by number
 * @returns a function of the epoch (from 1) that gives an async iterator of `{ x, y }`; tensors are the receiver's to dispose, as `nn.fit` does
 * @throws `expected rows of 3 numbers in x, got 2 in row 7`
 * @example
 * const source = nn.batches(() => [{ x: [1, 2], y: 3 }, { x: [4, 5], y: 6 }, { x: [7, 8], y: 9 }], { batchSize: 2, seed: false });
 * const seen: number[][] = [];
 * for await (const { x, y } of source(1)) seen.push([...x.dataSync(), ...y.dataSync()]);
 * seen // [[1, 2, 4, 5, 3, 6], [7, 8, 9]]
 */
export function batches(rows: DataRows, options: BatchesOptions = {}): (epoch: number) => AsyncGenerator<Batch> {
  known(options, ["batchSize", "seed", "buffer", "shape"]);
  const size = whole({ batchSize: options.batchSize ?? 32 }, 1);
  const buffer = whole({ buffer: options.buffer ?? 1024 }, 1);
  const { seed = 1, shape } = options;
  if (typeof rows !== "function" && (typeof rows !== "object" || rows === null || typeof rows.read !== "function")) throw new TypeError(`expected rows to be a function or { rows, read }, got ${shown(rows)}`);
  if (typeof rows !== "function") whole({ rows: rows.rows }, 1);
  return async function* (epoch) {
    // Of an epoch alone, so that any of them can be made again.
    const draw = seed === false ? undefined : random(seed * 65_537 + epoch);
    let at = 0;
    let waiting: DataRow[] = [];
    const pack = (some: readonly DataRow[]): Batch => {
      const first = at;
      at += some.length;
      return tf.tidy(() => ({ x: packed(some, "x", first, shape), y: packed(some, "y", first) })) as Batch;
    };
    if (typeof rows !== "function") {
      const all = Array.from({ length: rows.rows }, (_, row) => row);
      const order = draw ? draw.shuffle(all) : all;
      for (let start = 0; start < order.length; start += size) yield pack(await rows.read(order.slice(start, start + size)));
      return;
    }
    for await (const row of draw ? mixed(rows(), buffer, draw) : rows()) {
      waiting.push(row);
      if (waiting.length < size) continue;
      yield pack(waiting);
      waiting = [];
    }
    if (waiting.length > 0) yield pack(waiting);
  };
}

async function* mixed(rows: Iterable<DataRow> | AsyncIterable<DataRow>, buffer: number, draw: { integer(low: number, high: number): number }): AsyncGenerator<DataRow> {
  const held: DataRow[] = [];
  for await (const row of rows) {
    if (held.length < buffer) {
      held.push(row);
      continue;
    }
    const place = draw.integer(0, buffer - 1);
    yield held[place]!;
    held[place] = row;
  }
  while (held.length > 0) {
    const place = draw.integer(0, held.length - 1);
    yield held[place]!;
    held[place] = held.at(-1)!;
    held.pop();
  }
}

function packed(rows: readonly DataRow[], name: "x" | "y", first: number, shape?: readonly number[]): tf.Tensor {
  const lists = rows.map((row) => (typeof row?.[name] === "number" ? [row[name] as number] : (row?.[name] as ArrayLike<number> | undefined)));
  const width = shape ? shape.reduce((product, side) => product * side, 1) : (lists[0]?.length ?? 0);
  const values = new Float32Array(rows.length * width);
  lists.forEach((list, at) => {
    if (list === undefined || list.length !== width) throw new RangeError(`expected rows of ${width} numbers in ${name}, got ${list === undefined ? "none" : list.length} in row ${first + at}`);
    values.set(list, at * width);
  });
  return tf.tensor(values, [rows.length, ...(shape ?? [width])]);
}
