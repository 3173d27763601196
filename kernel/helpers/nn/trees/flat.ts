import { frozen } from "../show.js";
import type { ClassTree, GrownTree, MeanTree } from "./contract.js";

/** A tree in typed arrays, one entry a node, root first, a left child right after its parent; `value` has `width` numbers a node. */
export interface FlatTree {
  nodes: number;
  width: number;
  feature: Int32Array;
  threshold: Float64Array;
  left: Int32Array;
  right: Int32Array;
  value: Float64Array;
  cover: Float64Array;
  impurity: Float64Array;
  samples: Int32Array;
}

export function emptyTree(nodes: number, width: number): FlatTree {
  const numbers = () => new Float64Array(nodes);
  const indices = () => new Int32Array(nodes);
  return { nodes, width, feature: indices(), threshold: numbers(), left: indices(), right: indices(), value: new Float64Array(nodes * width), cover: numbers(), impurity: numbers(), samples: indices() };
}

export function trimmed({ width, value, ...tree }: FlatTree, nodes: number): FlatTree {
  const { feature, threshold, left, right, cover, impurity, samples } = tree;
  return {
    nodes, width, value: value.slice(0, nodes * width), feature: feature.slice(0, nodes), threshold: threshold.slice(0, nodes), left: left.slice(0, nodes),
    right: right.slice(0, nodes), cover: cover.slice(0, nodes), impurity: impurity.slice(0, nodes), samples: samples.slice(0, nodes),
  };
}

/** Plain frozen data; values as lists of shares, or as numbers. */
export function plainTree(tree: FlatTree, kind: "shares"): ClassTree;
export function plainTree(tree: FlatTree, kind: "means"): MeanTree;
export function plainTree({ nodes, width, value, ...tree }: FlatTree, kind: "shares" | "means"): GrownTree {
  const list = (values: ArrayLike<number>) => Array.from(values);
  const values = kind === "means" ? list(value) : Array.from({ length: nodes }, (_, node) => list(value.subarray(node * width, (node + 1) * width)));
  return frozen({
    feature: list(tree.feature), threshold: list(tree.threshold), left: list(tree.left), right: list(tree.right), value: values as number[],
    cover: list(tree.cover), impurity: list(tree.impurity), samples: list(tree.samples),
  });
}

/** The leaf of each row. */
export function leaves({ feature, threshold, left, right }: FlatTree, values: Float64Array, rows: number, width: number): Int32Array {
  const found = new Int32Array(rows);
  for (let row = 0, from = 0; row < rows; row++, from += width) {
    let node = 0;
    for (let next = left[0]; next >= 0; next = left[node]) node = values[from + feature[node]] <= threshold[node] ? next : right[node];
    found[row] = node;
  }
  return found;
}

/** Adds what the tree says of each row to `sums`, `tree.width` numbers a row. */
export function addPredictions(tree: FlatTree, values: Float64Array, rows: number, width: number, sums: Float64Array): void {
  const found = leaves(tree, values, rows, width);
  const { value, width: outputs } = tree;
  if (outputs === 1) for (let row = 0; row < rows; row++) sums[row] += value[found[row]];
  else for (let row = 0, at = 0; row < rows; row++) for (let k = 0, from = found[row] * outputs; k < outputs; k++) sums[at++] += value[from + k];
}

/** How deep the longest way goes, and how many leaves there are. */
export function shapeOf({ left, right, nodes }: Pick<FlatTree, "left" | "right" | "nodes">): { depth: number; leaves: number } {
  const level = new Int32Array(nodes);
  let [depth, count] = [0, 0];
  for (let node = 0; node < nodes; node++) {
    if (left[node] < 0) {
      count++;
      depth = Math.max(depth, level[node]);
    } else level[left[node]] = level[right[node]] = level[node] + 1;
  }
  return { depth, leaves: count };
}

/** The fall of impurity that each feature brought, weighted by the rows it reached, as shares. */
export function importances(tree: FlatTree, width: number): Float64Array {
  const { feature, left, right, cover, impurity, nodes } = tree;
  const fall = new Float64Array(width);
  for (let node = 0; node < nodes; node++) {
    if (left[node] < 0) continue;
    fall[feature[node]] += cover[node] * impurity[node] - cover[left[node]] * impurity[left[node]] - cover[right[node]] * impurity[right[node]];
  }
  const sum = fall.reduce((a, b) => a + b, 0);
  return sum > 0 ? fall.map((one) => one / sum) : fall.fill(0);
}
