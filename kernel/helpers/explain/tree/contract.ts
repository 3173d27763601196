/**
 * A decision tree as plain data, one entry a node, node 0 the root; the layout of scikit-learn's `tree_` and of SHAP.
 * A row goes left where `x[feature] <= threshold`. A leaf has -1 in `left` and `right`.
 * (scikit-learn compares in 32 bits: give it rows rounded by `Math.fround` where a value may stand on a threshold.)
 */
export interface Tree {
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** What a node predicts; a number a class in classification (shares of the classes). Inner nodes' values are not used by predictions. */
  readonly value: readonly number[] | readonly (readonly number[])[];
  /** How many training rows (or how much weight) came through each node. */
  readonly cover: readonly number[];
}

/** One tree, or the trees of a forest or of boosting. */
export type Trees = Tree | readonly Tree[];

export interface TreeOptions {
  /** "mean" of the trees (forest, the default) or their "sum" (boosting). */
  aggregate?: "mean" | "sum";
  /** Index of the class where values are lists. */
  output?: number;
}
