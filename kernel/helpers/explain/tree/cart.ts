import type { Table } from "../table.js";
import type { Tree } from "./contract.js";

export interface CartOptions {
  task: "regression" | "classification";
  /** Number of classes; 1 in regression. */
  classes: number;
  depth: number;
  leaf: number;
}

/** CART: the split that lowers squared error or Gini impurity most, again and again; the first one of equals. Ends at `depth`, `leaf` rows, or purity. */
export function growTree(x: Table, y: ArrayLike<number>, { task, classes, depth, leaf }: CartOptions): Tree {
  const tree = { feature: [] as number[], threshold: [] as number[], left: [] as number[], right: [] as number[], value: [] as (number | number[])[], cover: [] as number[] };
  grow(Array.from({ length: x.rows }, (_, row) => row), 0);
  return tree as Tree;

  function grow(rows: number[], level: number): number {
    const node = tree.left.length;
    const counts = new Float64Array(classes);
    let sum = 0;
    for (const row of rows) {
      sum += y[row];
      if (task === "classification") counts[y[row]]++;
    }
    tree.feature.push(-2);
    tree.threshold.push(-2);
    tree.left.push(-1);
    tree.right.push(-1);
    tree.cover.push(rows.length);
    tree.value.push(task === "regression" ? sum / rows.length : Array.from(counts, (count) => count / rows.length));
    const split = level < depth && rows.length >= 2 * leaf ? bestSplit(rows, sum, counts) : undefined;
    if (!split) return node;
    tree.feature[node] = split.feature;
    tree.threshold[node] = split.threshold;
    const goesLeft = (row: number) => x.values[row * x.width + split.feature] <= split.threshold;
    tree.left[node] = grow(rows.filter(goesLeft), level + 1);
    tree.right[node] = grow(rows.filter((row) => !goesLeft(row)), level + 1);
    return node;
  }

  /** Both criteria are "sum over the sides of (sum of squares of sums or counts) / rows", to be made large. */
  function bestSplit(rows: number[], sum: number, counts: Float64Array): { feature: number; threshold: number } | undefined {
    const n = rows.length;
    let squares = 0;
    for (const count of counts) squares += count * count;
    const before = task === "regression" ? (sum * sum) / n : squares / n;
    let best: { feature: number; threshold: number } | undefined;
    let bestScore = before + 1e-12 * Math.max(1, Math.abs(before));
    const leftCounts = new Float64Array(classes);
    for (let feature = 0; feature < x.width; feature++) {
      const at = (row: number) => x.values[row * x.width + feature];
      const order = [...rows].sort((a, b) => at(a) - at(b));
      leftCounts.fill(0);
      let [leftSum, leftSquares, rightSquares] = [0, 0, squares];
      for (let i = 0; i < n - 1; i++) {
        const row = order[i];
        if (task === "regression") leftSum += y[row];
        else {
          const c = leftCounts[y[row]]++;
          leftSquares += 2 * c + 1;
          const right = counts[y[row]] - c;
          rightSquares -= 2 * right - 1;
        }
        const [low, high] = [at(row), at(order[i + 1])];
        if (low === high || i + 1 < leaf || n - i - 1 < leaf) continue;
        const score = task === "regression" ? leftSum ** 2 / (i + 1) + (sum - leftSum) ** 2 / (n - i - 1) : leftSquares / (i + 1) + rightSquares / (n - i - 1);
        if (score > bestScore) {
          const middle = low + (high - low) / 2;
          [best, bestScore] = [{ feature, threshold: middle < high ? middle : low }, score];
        }
      }
    }
    return best;
  }
}
