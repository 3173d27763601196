import type { Id, Ratings } from "../ratings/contract.js";

/** Anything that says how much a user would like an item. */
export interface Recommender {
  readonly kind: string;
  /** What it has learnt from; its users and items are the ones it knows. */
  readonly train: Ratings;
  /** One number; for explicit methods on the scale of the ratings. */
  predict(user: Id, item: Id): number;
  /** For all items in their order. */
  scores(user: Id): Float64Array;
}

/** A recommender of vectors: score = mean + userBias + itemBias + dot product. */
export interface FactorModel extends Recommender {
  readonly factors: number;
  readonly mean: number;
  readonly userBias: Float64Array;
  readonly itemBias: Float64Array;
  /** A vector a user, one after another. */
  readonly userFactors: Float64Array;
  readonly itemFactors: Float64Array;
  /** After each epoch: what the method makes small. */
  readonly loss: readonly number[];
}

export interface FactorOptions {
  /** Length of the vectors; default 16. */
  factors?: number;
  /** Passes; default 20. */
  epochs?: number;
  /** Of the first vectors and of the order. Default 1. */
  seed?: number;
  /** Vectors to start from, users x factors and items x factors one after another; default small random ones. */
  start?: { readonly userFactors: ArrayLike<number>; readonly itemFactors: ArrayLike<number> };
}
