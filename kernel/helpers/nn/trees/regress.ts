import { known } from "../../arguments.js";
import type { Examples, Regressor } from "../examples/contract.js";
import { readRows } from "../examples/read.js";
import { shownBy } from "../show.js";
import type { RegressionTree, TreeLimits } from "./contract.js";
import { drawing } from "./draw.js";
import { addPredictions, importances, plainTree, shapeOf, type FlatTree } from "./flat.js";
import { grow } from "./grow.js";
import { limitNames, readLimits } from "./options.js";
import { meanProblem, rowsWithWeight } from "./problem.js";
import { pruned } from "./prune.js";

/**
 * A regression tree: questions that lower the mean squared error most; a leaf predicts the mean of its rows. Otherwise as `decisionTree`.
 *
 * @throws `expected finite numbers in y, got "a" at index 0`; otherwise as `decisionTree`
 * @example
 * const tree = nn.regressionTree({ x: [[1], [2], [3], [4]], y: [10, 12, 20, 22] }, { maxDepth: 1 });
 * tree.predict([[0], [9]]) // [11, 21]
 */
export function regressionTree(data: Examples<number>, options: TreeLimits = {}): RegressionTree {
  known(options, limitNames);
  const problem = meanProblem(data);
  const { features, width } = problem.examples;
  const limits = readLimits(options, width);
  const flat = pruned(grow(problem.columns, rowsWithWeight(problem.weight), problem.criterion(problem.weight), limits), limits.ccpAlpha);
  const model: RegressionTree = { ...regressor([flat], features), criterion: "squaredError", ...shapeOf(flat), importances: Object.freeze(Array.from(importances(flat, width))), tree: plainTree(flat, "means") };
  return shownBy(model, () => drawing(model, {}, "short"));
}

/** The mean of the trees. */
export function regressor(trees: readonly FlatTree[], features: readonly string[]): Regressor {
  return {
    features,
    predict: (given) => {
      const { values, rows, width } = readRows(given, features);
      const sums = new Float64Array(rows);
      for (const tree of trees) addPredictions(tree, values, rows, width, sums);
      return Array.from(sums, (sum) => sum / trees.length);
    },
  };
}
