import { inside, known, shown } from "../arguments.js";
import { apportion, classesOf, groupsOf, timesOf, type Key, type Time } from "./splits/units.js";
import { random } from "./random.js";
import { Table } from "./table/table.js";
import { pick } from "./duplicates/exact.js";
import type { AnyRow } from "./table/rows.js";

export interface SplitOptions<Row> {
  /** Share of rows (of groups, with `by`) held back for the test; between 0 and 1. Default 0.2. */
  test?: number;
  /** Same seed, same split. Default 1. */
  seed?: number;
  /** Rows with the same key stay on one side: the unit that repeats, such as a patient or a neighbourhood. */
  by?: (row: Row) => Key;
  /** Each class has the same share on both sides, to within one row. */
  stratify?: (row: Row) => Key;
  /** The latest rows are the test, all later than any training row; rows of one time stay together. No randomness. */
  time?: (row: Row) => Time;
}

export interface Split<Row> {
  train: Row[];
  test: Row[];
}

export interface TableSplit<Row extends object = AnyRow> {
  train: Table<Row>;
  test: Table<Row>;
}

/**
 * Rows in random order, cut into a training and a test part. Every row is in exactly one part. Of a table, two tables.
 * With `by` groups stay together, with `stratify` classes keep their shares, with `time` the test comes after the training.
 *
 * @throws `expected test above 0 and below 1, got 2`; `expected at least 2 rows, got 1`; `expected one of by, stratify and time, got by and time`; `expected a date or a number from time, got "May" in row 3`.
 * @example
 * data.split([1, 2, 3, 4, 5], { test: 0.2, seed: 1 }).test.length // 1
 * data.split([3, 1, 2, 5, 4], { test: 0.4, time: (row) => row }) // { train: [1, 2, 3], test: [4, 5] }
 */
export function split<Row extends object>(rows: Table<Row>, options?: SplitOptions<Row & AnyRow>): TableSplit<Row>;
export function split<Row>(rows: readonly Row[], options?: SplitOptions<Row>): Split<Row>;
export function split<Row>(given: readonly Row[] | Table, options: SplitOptions<Row> = {}): Split<Row> | TableSplit {
  known(options, ["test", "seed", "by", "stratify", "time"]);
  const rows = (given instanceof Table ? [...given] : given) as readonly Row[];
  const parts = choose(rows, options);
  if (!(given instanceof Table)) return { train: parts.train.map((at) => rows[at]!), test: parts.test.map((at) => rows[at]!) };
  return { train: inOrder(given, parts.train), test: inOrder(given, parts.test) };
}

/** Some rows of a table, in this order. */
export function inOrder(table: Table, rows: readonly number[]): Table {
  const indices = table.indices();
  return rows.length === 0 ? pick(table, () => false) : (table.reify(rows.map((row) => indices[row]!)) as Table);
}

function choose<Row>(rows: readonly Row[], { test = 0.2, seed = 1, by, stratify, time }: SplitOptions<Row>): { train: number[]; test: number[] } {
  inside({ test });
  if (rows.length < 2) throw new RangeError(`expected at least 2 rows, got ${rows.length}`);
  onlyOne({ by, stratify, time });
  if (time) return latest(timesOf(rows, time), test);
  if (stratify) return stratified(classesOf(rows, stratify), test, seed);
  const units = by ? [...groupsOf(rows, by).values()] : rows.map((_, row) => [row]);
  if (units.length < 2) throw new RangeError("expected at least 2 groups, got 1");
  const order = random(seed).shuffle(units);
  // At least one unit on each side, however small the data.
  const held = Math.min(units.length - 1, Math.max(1, Math.round(units.length * test)));
  return { train: order.slice(held).flat(), test: order.slice(0, held).flat() };
}

/** Options that cannot hold together. */
export function onlyOne(given: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(given).filter((name) => given[name] !== undefined);
  for (const name of names) if (typeof given[name] !== "function") throw new TypeError(`expected ${name} to be a function of a row, got ${shown(given[name])}`);
  if (names.length > 1) throw new TypeError(`expected one of ${Object.keys(given).join(", ").replace(/, (\w+)$/, " and $1")}, got ${names.join(" and ")}`);
}

function stratified(classes: readonly number[][], test: number, seed: number): { train: number[]; test: number[] } {
  const draw = random(seed);
  const total = classes.reduce((sum, members) => sum + members.length, 0);
  const held = apportion(classes.map((members) => members.length), Math.min(total - 1, Math.max(1, Math.round(total * test))));
  const parts = { train: [] as number[], test: [] as number[] };
  classes.forEach((members, at) => {
    const order = draw.shuffle(members);
    parts.test.push(...order.slice(0, held[at]));
    parts.train.push(...order.slice(held[at]));
  });
  return { train: draw.shuffle(parts.train), test: draw.shuffle(parts.test) };
}

function latest(times: readonly number[], test: number): { train: number[]; test: number[] } {
  const order = times.map((_, row) => row).sort((a, b) => times[a]! - times[b]! || a - b);
  const wanted = order.length - Math.min(order.length - 1, Math.max(1, Math.round(order.length * test)));
  // Where a time stands on the border, all its rows go to the test, or, if none would be left, to the training.
  let cut = wanted;
  while (cut > 0 && times[order[cut - 1]!] === times[order[cut]!]) cut -= 1;
  if (cut === 0) {
    cut = wanted;
    while (cut < order.length && times[order[cut]!] === times[order[cut - 1]!]) cut += 1;
    if (cut === order.length) throw new RangeError("expected at least 2 different times, got 1");
  }
  return { train: order.slice(0, cut), test: order.slice(cut) };
}
