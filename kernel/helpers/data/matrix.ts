import { frameOf, isMissing, type Rows } from "./table/rows.js";

type NumberKeys<Row> = { [Key in keyof Row]: Row[Key] extends number ? Key : never }[keyof Row] & string;

/**
 * One column as numbers.
 *
 * @param rows records or a table.
 * @throws `unknown column: area (columns: ...)`; `expected numbers in column Street, got "Pave" in row 0`.
 * @example
 * data.column([{ a: 1 }, { a: 2 }], "a") // [1, 2]
 */
export function column<Row extends object>(rows: Rows<Row>, name: NumberKeys<Row>): number[] {
  return numbers(frameOf(rows).column(name), name);
}

/**
 * Some columns of a table as a matrix: one row a record, one column a name, in the order given.
 *
 * @throws as `column`.
 * @example
 * data.matrix([{ a: 1, b: 2 }], ["b", "a"]) // [[2, 1]]
 */
export function matrix<Row extends object>(rows: Rows<Row>, names: readonly NumberKeys<Row>[]): number[][] {
  const frame = frameOf(rows);
  const columns = names.map((name) => numbers(frame.column(name), name));
  return Array.from({ length: frame.length }, (_, row) => columns.map((values) => values[row]!));
}

function numbers(values: readonly unknown[], name: string): number[] {
  values.forEach((value, index) => {
    if (typeof value !== "number" || Number.isNaN(value)) throw new TypeError(`expected numbers in column ${name}, got ${isMissing(value) ? "a missing value" : JSON.stringify(value)} in row ${index}`);
  });
  return values as number[];
}
