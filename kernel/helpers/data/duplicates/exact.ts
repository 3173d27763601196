import { count } from "../../../display/escape.js";
import { known } from "../../arguments.js";
import { shows } from "../statistics/show.js";
import { chosen, frameOf, recordsOf, type AnyRow, type Frame, type Rows } from "../table/rows.js";
import { table, Table } from "../table/table.js";

export interface Duplicates<Row extends object = AnyRow> {
  /** Rows that are equal, first one first; groups in order of appearance. */
  readonly groups: readonly (readonly number[])[];
  /** How many rows are equal to an earlier one. */
  readonly count: number;
  /** The first row of each group and all others. */
  readonly unique: Table<Row>;
}

/**
 * Rows that are equal in every column (or in those given). Two missing values are equal; 1 and "1" are not.
 *
 * @throws `unknown column: area (columns: ...)`.
 * @example
 * const found = data.duplicates([{ a: 1 }, { a: 2 }, { a: 1 }]);
 * found.groups // [[0, 2]]
 * found.unique.numRows() // 2
 */
export function duplicates<Row extends object>(rows: Rows<Row>, options: { columns?: readonly string[] } = {}): Duplicates<Row> {
  known(options, ["columns"]);
  const frame = frameOf(rows);
  const byKey = new Map<string, number[]>();
  rowKeys(frame, chosen(frame, options.columns)).forEach((key, row) => {
    const group = byKey.get(key);
    if (group) group.push(row);
    else byKey.set(key, [row]);
  });
  const groups = [...byKey.values()].filter((group) => group.length > 1).map((group) => Object.freeze(group));
  const later = new Set(groups.flatMap((group) => group.slice(1)));
  return shows({
    groups: Object.freeze(groups), count: later.size,
    get unique() {
      return pick(rows, (row) => !later.has(row));
    },
  }, () => [{ lines: [`${later.size.toLocaleString("en-US")} of ${count(frame.length, "row")} equal to an earlier one, in ${count(groups.length, "group")}`] }, { rows: groups.slice(0, 10).map((group) => ({ rows: group.join(", ") })) }]);
}

/** Text that is equal where the rows are: types are told apart, missing is missing. */
export function rowKeys(frame: Frame, names: readonly string[]): string[] {
  const keys = new Array<string>(frame.length).fill("");
  for (const name of names) {
    const values = frame.column(name);
    for (let row = 0; row < keys.length; row++) keys[row] += `${keyOf(values[row])}\u001f`;
  }
  return keys;
}

export function keyOf(value: unknown): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "~";
  if (value instanceof Date) return `d${value.getTime()}`;
  if (typeof value === "object") return `o${JSON.stringify(value)}`;
  return `${typeof value === "string" ? "s" : typeof value === "number" ? "n" : typeof value === "bigint" ? "i" : "b"}${String(value)}`;
}

/** Some rows, as a table with the same columns. */
export function pick<Row extends object>(rows: Rows<Row>, keep: (row: number) => boolean): Table<Row> {
  if (rows instanceof Table) {
    let at = 0;
    return rows.reify(Array.from(rows.indices()).filter(() => keep(at++))) as unknown as Table<Row>;
  }
  return table(recordsOf(rows).filter((_, row) => keep(row))) as Table<Row>;
}
