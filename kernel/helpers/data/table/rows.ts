import { isMissing } from "../../../display/table/read.js";
import { shown } from "../../arguments.js";
import { Table } from "./table.js";

/** A record whose columns are not known to the compiler. */
// oxlint-disable-next-line typescript/no-explicit-any -- what a file holds is known only when it is read
export type AnyRow = Record<string, any>;

/** Anything that gives records one after another: an array of them, or a table. */
export type Rows<Row extends object = AnyRow> = Iterable<Row>;

/** Columns of rows, in the order of their first appearance. */
export interface Frame {
  readonly names: readonly string[];
  readonly length: number;
  /** @throws `unknown column: area (columns: ...)`. */
  column(name: string): readonly unknown[];
}

export { isMissing };

/** Columns of a table as they are; of records, of every record. A record that lacks a column has `undefined` there. */
export function frameOf(rows: Rows<object>): Frame {
  if (rows instanceof Table) return tableFrame(rows);
  const records = recordsOf(rows);
  const seen = new Set<string>();
  for (const record of records) for (const name in record) seen.add(name);
  const names = Object.freeze([...seen]);
  const kept = new Map<string, unknown[]>();
  return {
    names,
    length: records.length,
    column(name) {
      if (records.length === 0) return [];
      if (!seen.has(name)) throw unknownColumn(name, names);
      let values = kept.get(name);
      if (!values) kept.set(name, (values = records.map((record) => record[name])));
      return values;
    },
  };
}

function tableFrame(table: Table): Frame {
  const names = table.columnNames();
  const kept = new Map<string, readonly unknown[]>();
  return {
    names,
    length: table.numRows(),
    column(name) {
      if (!names.includes(name)) throw unknownColumn(name, names);
      let values = kept.get(name);
      if (!values) kept.set(name, (values = Array.from(table.array(name) as ArrayLike<unknown>)));
      return values;
    },
  };
}

/** As an array of plain records; each must be an object. */
export function recordsOf<Row extends object>(rows: Rows<Row>): readonly (Row & AnyRow)[] {
  if (typeof rows?.[Symbol.iterator] !== "function") throw new TypeError(`expected rows: an array of records or a table, got ${shown(rows)}`);
  const records = Array.isArray(rows) ? (rows as Row[]) : [...rows];
  const wrong = records.findIndex((record) => typeof record !== "object" || record === null);
  if (wrong >= 0) throw new TypeError(`expected a record in row ${wrong}, got ${shown(records[wrong])}`);
  return records as (Row & AnyRow)[];
}

export function unknownColumn(name: string, names: readonly string[]): RangeError {
  const some = names.slice(0, 20).join(", ") + (names.length > 20 ? `, and ${names.length - 20} more` : "");
  return new RangeError(`unknown column: ${name} (columns: ${some})`);
}

/** The columns asked for, each checked; else all that pass. */
export function chosen(frame: Frame, columns: readonly string[] | undefined, otherwise: (values: readonly unknown[], name: string) => boolean = () => true): readonly string[] {
  if (columns === undefined) return frame.names.filter((name) => otherwise(frame.column(name), name));
  for (const name of columns) if (!frame.names.includes(name)) throw unknownColumn(name, frame.names);
  return columns;
}

/** Do all values that are there have this type (and is there one)? */
export function all(values: readonly unknown[], type: "number" | "string" | "boolean"): boolean {
  let some = false;
  for (const value of values) {
    if (isMissing(value)) continue;
    if (typeof value !== type) return false;
    some = true;
  }
  return some;
}

/** A column of finite numbers, none missing. */
export function numbersIn(frame: Frame, name: string): number[] {
  return frame.column(name).map((value, row) => {
    if (typeof value !== "number" || !Number.isFinite(value)) throw new TypeError(`expected numbers in column ${name}, got ${isMissing(value) ? "a missing value" : shown(value)} in row ${row}${isMissing(value) ? ": impute or drop it first" : ""}`);
    return value;
  });
}
