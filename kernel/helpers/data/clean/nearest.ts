import { known, shown, whole } from "../../arguments.js";
import { mean } from "../statistics/numbers.js";
import { chosen, all, frameOf, isMissing, type Frame, type Rows } from "../table/rows.js";
import type { Table } from "../table/table.js";
import { checkWeights, filled, type Imputer } from "./missing.js";

export interface NearestOptions {
  /** Columns of numbers that are compared and filled. Default: all columns of numbers. */
  columns?: readonly string[];
  /** How many rows are averaged, at least 1. Default 5. */
  neighbours?: number;
  /** "uniform" (default) or by 1 / "distance". */
  weights?: "uniform" | "distance";
  /** As in `impute`. */
  indicator?: boolean;
}

/**
 * Fill gaps with the mean of the nearest training rows that have a value there (scikit-learn's KNNImputer, number for number). Distance: Euclidean over the columns both rows have,
 * scaled up by all columns over those; so standardize columns of different units first. A row that shares no column with any other gets the column's mean.
 * Every row is compared with every training row: meant for thousands of rows.
 *
 * @throws `expected numbers in column town, got "A" in row 0`; `expected a value in column age, got none`; `expected neighbours to be a whole number >= 1, got 0`.
 * @see Troyanskaya et al. 2001
 * @example
 * const known = [{ a: 1, b: 2 }, { a: 3, b: 4 }, { a: null, b: 6 }, { a: 8, b: 8 }];
 * [...data.imputeNearest(known, { neighbours: 2 }).apply(known)][2].a // 5.5
 */
export function imputeNearest(rows: Rows<object>, options: NearestOptions = {}): Omit<Imputer, "fill"> {
  known(options, ["columns", "neighbours", "weights", "indicator"]);
  const neighbours = whole({ neighbours: options.neighbours ?? 5 }, 1);
  const weights = checkWeights(options.weights);
  const frame = frameOf(rows);
  const names = [...chosen(frame, options.columns, (values) => all(values, "number"))];
  const train = matrixOf(frame, names);
  const means = names.map((name, at) => {
    const there = train.map((row) => row[at]!).filter((value) => !Number.isNaN(value));
    if (there.length === 0) throw new RangeError(`expected a value in column ${name}, got none`);
    return mean(there);
  });
  const apply = <Row extends object>(others: Rows<Row>): Table<Row> => {
    const points = matrixOf(frameOf(others), names);
    const distances = new Map<number, Float64Array>();
    const from = (row: number) => {
      let found = distances.get(row);
      if (!found) distances.set(row, (found = Float64Array.from(train, (other) => distance(points[row]!, other))));
      return found;
    };
    return filled<Row>(others, names, (name) => {
      const at = names.indexOf(name);
      const donors = train.flatMap((row, index) => (Number.isNaN(row[at]!) ? [] : [index]));
      return (row) => {
        const away = from(row);
        const near = donors.filter((index) => !Number.isNaN(away[index]!)).sort((a, b) => away[a]! - away[b]! || a - b).slice(0, neighbours);
        if (near.length === 0) return means[at];
        return average(near.map((index) => train[index]![at]!), near.map((index) => away[index]!), weights);
      };
    }, options.indicator ?? false);
  };
  return Object.freeze({ apply });
}

function average(values: readonly number[], distances: readonly number[], weights: "uniform" | "distance"): number {
  if (weights === "uniform") return mean(values);
  // Rows at distance 0 alone count, as 1 / 0 outweighs all.
  const exact = values.filter((_, at) => distances[at] === 0);
  if (exact.length > 0) return mean(exact);
  const total = distances.reduce((sum, away) => sum + 1 / away, 0);
  return values.reduce((sum, value, at) => sum + value / distances[at]!, 0) / total;
}

function matrixOf(frame: Frame, names: readonly string[]): Float64Array[] {
  const columns = names.map((name) => frame.column(name));
  return Array.from({ length: frame.length }, (_, row) => Float64Array.from(columns, (values, at) => {
    const value = values[row];
    if (isMissing(value)) return Number.NaN;
    if (typeof value !== "number") throw new TypeError(`expected numbers in column ${names[at]}, got ${shown(value)} in row ${row}`);
    return value;
  }));
}

/** NaN where the two have no column in common. */
function distance(a: Float64Array, b: Float64Array): number {
  let total = 0;
  let shared = 0;
  for (let at = 0; at < a.length; at++) {
    const away = a[at]! - b[at]!;
    if (Number.isNaN(away)) continue;
    total += away * away;
    shared += 1;
  }
  return shared === 0 ? Number.NaN : Math.sqrt((total * a.length) / shared);
}
