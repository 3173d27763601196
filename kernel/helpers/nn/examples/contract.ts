/** What a class may be called. */
export type Label = string | number | boolean;

/** Rows to predict: rows of numbers (plain or typed), or records that have the model's features by name. */
export type Rows = readonly ArrayLike<number>[] | readonly object[];

/** Examples as rows of numbers with one answer each. */
export interface MatrixExamples<Y = Label> {
  /** n rows of equally many finite numbers. */
  x: readonly ArrayLike<number>[];
  /** The answer of each row. */
  y: ArrayLike<Y>;
  /** Names of the columns; default `x0`, `x1`, ... */
  features?: readonly string[];
  /** How much each row counts, >= 0; default 1. */
  weights?: ArrayLike<number>;
}

/** Examples as the rows of a table: which columns are asked, which one is the answer. */
export interface TableExamples {
  rows: readonly object[];
  features: readonly string[];
  /** The column that is to be predicted. */
  target: string;
  weights?: ArrayLike<number>;
}

export type Examples<Y = Label> = MatrixExamples<Y> | TableExamples;

/** Rows without answers: for clusters and components. */
export type Points = readonly ArrayLike<number>[] | { rows: readonly object[]; features: readonly string[] };

type Widened<Y> = Y extends number ? number : Y extends boolean ? boolean : Y;

/** The type of the labels in examples, so that `predict` gives back what `y` or the target column holds. */
export type LabelOf<D> = D extends { y: ArrayLike<infer Y> } ? Extract<Widened<Y>, Label> : D extends { rows: readonly (infer Row)[]; target: infer Key } ? (Key extends keyof Row ? Extract<Widened<Row[Key]>, Label> : Label) : Label;

/** A fitted classifier. `predict` and `predictProba` need no `this`: give them to `explain` and `fairness` as they are. */
export interface Classifier<Y extends Label = Label> {
  /** In the order of the columns of `predictProba`: numbers and names ascending, false before true. */
  readonly classes: readonly Y[];
  readonly features: readonly string[];
  /** The most probable class of each row; the first of equals. */
  readonly predict: (rows: Rows) => Y[];
  /** Probabilities, a row an example, a column a class; each row sums to 1. */
  readonly predictProba: (rows: Rows) => number[][];
}

/** A fitted model of numbers. */
export interface Regressor {
  readonly features: readonly string[];
  readonly predict: (rows: Rows) => number[];
}
