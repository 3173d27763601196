import type { Tree } from "../../explain/tree/contract.js";
import type { Classifier, Label, Regressor } from "../examples/contract.js";

/** A grown tree as plain data, in the layout of `explain` (so `explain.treeShap(model.tree, ...)` takes it), with what the training rows looked like in each node. */
export interface GrownTree extends Tree {
  /** Impurity of each node: Gini, entropy in bits, or mean squared error. */
  readonly impurity: readonly number[];
  /** Training rows in each node. In a forest a row that was drawn twice is one row here and two in `cover`. */
  readonly samples: readonly number[];
}

/** Classification: `value` holds the shares of the classes. */
export interface ClassTree extends GrownTree {
  readonly value: readonly (readonly number[])[];
}

/** Regression: `value` holds the mean of the answers. */
export interface MeanTree extends GrownTree {
  readonly value: readonly number[];
}

/** When a tree stops asking. */
export interface TreeLimits {
  /** Questions from the root to a leaf, at most. Default: no limit. */
  maxDepth?: number;
  /** Rows that a node needs to be split. Default 2. */
  minSamplesSplit?: number;
  /** Rows that each side of a split keeps, at least. Default 1. */
  minSamplesLeaf?: number;
  /** What a split must lower the impurity by: the node's share of the weight times (impurity - weighted impurity of its sides). Default 0. */
  minImpurityDecrease?: number;
  /** Cost-complexity pruning: each leaf costs this much impurity. See `pruningPath`. Default 0, nothing pruned. */
  ccpAlpha?: number;
}

interface TreeFacts {
  /** Gini, entropy or squared error. */
  readonly criterion: "gini" | "entropy" | "squaredError";
  /** Questions on the longest way. */
  readonly depth: number;
  readonly leaves: number;
  /** How much of the fall of impurity each feature brought, summing to 1 (all 0 where nothing was asked). Biased towards features with many values. */
  readonly importances: readonly number[];
}

export interface DecisionTree<Y extends Label = Label> extends Classifier<Y>, TreeFacts {
  readonly tree: ClassTree;
}

export interface RegressionTree extends Regressor, TreeFacts {
  readonly tree: MeanTree;
}

interface ForestFacts {
  readonly importances: readonly number[];
  /** Judged by the trees that did not see a row: share of right classes, or R2. Undefined without `bootstrap` or where no row was left out. */
  readonly outOfBagScore?: number;
  /** Rows that at least one tree had left out. */
  readonly outOfBagRows: number;
}

export interface RandomForest<Y extends Label = Label> extends Classifier<Y>, ForestFacts {
  readonly trees: readonly ClassTree[];
}

export interface RegressionForest extends Regressor, ForestFacts {
  readonly trees: readonly MeanTree[];
}
