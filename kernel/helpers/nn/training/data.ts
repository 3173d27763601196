import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "@tensorflow/tfjs";
import { shown } from "../../arguments.js";
import type { Random } from "../../data/random.js";

/** A batch: tensors whose first axis are the rows, and a weight of each row where there are weights. */
export interface Batch {
  x: Tensor;
  y: Tensor;
  weights?: Tensor;
}

/** Called once an epoch (from 1): its batches. What it yields is disposed after use. */
export type BatchSource = (epoch: number) => Iterable<Batch> | AsyncIterable<Batch>;

/** Rows in memory, or a function that gives the batches of an epoch: for more rows than memory holds. */
export type FitData = { x: Tensor; y: Tensor } | BatchSource;

/** A batch that is made when its turn comes, inside a scope that disposes it. */
export interface Pending {
  rows: number;
  make(): Batch;
  /** For tensors that somebody else made. */
  release(): void;
}

export interface Source {
  /** In an epoch; undefined where only its end tells. */
  batches?: number;
  epoch(number: number, skip: number): Iterable<Pending> | AsyncIterable<Pending>;
}

/** @throws `expected y with 4 rows like x, got 3` */
export function rowsOf({ x, y }: { x: Tensor; y: Tensor }): number {
  if (!(x instanceof tf.Tensor) || !(y instanceof tf.Tensor) || x.rank === 0 || y.rank === 0) throw new TypeError(`expected data to be { x, y } of tensors with rows, or a function that gives batches, got ${x instanceof tf.Tensor && y instanceof tf.Tensor ? "a scalar" : shown(x instanceof tf.Tensor ? y : x)}`);
  const rows = x.shape[0]!;
  if (y.shape[0] !== rows) throw new RangeError(`expected y with ${rows} rows like x, got ${String(y.shape[0])}`);
  return rows;
}

/** Rows `from` up to `to` of tensors, in an order that `draw` gives anew for each epoch. */
export function fromTensors({ x, y, weights }: Batch, { from, to, size, draw }: { from: number; to: number; size: number; draw?: Random }): Source {
  let drawn = 0;
  let order: number[] | undefined;
  return {
    batches: Math.ceil((to - from) / size),
    *epoch(number, skip) {
      // An epoch that is gone on with has the order that it began with.
      for (; draw && drawn < number; drawn++) order = draw.shuffle(Array.from({ length: to - from }, (_, row) => from + row));
      for (let start = from + skip * size; start < to; start += size) {
        const rows = Math.min(size, to - start);
        const take = (tensor: Tensor): Tensor => (order ? tf.gather(tensor, tf.tensor1d(order.slice(start - from, start - from + rows), "int32")) : tf.slice(tensor, start, rows));
        yield { rows, make: () => ({ x: take(x), y: take(y), ...(weights && { weights: take(weights) }) }), release: () => {} };
      }
    },
  };
}

export function fromFunction(source: BatchSource, name = "data"): Source {
  return {
    async *epoch(number, skip) {
      let at = 0;
      for await (const batch of source(number)) {
        at += 1;
        const release = (): void => void tf.dispose([batch.x, batch.y, batch.weights].filter(Boolean) as never);
        if (at <= skip) release();
        else yield { rows: rowsOf(batch), make: () => batch, release };
      }
      if (at === 0) throw new RangeError(`expected ${name} to give at least one batch, got none in epoch ${number}`);
    },
  };
}
