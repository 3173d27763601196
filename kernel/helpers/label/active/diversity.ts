import { known, whole } from "../../arguments.js";
import { random, type Random } from "../../data/random.js";
import { readPoints, squaredDistance } from "../model.js";

export interface DiversityOptions {
  /** How many to choose. */
  count: number;
  /** Indices that are labelled already: choices keep away from them. Default none. */
  labelled?: readonly number[];
}

/**
 * Points that cover the rest: each choice is the point farthest from all chosen and labelled ones (greedy k-center, at most twice the best radius). Without labelled points the first is the one nearest to the mean.
 *
 * @param points rows of numbers, such as embeddings.
 * @throws `expected count <= 3, the number of unlabelled points, got 5`; `expected labelled indices below 4, got 9`.
 * Source: Gonzalez 1985; Sener and Savarese 2018.
 * @example
 * label.kCenter([[0], [1], [10], [11]], { count: 2, labelled: [0] }) // [3, 1]
 */
export function kCenter(points: readonly ArrayLike<number>[], options: DiversityOptions): readonly number[] {
  known(options, ["count", "labelled"]);
  const { rows, count, labelled } = read(points, options);
  const nearest = new Float64Array(rows.length).fill(Number.POSITIVE_INFINITY);
  const taken = new Set<number>();
  const take = (at: number) => {
    taken.add(at);
    for (let i = 0; i < rows.length; i++) nearest[i] = Math.min(nearest[i]!, squaredDistance(rows[i]!, rows[at]!));
  };
  labelled.forEach(take);
  const chosen: number[] = [];
  while (chosen.length < count) {
    let best = -1;
    if (taken.size === 0) best = closest(rows, mean(rows), taken);
    else for (let i = 0; i < rows.length; i++) if (!taken.has(i) && (best < 0 || nearest[i]! > nearest[best]!)) best = i;
    take(best);
    chosen.push(best);
  }
  return Object.freeze(chosen);
}

/**
 * One point of each of `count` clusters of the unlabelled points: the one nearest to its cluster's mean (k-means from k-means++ starts). Always `count` different points, even where some coincide.
 *
 * @param options `seed` default 1.
 * @throws as `kCenter`.
 * Source: Lloyd 1982; Arthur and Vassilvitskii 2007.
 * @example
 * [...label.clusterSample([[0], [1], [2], [10], [11], [12]], { count: 2 })].sort() // [1, 4]
 */
export function clusterSample(points: readonly ArrayLike<number>[], options: DiversityOptions & { seed?: number }): readonly number[] {
  known(options, ["count", "labelled", "seed"]);
  const { rows, count, labelled } = read(points, options);
  const done = new Set(labelled);
  const pool = rows.flatMap((_, i) => (done.has(i) ? [] : [i]));
  const own = pool.map((i) => rows[i]!);
  let centers = spread(own, count, random(options.seed ?? 1));
  for (let round = 0; round < 50; round++) {
    const member = own.map((row) => nearestOf(centers, row));
    const next = centers.map((center, c) => {
      const group = own.filter((_, i) => member[i] === c);
      return group.length ? mean(group) : center;
    });
    const moved = next.some((center, c) => squaredDistance(center, centers[c]!) > 1e-18);
    centers = next;
    if (!moved) break;
  }
  const chosen = new Set<number>();
  for (const center of centers) {
    if (own.some((_, i) => !chosen.has(i))) chosen.add(closest(own, center, chosen));
  }
  return Object.freeze([...chosen].map((i) => pool[i]!));
}

function read(points: readonly ArrayLike<number>[], { count: wanted, labelled = [] }: DiversityOptions) {
  const rows = readPoints(points, "points");
  const count = whole({ count: wanted }, 1);
  for (const at of labelled) if (!Number.isInteger(at) || at < 0 || at >= rows.length) throw new RangeError(`expected labelled indices below ${rows.length}, got ${at}`);
  const free = rows.length - new Set(labelled).size;
  if (count > free) throw new RangeError(`expected count <= ${free}, the number of unlabelled points, got ${count}`);
  return { rows, count, labelled };
}

function mean(rows: Float64Array[]): Float64Array {
  const sum = new Float64Array(rows[0]!.length);
  for (const row of rows) row.forEach((v, k) => (sum[k]! += v));
  return sum.map((v) => v / rows.length);
}

function closest(rows: Float64Array[], to: Float64Array, without: ReadonlySet<number>): number {
  let best = -1;
  for (let i = 0; i < rows.length; i++) if (!without.has(i) && (best < 0 || squaredDistance(rows[i]!, to) < squaredDistance(rows[best]!, to))) best = i;
  return best;
}

function nearestOf(centers: Float64Array[], row: Float64Array): number {
  let best = 0;
  for (let c = 1; c < centers.length; c++) if (squaredDistance(centers[c]!, row) < squaredDistance(centers[best]!, row)) best = c;
  return best;
}

/** k-means++: each start is drawn with probability proportional to its squared distance from the others. */
function spread(rows: Float64Array[], count: number, draw: Random): Float64Array[] {
  const centers = [rows[draw.integer(0, rows.length - 1)]!];
  while (centers.length < count) {
    const far = rows.map((row) => squaredDistance(row, centers[nearestOf(centers, row)]!));
    let left = draw.uniform() * far.reduce((sum, d) => sum + d, 0);
    const at = far.findIndex((d) => (left -= d) < 0);
    centers.push(rows[at < 0 ? centers.length % rows.length : at]!);
  }
  return centers;
}
