import type { Random } from "../../data/random.js";
import { between, rankSorter, type RankedColumns } from "./columns.js";
import type { Criterion } from "./criterion.js";
import { emptyTree, trimmed, type FlatTree } from "./flat.js";

export interface Limits {
  maxDepth: number;
  minSamplesSplit: number;
  minSamplesLeaf: number;
  minImpurityDecrease: number;
  /** Features tried at each node; fewer than there are: drawn by `random`. */
  maxFeatures: number;
  random?: Random;
}

/**
 * CART: exact splits, depth first, left before right, so that nodes are numbered as in scikit-learn. Every place between two different values is tried.
 * As there, a split need not lower the impurity (else exclusive-or could not be learned), and of drawn features more are drawn until one is not constant.
 *
 * @param samples rows of the node; their order changes
 */
export function grow({ ranks, distinct, rows, width }: RankedColumns, samples: Int32Array, criterion: Criterion, limits: Limits): FlatTree {
  const { maxDepth, minSamplesSplit, minSamplesLeaf: leaf, minImpurityDecrease, maxFeatures, random } = limits;
  const tree = emptyTree(2 * samples.length - 1, criterion.width);
  const sort = rankSorter(samples.length, ranks);
  const features = Int32Array.from({ length: width }, (_, feature) => feature);
  const spare = new Int32Array(samples.length);
  let nodes = 0;
  let whole = 0;
  // At or below this share of the root's impurity a node is pure: what is left is rounding.
  let pure = 0;
  const stack: { from: number; to: number; level: number; parent: number }[] = [{ from: 0, to: samples.length, level: 0, parent: -1 }];

  while (stack.length > 0) {
    const { from, to, level, parent } = stack.pop()!;
    const node = nodes++;
    // A left child follows its parent at once.
    if (parent >= 0) (node === parent + 1 ? tree.left : tree.right)[parent] = node;
    const cover = criterion.enter(samples, from, to);
    const impurity = criterion.impurity();
    if (node === 0) [whole, pure] = [cover, Number.EPSILON * impurity];
    tree.cover[node] = cover;
    tree.samples[node] = to - from;
    tree.impurity[node] = impurity;
    criterion.value(tree.value, node * criterion.width);
    tree.feature[node] = tree.threshold[node] = -2;
    tree.left[node] = tree.right[node] = -1;
    const n = to - from;
    if (level >= maxDepth || n < minSamplesSplit || n < 2 * leaf || impurity <= pure) continue;
    const split = search(from, to);
    if (split === undefined) continue;
    if (minImpurityDecrease > 0 && (cover * impurity - criterion.after(split.score)) / whole + pure < minImpurityDecrease) continue;
    tree.feature[node] = split.feature;
    tree.threshold[node] = between(distinct[split.feature][split.rank], distinct[split.feature][split.next]);
    const middle = partition(from, to, split.feature * rows, split.rank);
    stack.push({ from: middle, to, level: level + 1, parent: node }, { from, to: middle, level: level + 1, parent: node });
  }
  return trimmed(tree, nodes);

  function search(from: number, to: number): { feature: number; rank: number; next: number; score: number } | undefined {
    const n = to - from;
    let [feature, rank, next, score, bar] = [-1, 0, 0, 0, -Infinity];
    let varying = 0;
    for (let tried = 0; tried < width && (tried < maxFeatures || varying === 0); tried++) {
      if (maxFeatures < width) {
        const other = random!.integer(tried, width - 1);
        const drawn = features[other];
        features[other] = features[tried];
        features[tried] = drawn;
      }
      const column = features[tried] * rows;
      const some = ranks[column + samples[from]];
      let i = from + 1;
      while (i < to && ranks[column + samples[i]] === some) i++;
      if (i === to) continue;
      varying++;
      const order = sort(samples, from, to, column, distinct[features[tried]].length - 1);
      const cut = criterion.cut(order, n, ranks, column, leaf);
      if (cut.position === 0 || cut.score <= bar) continue;
      feature = features[tried];
      score = cut.score;
      bar = score + 1e-12 * Math.abs(score);
      rank = ranks[column + order[cut.position - 1]];
      next = ranks[column + order[cut.position]];
    }
    return feature < 0 ? undefined : { feature, rank, next, score };
  }

  /** Rows up to the rank first, each side in its order. */
  function partition(from: number, to: number, column: number, rank: number): number {
    let [left, right] = [from, 0];
    for (let i = from; i < to; i++) {
      const row = samples[i];
      if (ranks[column + row] <= rank) samples[left++] = row;
      else spare[right++] = row;
    }
    for (let i = 0; i < right; i++) samples[left + i] = spare[i];
    return left;
  }
}
