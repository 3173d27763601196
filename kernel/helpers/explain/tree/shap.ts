import { known, oneOf } from "../../arguments.js";
import type { NamesOption } from "../model/contract.js";
import type { Attributions } from "../shapley/contract.js";
import { attributions } from "../shapley/results.js";
import { columnNames, table, type Table } from "../table.js";
import { BackgroundWalk } from "./background.js";
import type { TreeOptions, Trees } from "./contract.js";
import { flatten, predictFlat, type FlatTree } from "./flat.js";
import { addPathShap, expectation, planPaths } from "./path.js";
import { addPatternShap, patternsPay } from "./patterns.js";

export interface TreeShapOptions extends TreeOptions, NamesOption {
  /**
   * "pathDependent": a column left out goes both ways, by the share of the training rows that did (`cover`); needs no data.
   * "interventional": a column left out takes the background's values; what `shapley` gives. Default: by whether there is a background.
   */
  algorithm?: "pathDependent" | "interventional";
  background?: readonly ArrayLike<number>[];
}

/**
 * Exact Shapley values of trees, forests and boosted trees, without trying coalitions (TreeSHAP).
 *
 * @param trees plain data as in scikit-learn's `tree_`; see `Tree`
 * @param x rows to explain, n x columns, finite
 * @returns as `shapley`: the values add up to prediction - baseValue to rounding
 * @throws `expected background rows for algorithm "interventional"`; broken trees as in `predictTree`
 * @see Lundberg et al. (2020), "From local explanations to global understanding with explainable AI for trees"; agrees with shap.TreeExplainer,
 *   also where a value stands on a threshold (there shap rounds to 32 bits and misses its own sum)
 * @example
 * const tree = { feature: [0, -2, -2], threshold: [0.5, 0, 0], left: [1, -1, -1], right: [2, -1, -1], value: [0, 10, 20], cover: [4, 3, 1] };
 * explain.treeShap(tree, [[1, 7]]).values // [[7.5, 0]]
 */
export function treeShap(trees: Trees, x: readonly ArrayLike<number>[], options: TreeShapOptions = {}): Attributions {
  known(options, ["aggregate", "output", "names", "algorithm", "background"]);
  const algorithm = oneOf({ algorithm: options.algorithm ?? (options.background ? "interventional" : "pathDependent") }, ["pathDependent", "interventional"]);
  const rows = table({ x });
  const { width } = rows;
  const flat = flatten(trees, options, width);
  const names = columnNames(options.names, width);
  const predictions = predictFlat(flat, rows.values, rows.rows, width);
  const values = new Float64Array(rows.rows * width);
  let baseValue = 0;
  if (algorithm === "pathDependent") {
    if (options.background !== undefined) throw new RangeError('expected no background for algorithm "pathDependent": it takes the cover of the nodes');
    baseValue = addPathDependent(flat, rows, values);
  } else {
    if (options.background === undefined) throw new RangeError('expected background rows for algorithm "interventional", got none');
    const background = table({ background: options.background }, width);
    for (const answer of predictFlat(flat, background.values, background.rows, width)) baseValue += answer / background.rows;
    for (const tree of flat) {
      const walk = new BackgroundWalk(tree, width, values, 1 / background.rows);
      for (let row = 0; row < rows.rows; row++) for (let other = 0; other < background.rows; other++) walk.add(rows.values, row * width, background.values, other * width);
    }
  }
  return attributions(rows, values, baseValue, predictions, names);
}

/** Each tree the way that is faster for it; both are exact. Gives the base value. */
function addPathDependent(trees: readonly FlatTree[], { rows, width, values: x }: Table, values: Float64Array): number {
  const columns = Array.from({ length: width }, (_, column) => Float64Array.from({ length: rows }, (_, row) => x[row * width + column]!));
  const sums = columns.map(() => new Float64Array(rows));
  let baseValue = 0;
  for (const tree of trees) {
    baseValue += expectation(tree);
    if (patternsPay(tree, rows)) addPatternShap(tree, columns, sums);
    else addPathShap(planPaths(tree), x, rows, width, values);
  }
  sums.forEach((sum, column) => sum.forEach((value, row) => (values[row * width + column]! += value)));
  return baseValue;
}
