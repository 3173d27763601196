import { known, oneOf, whole } from "../../arguments.js";
import type { Model, NamesOption, OutputOption } from "../model/contract.js";
import { predictor } from "../model/predictor.js";
import { columnNames, frozen, table } from "../table.js";
import { growTree } from "./cart.js";
import type { Tree } from "./contract.js";
import { flatten, predictFlat } from "./flat.js";

export interface SurrogateOptions extends OutputOption, NamesOption {
  /** "regression" copies the numbers (default), "classification" the answer "above `threshold` or not". */
  task?: "regression" | "classification";
  /** Default 0.5. */
  threshold?: number;
  /** Levels of questions; default 3. */
  depth?: number;
  /** Rows in a leaf, at least; default 1. */
  leaf?: number;
}

export interface Surrogate {
  readonly tree: Tree;
  readonly names: readonly string[];
  /** How well the tree copies the model on these rows: R squared, or the share of equal answers. 1 is a perfect copy; a constant model is copied perfectly. */
  readonly fidelity: number;
}

/**
 * A small decision tree that answers as the model does: a global explanation, as good as its `fidelity` and no better.
 * It is fitted to the model's predictions, never to the truth.
 *
 * @param x rows to ask the model about, n x columns
 * @throws `expected depth to be a whole number >= 1, got 0`
 * @see Craven and Shavlik (1996), "Extracting tree-structured representations of trained networks"; Breiman et al. (1984) for the tree
 * @example
 * const model = (rows: number[][]) => rows.map(([a]) => (a > 1.2 ? 5 : 0));
 * (await explain.surrogateTree(model, [[0], [1], [2], [3]], { depth: 1 })).tree.threshold[0] // 1.5
 */
export async function surrogateTree(model: Model, x: readonly ArrayLike<number>[], options: SurrogateOptions = {}): Promise<Surrogate> {
  known(options, ["task", "threshold", "depth", "leaf", "output", "names"]);
  const rows = table({ x });
  const names = columnNames(options.names, rows.width);
  const task = oneOf({ task: options.task ?? "regression" }, ["regression", "classification"]);
  const depth = whole({ depth: options.depth ?? 3 }, 1);
  const leaf = whole({ leaf: options.leaf ?? 1 }, 1);
  const answers = (await predictor(model, rows.width, options.output)(rows.values, rows.rows)).slice(0, rows.rows);
  const y = task === "regression" ? answers : answers.map((answer) => Number(answer > (options.threshold ?? 0.5)));
  const tree = growTree(rows, y, { task, classes: task === "regression" ? 1 : 2, depth, leaf });
  const copies = predictFlat(flatten(tree, task === "regression" ? {} : { output: 1 }, rows.width), rows.values, rows.rows, rows.width);
  return frozen({ tree, names, fidelity: task === "regression" ? rSquared(y, copies) : y.reduce((sum, value, at) => sum + Number(value === Number(copies[at] > 0.5)), 0) / y.length });
}

function rSquared(y: Float64Array, guess: Float64Array): number {
  const mean = y.reduce((a, b) => a + b, 0) / y.length;
  const spread = y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return spread === 0 ? 1 : 1 - y.reduce((sum, value, at) => sum + (value - guess[at]) ** 2, 0) / spread;
}
