/** A user or an item, by name or number. */
export type Id = string | number;

/** One rating as it is written. */
export interface RatingRow {
  readonly user: Id;
  readonly item: Id;
  /** How much the user liked or used it; default 1: seen, bought, clicked. */
  readonly value?: number;
  /** When, in any unit that grows. */
  readonly time?: number;
}

/** Ratings as plain data: sorted by user, the entries of user u from `offsets[u]` to `offsets[u + 1] - 1`. */
export interface Ratings {
  readonly users: readonly Id[];
  readonly items: readonly Id[];
  /** Length users + 1. */
  readonly offsets: Int32Array;
  /** Index of the user of each entry, and so on. */
  readonly user: Int32Array;
  readonly item: Int32Array;
  readonly value: Float64Array;
  /** Undefined where no row has a time. */
  readonly time: Float64Array | undefined;
}
