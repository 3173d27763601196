import { known, whole } from "../../arguments.js";
import { random, type Random } from "../random.js";
import { checkMatrix } from "./matrix.js";

export interface IsolationForestOptions {
  /** Default 100. */
  trees?: number;
  /** Rows each tree sees. Default 256, or all where there are fewer. */
  sample?: number;
  /** Default 1. */
  seed?: number;
}

export interface IsolationForest {
  /** 0 to 1: near 1 an outlier, well below 0.5 surely none. */
  score(rows: readonly (readonly number[])[]): number[];
}

interface Node {
  feature: number;
  threshold: number;
  left?: Node;
  right?: Node;
  /** Training rows in a leaf. */
  size: number;
}

/**
 * Trees that cut at random until rows stand alone: what stands alone after few cuts is an outlier. Scores are 2^(-mean depth / expected depth), minus scikit-learn's `score_samples`.
 *
 * @throws `expected rows of 2 numbers, got 3 in row 4`; `expected at least 2 rows, got 1`.
 * @see Liu, Ting and Zhou 2008
 * @example
 * const draw = data.random(1);
 * const rows = Array.from({ length: 200 }, () => [draw.normal(), draw.normal()]);
 * const [inside, outside] = data.isolationForest(rows).score([[0, 0], [9, -9]]);
 * outside > 0.65 && inside < 0.45 // true
 */
export function isolationForest(rows: readonly (readonly number[])[], options: IsolationForestOptions = {}): IsolationForest {
  known(options, ["trees", "sample", "seed"]);
  const width = checkMatrix(rows, 2);
  const trees = whole({ trees: options.trees ?? 100 }, 1);
  const sample = Math.min(rows.length, whole({ sample: options.sample ?? 256 }, 2));
  const draw = random(options.seed ?? 1);
  const limit = Math.ceil(Math.log2(sample));
  const forest = Array.from({ length: trees }, () => grow(choose(rows, sample, draw), width, limit, draw));
  const expected = averageDepth(sample);
  return Object.freeze({
    score(others: readonly (readonly number[])[]) {
      checkMatrix(others, 0, width);
      return others.map((row) => 2 ** (-forest.reduce((sum, tree) => sum + depth(tree, row), 0) / trees / expected));
    },
  });
}

function choose(rows: readonly (readonly number[])[], sample: number, draw: Random): (readonly number[])[] {
  const pool = [...rows];
  for (let at = 0; at < sample; at++) {
    const other = draw.integer(at, pool.length - 1);
    [pool[at], pool[other]] = [pool[other]!, pool[at]!];
  }
  return pool.slice(0, sample);
}

function grow(rows: readonly (readonly number[])[], width: number, levels: number, draw: Random): Node {
  const leaf: Node = { feature: -1, threshold: 0, size: rows.length };
  if (levels === 0 || rows.length <= 1) return leaf;
  // Only columns that still differ can be cut.
  const open: { feature: number; low: number; high: number }[] = [];
  for (let feature = 0; feature < width; feature++) {
    let low = Infinity;
    let high = -Infinity;
    for (const row of rows) {
      low = Math.min(low, row[feature]!);
      high = Math.max(high, row[feature]!);
    }
    if (low < high) open.push({ feature, low, high });
  }
  if (open.length === 0) return leaf;
  const { feature, low, high } = open[draw.integer(0, open.length - 1)]!;
  const threshold = low + draw.uniform() * (high - low);
  const left = rows.filter((row) => row[feature]! <= threshold);
  const right = rows.filter((row) => row[feature]! > threshold);
  return { feature, threshold, size: rows.length, left: grow(left, width, levels - 1, draw), right: grow(right, width, levels - 1, draw) };
}

function depth(tree: Node, row: readonly number[]): number {
  let node = tree;
  let level = 0;
  while (node.left && node.right) {
    node = row[node.feature]! <= node.threshold ? node.left : node.right;
    level += 1;
  }
  return level + averageDepth(node.size);
}

/** Mean depth of an unsuccessful search in a binary tree of n. */
function averageDepth(n: number): number {
  if (n <= 1) return 0;
  if (n === 2) return 1;
  return 2 * (Math.log(n - 1) + 0.5772156649015329) - (2 * (n - 1)) / n;
}
