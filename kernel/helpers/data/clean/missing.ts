import { say } from "../../../display/language.js";
import { finite, known, oneOf, shown } from "../../arguments.js";
import { mean, median, tally } from "../statistics/numbers.js";
import { shows } from "../statistics/show.js";
import { chosen, frameOf, isMissing, type Frame, type Rows } from "../table/rows.js";
import { fromColumns, type Table } from "../table/table.js";
import { pick } from "../duplicates/exact.js";

/** How a column's missing values are filled: by a figure of the training rows, or by a constant. */
export type Fill = "mean" | "median" | "mode" | { readonly constant: string | number | boolean | Date };

export interface ImputeOptions {
  /** Which columns, and how: `{ age: "median", town: "mode", note: { constant: "none" } }`. */
  columns: Readonly<Record<string, Fill>>;
  /** Adds to each column a column `NAME_missing` of 0 and 1: that a value is missing often says something. Default false. */
  indicator?: boolean;
}

/** Learned from training rows, to be applied to any rows. Plain data but for `apply`. */
export interface Imputer {
  /** What each column is filled with. */
  readonly fill: Readonly<Record<string, unknown>>;
  /** The rows with their gaps filled, as a table. */
  apply<Row extends object>(rows: Rows<Row>): Table<Row>;
}

/**
 * Rows without a missing value (null, undefined or NaN) in any column, or in those given. Dropping is fair only where values are missing by chance.
 *
 * @throws `unknown column: area (columns: ...)`.
 * @example
 * data.dropMissing([{ a: 1, b: null }, { a: 2, b: 3 }]).numRows() // 1
 * data.dropMissing([{ a: 1, b: null }, { a: 2, b: 3 }], { columns: ["a"] }).numRows() // 2
 */
export function dropMissing<Row extends object>(rows: Rows<Row>, options: { columns?: readonly string[] } = {}): Table<Row> {
  known(options, ["columns"]);
  const frame = frameOf(rows);
  const columns = chosen(frame, options.columns).map((name) => frame.column(name));
  return pick(rows, (row) => columns.every((values) => !isMissing(values[row])));
}

/**
 * Learn what to fill gaps with, from training rows only; then apply it to both parts, so that the test says nothing about itself.
 * "mode" is the commonest value; of several the first in order of appearance.
 *
 * @throws `unknown fill of age: middle (known: mean, median, mode, { constant })`; `expected numbers in column town for its mean, got "A" in row 0`; `expected a value in column age, got none`; on applying: `unknown column: age (columns: ...)`.
 * @example
 * const known = [{ age: 30, town: "A" }, { age: null, town: "A" }, { age: 40, town: "B" }];
 * const imputer = data.impute(known, { columns: { age: "mean", town: "mode" }, indicator: true });
 * imputer.fill // { age: 35, town: "A" }
 * [...imputer.apply([{ age: null, town: "B" }])] // [{ age: 35, town: "B", age_missing: 1, town_missing: 0 }]
 */
export function impute(rows: Rows<object>, options: ImputeOptions): Imputer {
  known(options, ["columns", "indicator"]);
  const frame = frameOf(rows);
  const fill = Object.freeze(Object.fromEntries(Object.entries(options.columns).map(([name, how]) => [name, figure(frame, name, how)])));
  const indicator = options.indicator ?? false;
  return shows({ fill, apply: <Row extends object>(others: Rows<Row>) => filled<Row>(others, Object.keys(fill), (name) => () => fill[name], indicator) }, () => [{ title: say("Gaps are filled with", "缺失处填入"), rows: Object.entries(fill).map(([column, value]) => ({ column, value })) }]);
}

function figure(frame: Frame, name: string, how: Fill): unknown {
  const values = frame.column(name);
  if (typeof how === "object" && how !== null && "constant" in how) return how.constant;
  if (how !== "mean" && how !== "median" && how !== "mode") throw new RangeError(`unknown fill of ${name}: ${typeof how === "string" ? how : shown(how)} (known: mean, median, mode, { constant })`);
  const there = values.filter((value) => !isMissing(value));
  if (there.length === 0) throw new RangeError(`expected a value in column ${name}, got none`);
  if (how === "mode") return tally(there)[0]![0];
  const numbers = there.map((value) => {
    if (typeof value !== "number") throw new TypeError(`expected numbers in column ${name} for its ${how}, got ${shown(value)} in row ${values.indexOf(value)}`);
    return finite({ [name]: value });
  });
  return how === "mean" ? mean(numbers) : median(numbers);
}

/** All columns, those named with their gaps filled by `fillOf(name)(row)`. */
export function filled<Row extends object>(rows: Rows<object>, names: readonly string[], fillOf: (name: string) => (row: number) => unknown, indicator: boolean): Table<Row> {
  const frame = frameOf(rows);
  chosen(frame, names);
  const columns: Record<string, readonly unknown[]> = {};
  for (const name of frame.names) {
    const fill = names.includes(name) ? fillOf(name) : undefined;
    columns[name] = fill ? frame.column(name).map((value, row) => (isMissing(value) ? fill(row) : value)) : frame.column(name);
  }
  const marks = indicator ? names.map((name) => `${name}_missing`) : [];
  marks.forEach((mark, at) => {
    if (mark in columns) throw new RangeError(`expected no column ${mark}: the indicator takes this name`);
    columns[mark] = frame.column(names[at]!).map((value) => Number(isMissing(value)));
  });
  return fromColumns<Row>(columns, [...frame.names, ...marks]);
}

export const weightWords = ["uniform", "distance"] as const;
export const checkWeights = (weights: string | undefined) => oneOf({ weights: weights ?? "uniform" }, weightWords);
