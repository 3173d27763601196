import { known } from "../../arguments.js";
import { table } from "../table.js";
import type { TreeOptions, Trees } from "./contract.js";
import { flatten, predictFlat } from "./flat.js";

/**
 * What a tree or an ensemble of trees predicts.
 *
 * @param x rows, n x columns, finite
 * @returns a number a row, plain
 * @throws `expected tree.cover of length 3 like left, got 2`; a node below two parents; `expected output from 0 to 1 ...` where values are lists
 * @example
 * const tree = { feature: [0, -2, -2], threshold: [0.5, 0, 0], left: [1, -1, -1], right: [2, -1, -1], value: [0, 10, 20], cover: [4, 2, 2] };
 * explain.predictTree(tree, [[0.5], [0.6]]) // [10, 20]
 */
export function predictTree(trees: Trees, x: readonly ArrayLike<number>[], options: TreeOptions = {}): number[] {
  known(options, ["aggregate", "output"]);
  const rows = table({ x });
  return Array.from(predictFlat(flatten(trees, options, rows.width), rows.values, rows.rows, rows.width));
}
