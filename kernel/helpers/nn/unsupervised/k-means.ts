import { known, oneOf, shown, whole } from "../../arguments.js";
import { random, type Random } from "../../data/random.js";
import { number } from "../../../display/number.js";
import type { Points, Rows } from "../examples/contract.js";
import { readPoints, readRows, type Table } from "../examples/read.js";
import { frozen, shownBy, tableUnder } from "../show.js";

export interface KMeansOptions {
  /** How many clusters. */
  k: number;
  /** Starting centres by k-means++ with this seed; default 1. */
  seed?: number;
  /** Starts; the one of least inertia is kept. Default 10. */
  restarts?: number;
  /** Centres to start from (one start, no seed). */
  init?: readonly ArrayLike<number>[];
  /** Rounds at most in each start. Default 300. */
  iterations?: number;
  /** A cluster that loses all its points: "relocate" (default) its centre to the point farthest from its own, counted in `relocated`; "error": say so. */
  empty?: "relocate" | "error";
}

export interface KMeans {
  readonly k: number;
  readonly features: readonly string[];
  /** Mean of each cluster's points. */
  readonly centers: readonly (readonly number[])[];
  /** Cluster of each point. */
  readonly labels: readonly number[];
  /** Points in each cluster. */
  readonly sizes: readonly number[];
  /** Sum of squared distances of points to their centres. */
  readonly inertia: number;
  /** Rounds of the start that was kept, and whether it came to rest. */
  readonly iterations: number;
  readonly converged: boolean;
  /** How often an empty cluster was given another centre in it. */
  readonly relocated: number;
  /** The nearest centre of each row; the first of equals. */
  readonly predict: (rows: Rows) => number[];
}

/**
 * k-means: centres and the points nearest to them, moved by turns until nothing moves (Lloyd); started by k-means++ several times. Features of different units want `data.standardize` first.
 *
 * Source: Lloyd (1982), Arthur and Vassilvitskii (2007); from the same starting centres the numbers of scikit-learn's `KMeans(tol=0)`.
 *
 * @param points rows of numbers, or `{ rows, features }`
 * @throws `expected k <= 3, the number of different points, got 5`; `expected init of 3 centres, got 2`; with `empty: "error"`: `cluster 1 lost all its points in round 2: ...`
 * @example
 * const found = nn.kMeans([[0], [1], [10], [11]], { k: 2, seed: 1 });
 * found.centers.map(([c]) => c).sort() // [0.5, 10.5]
 * found.inertia // 1
 */
export function kMeans(points: Points, options: KMeansOptions): KMeans {
  known(options, ["k", "seed", "restarts", "init", "iterations", "empty"]);
  const table = readPoints(points);
  const { rows, width, features } = table;
  const k = whole({ k: options.k }, 1);
  const most = whole({ iterations: options.iterations ?? 300 }, 1);
  const empty = oneOf({ empty: options.empty ?? "relocate" }, ["relocate", "error"]);
  const different = countDifferent(table, k);
  if (k > different) throw new RangeError(`expected k <= ${different}, the number of different points, got ${k}`);
  if (options.init && (options.restarts !== undefined || options.seed !== undefined)) throw new RangeError("expected init alone: with centres given there is one start and nothing to draw");
  let best: Run | undefined;
  if (options.init) {
    if (options.init.length !== k) throw new RangeError(`expected init of ${k} centres, got ${shown(options.init)}`);
    best = lloyd(table, readRows(options.init, features).values.slice(), k, most, empty);
  } else {
    const draw = random(options.seed ?? 1);
    for (let start = whole({ restarts: options.restarts ?? 10 }, 1); start > 0; start--) {
      const run = lloyd(table, plusPlus(table, k, draw), k, most, empty);
      if (!best || run.inertia < best.inertia) best = run;
    }
  }
  const { centers, labels, inertia, iterations, converged, relocated } = best!;
  if (!converged) console.warn(`kMeans stopped after ${iterations} rounds while points still moved: give more iterations`);
  const sizes = new Array<number>(k).fill(0);
  labels.forEach((label) => sizes[label]++);
  const rowsOf = (flat: Float64Array) => Array.from({ length: k }, (_, c) => Array.from(flat.subarray(c * width, (c + 1) * width)));
  const result: KMeans = frozen({
    k, features, centers: rowsOf(centers), labels: Array.from(labels), sizes, inertia, iterations, converged, relocated,
    predict: (given: Rows) => {
      const asked = readRows(given, features);
      return Array.from({ length: asked.rows }, (_, row) => nearest(asked.values, row * width, centers, k, width).cluster);
    },
  });
  return shownBy({ ...result }, () => tableUnder(`${k} clusters of ${rows} points, inertia ${number(inertia)}`, result.centers.map((center, c) => ({ cluster: c, points: sizes[c], ...Object.fromEntries(center.map((value, j) => [features[j], value])) }))));
}

/** Different points, counted up to `enough`. */
function countDifferent({ values, rows, width }: Table, enough: number): number {
  const seen = new Set<string>();
  for (let row = 0; row < rows && seen.size < enough; row++) seen.add(values.subarray(row * width, (row + 1) * width).join());
  return seen.size;
}

interface Run {
  centers: Float64Array;
  labels: Int32Array;
  inertia: number;
  iterations: number;
  converged: boolean;
  relocated: number;
}

function nearest(values: Float64Array, at: number, centers: Float64Array, k: number, width: number): { cluster: number; far: number } {
  let [cluster, least] = [0, Infinity];
  for (let c = 0; c < k; c++) {
    let sum = 0;
    for (let j = 0, from = c * width; j < width; j++) {
      const d = values[at + j] - centers[from + j];
      sum += d * d;
    }
    if (sum < least) [cluster, least] = [c, sum];
  }
  return { cluster, far: least };
}

function lloyd({ values, rows, width }: Table, centers: Float64Array, k: number, most: number, empty: "relocate" | "error"): Run {
  const labels = new Int32Array(rows).fill(-1);
  const far = new Float64Array(rows);
  let relocated = 0;
  for (let round = 1; ; round++) {
    let moved = false;
    let inertia = 0;
    for (let row = 0; row < rows; row++) {
      const found = nearest(values, row * width, centers, k, width);
      if (labels[row] !== found.cluster) moved = true;
      labels[row] = found.cluster;
      far[row] = found.far;
      inertia += found.far;
    }
    if (!moved || round > most) return { centers, labels, inertia, iterations: Math.min(round, most), converged: !moved, relocated };
    const counts = new Int32Array(k);
    for (const label of labels) counts[label]++;
    for (let c = 0; c < k; c++) {
      if (counts[c] > 0) continue;
      if (empty === "error") throw new RangeError(`cluster ${c} lost all its points in round ${round}: choose a smaller k or other init, or empty: "relocate"`);
      relocated++;
      // The point farthest from its centre, of those that do not leave another cluster empty.
      let farthest = -1;
      for (let row = 0; row < rows; row++) if (counts[labels[row]] > 1 && (farthest < 0 || far[row] > far[farthest])) farthest = row;
      counts[labels[farthest]]--;
      labels[farthest] = c;
      counts[c] = 1;
      far[farthest] = 0;
    }
    centers.fill(0);
    for (let row = 0; row < rows; row++) for (let j = 0, to = labels[row] * width; j < width; j++) centers[to + j] += values[row * width + j];
    for (let c = 0; c < k; c++) for (let j = 0; j < width; j++) centers[c * width + j] /= counts[c];
  }
}

/** The first centre by chance, each further one with a chance that grows with its squared distance from those there are; of several draws the one that lowers the sum most, as scikit-learn does. */
function plusPlus({ values, rows, width }: Table, k: number, draw: Random): Float64Array {
  const centers = new Float64Array(k * width);
  const far = new Float64Array(rows).fill(Infinity);
  const take = (c: number, row: number) => centers.set(values.subarray(row * width, (row + 1) * width), c * width);
  const withCenter = (row: number): Float64Array => far.map((old, other) => {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += (values[row * width + j] - values[other * width + j]) ** 2;
    return Math.min(old, sum);
  });
  const first = draw.integer(0, rows - 1);
  take(0, first);
  far.set(withCenter(first));
  const tries = 2 + Math.floor(Math.log(k));
  for (let c = 1; c < k; c++) {
    const total = far.reduce((a, b) => a + b, 0);
    let best: { row: number; far: Float64Array; sum: number } | undefined;
    for (let n = 0; n < tries; n++) {
      let [left, row] = [draw.uniform() * total, 0];
      for (let at = 0; at < rows; at++) if (far[at] > 0) {
        row = at;
        if ((left -= far[at]) < 0) break;
      }
      const next = withCenter(row);
      const sum = next.reduce((a, b) => a + b, 0);
      if (!best || sum < best.sum) best = { row, far: next, sum };
    }
    take(c, best!.row);
    far.set(best!.far);
  }
  return centers;
}
