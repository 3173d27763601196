import { emptyTree, trimmed, type FlatTree } from "./flat.js";

/** One stage of pruning: from this alpha on, the tree has this impurity (its leaves', weighted) and this many leaves. */
export interface Stage {
  alpha: number;
  impurity: number;
  leaves: number;
}

/**
 * Minimal cost-complexity pruning (Breiman et al. 1984, chapter 3): the branch whose leaves bring the least, (R(node) - R(leaves below)) / (leaves - 1), becomes a leaf, again and again.
 * R is impurity times the node's share of the weight. `visit` is told of each stage; pruning ends before a branch that brings more than `alpha`.
 *
 * @returns which nodes are leaves of the tree that is left, and which are gone
 */
function weakestLinks({ nodes, left, right, cover, impurity }: FlatTree, alpha: number, visit: (stage: Stage) => void): Uint8Array {
  const own = Float64Array.from(impurity, (value, node) => (value * cover[node]) / cover[0]);
  const below = new Float64Array(nodes);
  const leaves = new Int32Array(nodes);
  const parent = new Int32Array(nodes).fill(-1);
  const leaf = new Uint8Array(nodes);
  // Children stand after their parents.
  for (let node = nodes - 1; node >= 0; node--) {
    if (left[node] < 0) {
      leaf[node] = 1;
      [below[node], leaves[node]] = [own[node], 1];
      continue;
    }
    parent[left[node]] = parent[right[node]] = node;
    below[node] = below[left[node]] + below[right[node]];
    leaves[node] = leaves[left[node]] + leaves[right[node]];
  }
  visit({ alpha: 0, impurity: below[0], leaves: leaves[0] });
  const inside = new Uint8Array(nodes).fill(1);
  while (!leaf[0]) {
    let [weakest, least] = [-1, Infinity];
    for (let node = 0; node < nodes; node++) {
      if (leaf[node] || !inside[node]) continue;
      const effective = (own[node] - below[node]) / (leaves[node] - 1);
      if (effective < least) [weakest, least] = [node, effective];
    }
    if (least > alpha) break;
    const [risk, count] = [own[weakest] - below[weakest], leaves[weakest] - 1];
    leaf[weakest] = 1;
    for (let node = weakest; node >= 0; node = parent[node]) {
      below[node] += risk;
      leaves[node] -= count;
    }
    for (const gone = [left[weakest], right[weakest]]; gone.length > 0;) {
      const node = gone.pop()!;
      inside[node] = 0;
      if (left[node] >= 0) gone.push(left[node], right[node]);
    }
    visit({ alpha: least, impurity: below[0], leaves: leaves[0] });
  }
  return leaf;
}

/** The tree without the branches that bring less than `alpha` a leaf. */
export function pruned(tree: FlatTree, alpha: number): FlatTree {
  if (alpha === 0) return tree;
  const leaf = weakestLinks(tree, alpha, () => {});
  const kept = emptyTree(tree.nodes, tree.width);
  let nodes = 0;
  copy(0);
  return trimmed(kept, nodes);

  function copy(node: number): number {
    const at = nodes++;
    for (const key of ["cover", "impurity", "samples"] as const) kept[key][at] = tree[key][node];
    kept.value.set(tree.value.subarray(node * tree.width, (node + 1) * tree.width), at * tree.width);
    [kept.feature[at], kept.threshold[at], kept.left[at], kept.right[at]] = leaf[node] ? [-2, -2, -1, -1] : [tree.feature[node], tree.threshold[node], copy(tree.left[node]), 0];
    if (!leaf[node]) kept.right[at] = copy(tree.right[node]);
    return at;
  }
}

/** Every stage, from the whole tree to the root alone. */
export function stages(tree: FlatTree): Stage[] {
  const all: Stage[] = [];
  weakestLinks(tree, Infinity, (stage) => all.push(stage));
  return all;
}
