import { number } from "../../../display/number.js";
import { shown } from "../../arguments.js";
import type { Label } from "../examples/contract.js";
import { readRows } from "../examples/read.js";
import type { DecisionTree, RegressionTree } from "./contract.js";

export type AnyTree = DecisionTree<Label> | RegressionTree;

/** One example: a row of numbers, or a record with the tree's features. */
export type Example = ArrayLike<number> | object;

export const isClassTree = (model: AnyTree): model is DecisionTree<Label> => "classes" in model;

export function checkTree(model: AnyTree): void {
  if (typeof model !== "object" || model === null || !("tree" in model) || !("criterion" in model)) throw new TypeError(`expected a model of decisionTree or regressionTree, got ${shown(model)}`);
}

/** The nodes that an example comes through, root first, and its values. */
export function walk(model: AnyTree, example: Example): { nodes: number[]; values: Float64Array } {
  if (example === null || typeof example !== "object") throw new TypeError(`expected x to be one example, got ${shown(example)}`);
  const { tree, features } = model;
  const { values } = readRows([example], features);
  const nodes = [0];
  for (let node = 0; tree.left[node] >= 0; nodes.push(node)) node = values[tree.feature[node]] <= tree.threshold[node] ? tree.left[node] : tree.right[node];
  return { nodes, values };
}

/** Place of the largest; the first of equals. */
export const largest = (values: readonly number[]): number => values.reduce((best, value, at) => (value > values[best] ? at : best), 0);

/** `benign (97% of 300)`, or `12.5 (mean of 8)`. */
export function leafText(model: AnyTree, node: number): string {
  const rows = model.tree.samples[node];
  if (!isClassTree(model)) return `${number(model.tree.value[node] as number)} (mean of ${rows})`;
  const shares = model.tree.value[node] as readonly number[];
  const best = largest(shares);
  return `${String(model.classes[best])} (${percent(shares[best])} of ${rows})`;
}

/** Not rounded up to all or down to nothing. */
export function percent(share: number): string {
  const rounded = Math.round(100 * share);
  if (rounded === 100 && share < 1) return ">99%";
  return rounded === 0 && share > 0 ? "<1%" : `${rounded}%`;
}
