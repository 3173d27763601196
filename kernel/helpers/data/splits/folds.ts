import { known, whole } from "../../arguments.js";
import { random } from "../random.js";
import { inOrder, onlyOne, type Split, type TableSplit } from "../split.js";
import type { AnyRow } from "../table/rows.js";
import { Table } from "../table/table.js";
import { classesOf, groupsOf, timesOf, type Key, type Time } from "./units.js";

export interface FoldsOptions<Row> {
  /** At least 2. Default 5. */
  folds?: number;
  /** Default 1. */
  seed?: number;
  /** Rows with the same key stay in one fold; folds are filled largest group first, so that they come out alike (as scikit-learn's GroupKFold, no randomness). */
  by?: (row: Row) => Key;
  /** Each class is spread over the folds, to within one row. */
  stratify?: (row: Row) => Key;
  /** Training always before test: fold i trains on the first i + 1 parts of folds + 1 and is tested on the next (as scikit-learn's TimeSeriesSplit). Rows of one time may be cut apart. */
  time?: (row: Row) => Time;
}

/**
 * Cross-validation: each row is in the test part of exactly one fold (with `time`: of at most one). Of a table, tables.
 *
 * @throws `expected folds to be a whole number >= 2, got 1`; `expected at least 5 rows for 5 folds, got 3`; `expected at least 5 groups for 5 folds, got 3`; `expected at least 5 rows of class "a", got 3`; `expected one of by, stratify and time, got by and time`.
 * @example
 * data.folds([1, 2, 3, 4, 5, 6], { folds: 3 }).map(({ test }) => test.length) // [2, 2, 2]
 * data.folds([1, 2, 3, 4], { folds: 3, time: (row) => row }) // [{ train: [1], test: [2] }, { train: [1, 2], test: [3] }, { train: [1, 2, 3], test: [4] }]
 */
export function folds<Row extends object>(rows: Table<Row>, options?: FoldsOptions<Row & AnyRow>): TableSplit<Row>[];
export function folds<Row>(rows: readonly Row[], options?: FoldsOptions<Row>): Split<Row>[];
export function folds<Row>(given: readonly Row[] | Table, options: FoldsOptions<Row> = {}): Split<Row>[] | TableSplit[] {
  known(options, ["folds", "seed", "by", "stratify", "time"]);
  const rows = (given instanceof Table ? [...given] : given) as readonly Row[];
  const count = whole({ folds: options.folds ?? 5 }, 2);
  onlyOne({ by: options.by, stratify: options.stratify, time: options.time });
  const parts = options.time ? forward(timesOf(rows, options.time), count) : around(rows.length, assign(rows, count, options), count);
  if (given instanceof Table) return parts.map(({ train, test }) => ({ train: inOrder(given, train), test: inOrder(given, test) }));
  return parts.map(({ train, test }) => ({ train: train.map((row) => rows[row]!), test: test.map((row) => rows[row]!) }));
}

interface Parts {
  train: number[];
  test: number[];
}

/** The fold of each row. */
function assign<Row>(rows: readonly Row[], count: number, { by, stratify, seed = 1 }: FoldsOptions<Row>): Int32Array {
  if (rows.length < count) throw new RangeError(`expected at least ${count} rows for ${count} folds, got ${rows.length}`);
  const fold = new Int32Array(rows.length);
  if (by) {
    const groups = [...groupsOf(rows, by).values()];
    if (groups.length < count) throw new RangeError(`expected at least ${count} groups for ${count} folds, got ${groups.length}`);
    const sizes = new Array<number>(count).fill(0);
    for (const group of groups.sort((a, b) => b.length - a.length)) {
      const least = sizes.indexOf(Math.min(...sizes));
      sizes[least]! += group.length;
      for (const row of group) fold[row] = least;
    }
    return fold;
  }
  const draw = random(seed);
  if (stratify) {
    const classes = groupsOf(rows, stratify);
    for (const [name, members] of classes) if (members.length < count) throw new RangeError(`expected at least ${count} rows of class ${JSON.stringify(name)}, got ${members.length}`);
  }
  // One hand after another: where one class ends, the next goes on, so that folds differ by one row at most.
  let next = 0;
  for (const members of stratify ? classesOf(rows, stratify) : [rows.map((_, row) => row)]) for (const row of draw.shuffle(members)) fold[row] = next++ % count;
  return fold;
}

function around(length: number, fold: Int32Array, count: number): Parts[] {
  return Array.from({ length: count }, (_, one) => {
    const parts: Parts = { train: [], test: [] };
    for (let row = 0; row < length; row++) parts[fold[row] === one ? "test" : "train"].push(row);
    return parts;
  });
}

function forward(times: readonly number[], count: number): Parts[] {
  if (times.length < count + 1) throw new RangeError(`expected at least ${count + 1} rows for ${count} folds in time, got ${times.length}`);
  const order = times.map((_, row) => row).sort((a, b) => times[a]! - times[b]! || a - b);
  const size = Math.floor(times.length / (count + 1));
  return Array.from({ length: count }, (_, fold) => {
    const from = times.length - size * (count - fold);
    return { train: order.slice(0, from), test: order.slice(from, from + size) };
  });
}
