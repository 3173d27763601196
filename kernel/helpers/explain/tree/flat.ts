import { oneOf, shown } from "../../arguments.js";
import { pick } from "../model/predictor.js";
import type { Tree, TreeOptions, Trees } from "./contract.js";

/** A checked tree in typed arrays, its values those of one output times the tree's share in the ensemble. */
export interface FlatTree {
  feature: Int32Array;
  threshold: Float64Array;
  left: Int32Array;
  right: Int32Array;
  value: Float64Array;
  cover: Float64Array;
  nodes: number;
}

/** Checks that the arrays are of one length and describe a tree: every node but the root has one parent, children stand after their parent or before, nothing goes round. */
export function flatten(trees: Trees, { aggregate = "mean", output }: TreeOptions, width?: number): FlatTree[] {
  const list = Array.isArray(trees) ? (trees as readonly Tree[]) : [trees as Tree];
  if (list.length === 0) throw new RangeError("expected at least one tree, got none");
  const scale = oneOf({ aggregate }, ["mean", "sum"]) === "mean" ? 1 / list.length : 1;
  return list.map((tree, index) => flattenOne(tree, list.length === 1 ? "tree" : `trees[${index}]`, scale, output, width));
}

function flattenOne(tree: Tree, name: string, scale: number, output: number | undefined, width: number | undefined): FlatTree {
  const nodes = tree?.left?.length ?? 0;
  if (nodes === 0) throw new RangeError(`expected ${name} with at least one node, got ${shown(tree)}`);
  for (const key of ["feature", "threshold", "right", "value", "cover"] as const) {
    if (tree[key]?.length !== nodes) throw new RangeError(`expected ${name}.${key} of length ${nodes} like left, got ${tree[key]?.length ?? "nothing"}`);
  }
  const parents = new Uint8Array(nodes);
  const several = typeof tree.value[0] !== "number";
  const column = pick(output, several ? (tree.value[0] as readonly number[]).length : 1);
  const value = Float64Array.from(tree.value as readonly number[], (one: unknown) => Number(several ? (one as readonly number[])?.[column] : one) * scale);
  for (let node = 0; node < nodes; node++) {
    const [left, right] = [tree.left[node], tree.right[node]];
    if (!Number.isFinite(value[node])) throw new RangeError(`expected finite numbers in ${name}.value, got ${shown(tree.value[node])} at node ${node}`);
    if (!(tree.cover[node] >= 0 && Number.isFinite(tree.cover[node]))) throw new RangeError(`expected ${name}.cover >= 0, got ${shown(tree.cover[node])} at node ${node}`);
    if (left === -1 && right === -1) continue;
    for (const child of [left, right]) {
      if (!Number.isInteger(child) || child <= 0 || child >= nodes) throw new RangeError(`expected children of ${name} from 1 to ${nodes - 1}, got ${shown(child)} at node ${node}`);
      if (parents[child]++ > 0) throw new RangeError(`expected ${name} to be a tree, got node ${child} below two parents`);
    }
    if (!Number.isInteger(tree.feature[node]) || tree.feature[node] < 0 || (width !== undefined && tree.feature[node] >= width)) {
      throw new RangeError(`expected ${name}.feature from 0 to ${(width ?? Infinity) - 1}, got ${shown(tree.feature[node])} at node ${node}`);
    }
    if (!Number.isFinite(tree.threshold[node])) throw new RangeError(`expected finite numbers in ${name}.threshold, got ${shown(tree.threshold[node])} at node ${node}`);
  }
  // Each node has at most one parent, so a loop would be a part that the root does not reach.
  const orphan = parents.findIndex((count, node) => node > 0 && count === 0);
  const edges = parents.reduce((a, b) => a + b, 0);
  if (orphan > 0 || edges !== nodes - 1 || reached(tree) !== nodes) throw new RangeError(`expected ${name} to be one tree whose root reaches all ${nodes} nodes, got ${reached(tree)} reached`);
  return {
    feature: Int32Array.from(tree.feature), threshold: Float64Array.from(tree.threshold), left: Int32Array.from(tree.left), right: Int32Array.from(tree.right),
    value, cover: Float64Array.from(tree.cover), nodes,
  };
}

function reached(tree: Tree): number {
  let count = 0;
  const open = [0];
  while (open.length > 0) {
    const node = open.pop()!;
    count++;
    if (tree.left[node] !== -1) open.push(tree.left[node], tree.right[node]);
  }
  return count;
}

/** Sum over the trees of the leaf that each row reaches. */
export function predictFlat(trees: readonly FlatTree[], x: Float64Array, rows: number, width: number): Float64Array {
  const answers = new Float64Array(rows);
  for (const { feature, threshold, left, right, value } of trees) {
    for (let row = 0; row < rows; row++) {
      let node = 0;
      while (left[node] !== -1) node = x[row * width + feature[node]] <= threshold[node] ? left[node] : right[node];
      answers[row] += value[node];
    }
  }
  return answers;
}
