import type { FlatTree } from "./flat.js";
import { gaussLegendre } from "./legendre.js";

/**
 * Path-dependent TreeSHAP for many rows and short paths. To a leaf a row is no more than a pattern: for each feature on the path, whether
 * the row goes this way. With m features there are only 2^m patterns, so each leaf's Shapley values are worked out once a pattern (by the
 * same integral as in path.ts) and every row looks its own up: m additions a leaf and row.
 * The idea of sharing work between rows is that of Yang (2021), "Fast TreeSHAP".
 *
 * @param columns the rows' values, column by column
 * @param values columns too; the tree's Shapley values are added
 */
export function addPatternShap(tree: FlatTree, columns: readonly Float64Array[], values: readonly Float64Array[]): void {
  if (tree.nodes === 1) return;
  const rows = columns[0]!.length;
  const { most, levels } = paths(tree);
  /** By level, each row's pattern so far: bit j is set where the row goes along with all questions about path[j]. */
  const masks = Array.from({ length: levels + 1 }, () => new Uint16Array(rows));
  const path: number[] = [];
  const share: number[] = [];
  const tables = new PatternTables(most);
  down(0, 0);

  function down(node: number, level: number): void {
    if (tree.left[node] === -1) {
      tables.fill(tree.value[node], share);
      for (let j = 0; j < path.length; j++) lookUp(tables.gains[j]!, masks[level]!, values[path[j]!]!);
      return;
    }
    const feature = tree.feature[node];
    const known = path.indexOf(feature);
    const bit = known < 0 ? path.length : known;
    const before = known < 0 ? 1 : share[known]!;
    if (known < 0) path.push(feature);
    for (const left of [true, false]) {
      const child = left ? tree.left[node] : tree.right[node];
      ask(columns[feature]!, tree.threshold[node], left ? 1 : 0, masks[level]!, masks[level + 1]!, bit, known < 0);
      share[bit] = tree.cover[node] > 0 ? (before * tree.cover[child]) / tree.cover[node] : 0;
      down(child, level + 1);
    }
    if (known < 0) {
      path.pop();
      share.pop();
    } else share[bit] = before;
  }
}

/** Paths of a tree: the most different features and the most questions on one; `cost` for that many rows, in nanoseconds or so. */
export function paths({ left, right, feature }: FlatTree, rows = 0): { most: number; levels: number; cost: number } {
  const asked = new Map<number, number>();
  let [most, levels, cost] = [0, 0, 0];
  const down = (node: number, level: number, different: number): void => {
    if (left[node] === -1) {
      most = Math.max(most, different);
      levels = Math.max(levels, level);
      cost += 3 * different * (2 ** different * Math.ceil(different / 2) + rows);
      return;
    }
    const times = asked.get(feature[node]) ?? 0;
    asked.set(feature[node], times + 1);
    for (const child of [left[node], right[node]]) down(child, level + 1, different + (times === 0 ? 1 : 0));
    asked.set(feature[node], times);
  };
  down(0, 0, 0);
  return { most, levels, cost };
}

/** Whether patterns are the faster way; measured, for the walk of path.ts ten nanoseconds a node, row and quadrature node. */
export function patternsPay(tree: FlatTree, rows: number): boolean {
  const { most, cost } = paths(tree, rows);
  return most <= 16 && cost < 10 * tree.nodes * rows * Math.ceil(most / 2);
}

/** Each row's pattern one level down. */
function ask(column: Float64Array, threshold: number, left: number, above: Uint16Array, below: Uint16Array, bit: number, first: boolean): void {
  if (first) for (let row = 0; row < column.length; row++) below[row] = above[row] | (((column[row] <= threshold ? 1 : 0) ^ left ^ 1) << bit);
  else for (let row = 0; row < column.length; row++) below[row] = above[row] & ~(((column[row] <= threshold ? 1 : 0) ^ left) << bit);
}

function lookUp(gains: Float64Array, masks: Uint16Array, values: Float64Array): void {
  for (let row = 0; row < masks.length; row++) values[row] += gains[masks[row]];
}

/** The Shapley values of one leaf by pattern, a table a feature of its path; written over by the next leaf. */
class PatternTables {
  readonly gains: Float64Array[];
  private readonly product: Float64Array;
  private readonly rules: { nodes: Float64Array; weights: Float64Array }[];

  constructor(most: number) {
    this.gains = Array.from({ length: most }, () => new Float64Array(2 ** most));
    this.product = new Float64Array(2 ** most);
    this.rules = Array.from({ length: most + 1 }, (_, m) => gaussLegendre(Math.ceil(m / 2)));
  }

  /** @param share for each feature of the path, the share of the training rows that go along */
  fill(value: number, share: readonly number[]): void {
    const { gains, product } = this;
    const m = share.length;
    const size = 2 ** m;
    const { nodes, weights } = this.rules[m]!;
    for (let j = 0; j < m; j++) gains[j]!.fill(0, 0, size);
    for (let q = 0; q < nodes.length; q++) {
      const t = nodes[q]!;
      const w = weights[q]!;
      product[0] = value;
      for (let j = 0; j < m; j++) {
        const out = (1 - t) * share[j]!;
        const half = 1 << j;
        for (let s = 0; s < half; s++) {
          product[s + half] = product[s] * (t + out);
          product[s] *= out;
        }
      }
      for (let j = 0; j < m; j++) addGain(gains[j]!, product, size, 2 ** j, w / (t + (1 - t) * share[j]!), share[j]!);
    }
  }
}

/**
 * One quadrature node's part of a feature's table. `scale` takes the feature's own factor out of the product again, from the pattern where
 * the row goes along, since there it is never zero; the pattern where it does not has the same rest, times -z instead of 1 - z.
 */
function addGain(gain: Float64Array, product: Float64Array, size: number, bit: number, scale: number, z: number): void {
  const low = bit - 1;
  for (let half = 0; half < size >> 1; half++) {
    const s = ((half & ~low) << 1) | (half & low);
    const rest = product[s | bit] * scale;
    gain[s] -= z * rest;
    gain[s | bit] += rest - z * rest;
  }
}
