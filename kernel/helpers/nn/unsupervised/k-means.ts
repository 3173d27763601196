import { say } from "../../../display/language.js";
import { known, oneOf, shown, whole } from "../../arguments.js";
import { random, type Random } from "../../data/random.js";
import { number } from "../../../display/number.js";
import type { Points, Rows } from "../examples/contract.js";
import { readPoints, readRows, type Table } from "../examples/read.js";
import { squaredWithin } from "../neighbours/distance.js";
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
      const found = new Float64Array(2);
      return Array.from({ length: asked.rows }, (_, row) => nearest(asked.values, row * width, centers, k, width, found));
    },
  });
  return shownBy({ ...result }, () => tableUnder(say(`${k} clusters of ${rows} points, inertia ${number(inertia)}`, `${rows} 个点分为 ${k} 簇，惯性 ${number(inertia)}`), result.centers.map((center, c) => ({ cluster: c, points: sizes[c], ...Object.fromEntries(center.map((value, j) => [features[j], value])) }))));
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

/** The nearest centre; what its squared distance is stands in `found`, with that of the next one. */
function nearest(values: Float64Array, at: number, centers: Float64Array, k: number, width: number, found: Float64Array): number {
  let cluster = 0;
  let least = Infinity;
  let second = Infinity;
  for (let c = 0, from = 0; c < k; c++, from += width) {
    const sum = squaredWithin(values, at, centers, from, width, second);
    if (sum < least) {
      second = least;
      least = sum;
      cluster = c;
    } else if (sum < second) second = sum;
  }
  found[0] = least;
  found[1] = second;
  return cluster;
}

/**
 * Lloyd's rounds. Most points are spared by Hamerly's bounds (2010): a centre that moved by d is at most d farther from, or nearer to, any point.
 * Where the bounds say that nothing moves, one round without them has the last word.
 */
function lloyd({ values, rows, width }: Table, centers: Float64Array, k: number, most: number, empty: "relocate" | "error"): Run {
  const labels = new Int32Array(rows).fill(-1);
  const upper = new Float64Array(rows).fill(Infinity);
  const lower = new Float64Array(rows);
  const counts = new Int32Array(k);
  const moves = new Float64Array(k);
  const found = new Float64Array(2);
  const before = new Float64Array(centers.length);
  let relocated = 0;
  let exact = true;
  for (let round = 1; ; round++) {
    let moved = false;
    for (let row = 0, at = 0; row < rows; row++, at += width) {
      // Rounding must not decide: bounds that nearly meet are no bounds.
      if (!exact && upper[row] < lower[row] * (1 - 1e-9)) continue;
      const cluster = nearest(values, at, centers, k, width, found);
      upper[row] = Math.sqrt(found[0]);
      lower[row] = Math.sqrt(found[1]);
      if (labels[row] !== cluster) moved = true;
      labels[row] = cluster;
    }
    if (exact && (!moved || round > most)) {
      let inertia = 0;
      for (let row = 0; row < rows; row++) inertia += squaredWithin(values, row * width, centers, labels[row] * width, width, Infinity);
      return { centers, labels, inertia, iterations: Math.min(round, most), converged: !moved, relocated };
    }
    exact = !moved || round >= most;
    counts.fill(0);
    for (const label of labels) counts[label]++;
    for (let c = 0; c < k; c++) {
      if (counts[c] > 0) continue;
      if (empty === "error") throw new RangeError(`cluster ${c} lost all its points in round ${round}: choose a smaller k or other init, or empty: "relocate"`);
      relocated++;
      // The point farthest from its centre, of those that do not leave another cluster empty.
      let [farthest, far] = [-1, -1];
      for (let row = 0; row < rows; row++) if (counts[labels[row]] > 1) {
        const own = squaredWithin(values, row * width, centers, labels[row] * width, width, Infinity);
        if (own > far) [farthest, far] = [row, own];
      }
      counts[labels[farthest]]--;
      labels[farthest] = c;
      counts[c] = 1;
      centers.set(values.subarray(farthest * width, (farthest + 1) * width), c * width);
      upper[farthest] = Infinity;
      exact = true;
    }
    before.set(centers);
    centers.fill(0);
    for (let row = 0, at = 0; row < rows; row++) for (let j = 0, to = labels[row] * width; j < width; j++) centers[to + j] += values[at++];
    for (let c = 0, at = 0; c < k; c++) for (let j = 0; j < width; j++) centers[at++] /= counts[c];
    for (let c = 0; c < k; c++) moves[c] = Math.sqrt(squaredWithin(before, c * width, centers, c * width, width, Infinity));
    const farthest = moves.reduce((a, b) => Math.max(a, b), 0);
    for (let row = 0; row < rows; row++) {
      upper[row] += moves[labels[row]];
      lower[row] -= farthest;
    }
  }
}

/** The first centre by chance, each further one with a chance that grows with its squared distance from those there are; of several draws the one that lowers the sum most, as scikit-learn does. */
function plusPlus({ values, rows, width }: Table, k: number, draw: Random): Float64Array {
  const centers = new Float64Array(k * width);
  const far = new Float64Array(rows).fill(Infinity);
  const take = (c: number, row: number) => centers.set(values.subarray(row * width, (row + 1) * width), c * width);
  const withCenter = (row: number): Float64Array => far.map((old, other) => Math.min(old, squaredWithin(values, row * width, values, other * width, width, old)));
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
