import { known } from "../../arguments.js";
import type { Examples, Label, LabelOf } from "../examples/contract.js";
import { argmaxRows, toRows, type ClassWeight } from "../examples/labels.js";
import { readRows } from "../examples/read.js";
import { shownBy } from "../show.js";
import type { DecisionTree, TreeLimits } from "./contract.js";
import { drawing } from "./draw.js";
import { addPredictions, importances, plainTree, shapeOf, type FlatTree } from "./flat.js";
import { grow } from "./grow.js";
import { limitNames, readLimits } from "./options.js";
import { classProblem, rowsWithWeight } from "./problem.js";
import { pruned } from "./prune.js";

export interface DecisionTreeOptions extends TreeLimits {
  /** Impurity: "gini" (1 - sum of squared shares, the default) or "entropy" (in bits). */
  criterion?: "gini" | "entropy";
  /** "balanced", or a factor a class by name. Default: every row counts alike. */
  classWeight?: ClassWeight;
  /** The classes in the order wanted; each needs an example. Default: those found, ascending. */
  classes?: readonly Label[];
}

export const treeOptionNames = [...limitNames, "criterion", "classWeight", "classes"] as const;

/**
 * A decision tree for classes: the question `x <= threshold` that lowers the impurity most, again and again (CART). All thresholds between two values are tried;
 * of equally good ones the first feature's lowest is taken, so that no seed is needed. It draws itself; `plotTree` draws the way of one example, `treeRules` says it in words.
 *
 * Source: Breiman, Friedman, Olshen, Stone (1984). The same trees as scikit-learn's `DecisionTreeClassifier`, which breaks ties by chance, compares in 32 bits and takes values within 1e-7 for equal.
 *
 * @param data `{ x, y }` with rows of numbers, or `{ rows, features, target }`; optional `weights`
 * @throws `expected at least two classes in y, got only "a"`; `expected finite numbers in x, got NaN in row 3, column 0`; `expected 2 numbers in row 1 of x, got 3`; `unknown column: age`
 * @example
 * const tree = nn.decisionTree({ x: [[1], [2], [3], [4]], y: ["no", "no", "yes", "yes"], features: ["age"] });
 * tree.predict([[2.4], [2.6]]) // ["no", "yes"]
 * tree.tree.threshold[0] // 2.5
 * tree.tree.impurity // [0.5, 0, 0]
 */
export function decisionTree<const D extends Examples>(data: D, options: DecisionTreeOptions = {}): DecisionTree<LabelOf<D>> {
  known(options, treeOptionNames);
  const problem = classProblem<LabelOf<D>>(data, options);
  const { features, width } = problem.examples;
  const limits = readLimits(options, width);
  const flat = pruned(grow(problem.columns, rowsWithWeight(problem.weight), problem.criterion(problem.weight), limits), limits.ccpAlpha);
  const model: DecisionTree<LabelOf<D>> = { ...classifier([flat], problem.classes, features), criterion: options.criterion ?? "gini", ...shapeOf(flat), importances: Object.freeze(Array.from(importances(flat, width))), tree: plainTree(flat, "shares") };
  return shownBy(model, () => drawing(model, {}, "short"));
}

/** Classes and probabilities as the mean of the trees' shares. */
export function classifier<Y extends Label>(trees: readonly FlatTree[], classes: readonly Y[], features: readonly string[]) {
  const shares = (given: unknown): { flat: Float64Array; rows: number } => {
    const { values, rows, width } = readRows(given, features);
    const flat = new Float64Array(rows * classes.length);
    for (const tree of trees) addPredictions(tree, values, rows, width, flat);
    if (trees.length > 1) for (let at = 0; at < flat.length; at++) flat[at] /= trees.length;
    return { flat, rows };
  };
  return {
    classes,
    features,
    predict: (given: unknown): Y[] => {
      const { flat, rows } = shares(given);
      return Array.from(argmaxRows(flat, rows, classes.length), (code) => classes[code]);
    },
    predictProba: (given: unknown): number[][] => {
      const { flat, rows } = shares(given);
      return toRows(flat, rows, classes.length);
    },
  };
}
