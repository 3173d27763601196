import type * as tf from "@tensorflow/tfjs";

/**
 * Anything that predicts: rows of numbers in, a number or a list of numbers (one per class) a row out; at once or as a promise.
 * The rows are lent for the time of the call: a function that keeps them must copy them.
 */
export type PredictFunction = (rows: number[][]) => Answers | Promise<Answers>;
export type Answers = ArrayLike<number> | readonly ArrayLike<number>[];

/** A function, or a model of TensorFlow.js layers with one input and one output. */
export type Model = PredictFunction | tf.LayersModel;

/** Which of the model's outputs is explained. */
export interface OutputOption {
  /** Index of the output (class), from 0. Needed where the model gives several values a row. */
  output?: number;
}

export interface NamesOption {
  /** Names of the columns; default `x0`, `x1`, ... */
  names?: readonly string[];
}
