import { oneOf, shown, whole } from "../../arguments.js";
import { readRows, type Table } from "../examples/read.js";
import { asDistance, bounded, comparison, distances, type Distance } from "./distance.js";
import { nearestFour } from "./brute.js";
import { KdTree } from "./kd-tree.js";
import { Nearest } from "./nearest.js";

export interface NeighborOptions {
  /** How many neighbours decide. Default 5. */
  k?: number;
  /** Default "euclidean". Features of different units want `data.standardize` first; "cosine" compares directions only. */
  distance?: Distance;
  /** "uniform" (default): each neighbour counts alike; "distance": by 1 / distance, and those at distance 0 alone where there are any. */
  weights?: "uniform" | "distance";
  /** "auto" (default): boxes ("kd-tree") where they pay, in up to 12 columns from 500 rows on; else each row is looked at ("brute"). The answers are the same. */
  algorithm?: "auto" | "kd-tree" | "brute";
}

export const neighborOptionNames = ["k", "distance", "weights", "algorithm"] as const;

/** Indices and distances of the k nearest of each row, nearest first. */
export interface Found {
  rows: number;
  k: number;
  index: Int32Array;
  distance: Float64Array;
}

export interface NeighborSearch {
  k: number;
  weights: "uniform" | "distance";
  find(rows: unknown, k?: number): Found;
}

export function neighborSearch(table: Table, features: readonly string[], options: NeighborOptions): NeighborSearch {
  const distance = oneOf({ distance: options.distance ?? "euclidean" }, distances);
  const weights = oneOf({ weights: options.weights ?? "uniform" }, ["uniform", "distance"]);
  const asked = oneOf({ algorithm: options.algorithm ?? "auto" }, ["auto", "kd-tree", "brute"]);
  const most = neighbors(options.k ?? 5, table.rows);
  if (asked === "kd-tree" && !bounded(distance)) throw new RangeError('expected algorithm "brute" or "auto" with distance "cosine", got "kd-tree"');
  if (distance === "cosine") noZeros(table, "x");
  const compare = comparison(distance, table.width);
  const real = asDistance(distance);
  const boxes = asked === "kd-tree" || (asked === "auto" && bounded(distance) && table.width <= 12 && table.rows >= 500) ? new KdTree(table) : undefined;
  return {
    k: most,
    weights,
    find(rows, k = most) {
      const queries = readRows(rows, features);
      if (distance === "cosine") noZeros(queries, "rows");
      const four = Array.from({ length: 4 }, () => new Nearest(neighbors(k, table.rows)));
      const [nearest] = four;
      const keep = (one: Nearest, row: number): void => {
        found.index.set(one.index, row * k);
        for (let i = 0; i < k; i++) found.distance[row * k + i] = real(one.far[i]);
        one.clear();
      };
      const found: Found = { rows: queries.rows, k, index: new Int32Array(queries.rows * k), distance: new Float64Array(queries.rows * k) };
      if (!boxes && distance === "euclidean") {
        for (let row = 0; row < queries.rows; row += 4) {
          const count = Math.min(4, queries.rows - row);
          nearestFour(table, queries.values, row, count, four);
          for (let n = 0; n < count; n++) keep(four[n], row + n);
        }
        return found;
      }
      for (let row = 0; row < queries.rows; row++) {
        const at = row * table.width;
        if (boxes) boxes.search(queries.values, at, compare, nearest);
        else for (let other = 0; other < table.rows; other++) {
          const far = compare(queries.values, at, table.values, other * table.width);
          if (far <= nearest.bound()) nearest.add(far, other);
        }
        keep(nearest, row);
      }
      return found;
    },
  };
}

function neighbors(k: number, rows: number): number {
  if (whole({ k }, 1) > rows) throw new RangeError(`expected k <= ${rows}, the number of examples, got ${shown(k)}`);
  return k;
}

function noZeros({ values, rows, width }: Table, name: string): void {
  for (let row = 0; row < rows; row++) if (values.subarray(row * width, (row + 1) * width).every((value) => value === 0)) throw new RangeError(`expected rows that are not all 0 in ${name} with distance "cosine", got row ${row}`);
}

/** What each neighbour counts. */
export function influence({ distance, k }: Found, row: number, weights: "uniform" | "distance", into: Float64Array): void {
  const from = row * k;
  if (weights === "uniform") {
    into.fill(1);
    return;
  }
  const same = distance[from] === 0;
  for (let i = 0; i < k; i++) into[i] = same ? Number(distance[from + i] === 0) : 1 / distance[from + i];
}
