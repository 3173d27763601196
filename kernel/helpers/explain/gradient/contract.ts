import type * as tf from "@tensorflow/tfjs";
import type { PredictFunction } from "../model/contract.js";

/** A model of layers, or a prediction with its gradient: for each row, what one more of each column adds (of the one output). */
export type DifferentiableModel = tf.LayersModel | { predict: PredictFunction; gradient: (rows: number[][]) => readonly ArrayLike<number>[] | Promise<readonly ArrayLike<number>[]> };

/** Rows of numbers, or a tensor [examples, ...shape]: read, not disposed. */
export type Examples = readonly ArrayLike<number>[] | { shape: readonly number[]; dataSync(): ArrayLike<number> | ArrayLike<string> };

/** A number for every number that went in. */
export interface InputAttributions {
  /** Of one example, as `x` had it: [columns], or [height, width, channels]. */
  readonly shape: readonly number[];
  /** One flat list an example. */
  readonly values: readonly (readonly number[])[];
  readonly predictions: readonly number[];
}
