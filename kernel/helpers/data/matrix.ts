type NumberKeys<Row> = { [Key in keyof Row]: Row[Key] extends number ? Key : never }[keyof Row] & string;

/**
 * One column as numbers.
 *
 * @throws `unknown column: area`; `expected numbers in column Street, got "Pave" in row 0`.
 * @example data.column([{ a: 1 }, { a: 2 }], "a") // [1, 2]
 */
export function column<Row extends object>(rows: readonly Row[], name: NumberKeys<Row>): number[] {
  return rows.map((row, index) => {
    const value: unknown = row[name];
    if (value === undefined) throw new RangeError(`unknown column: ${name}`);
    if (typeof value !== "number" || Number.isNaN(value)) {
      throw new TypeError(`expected numbers in column ${name}, got ${JSON.stringify(value)} in row ${index}`);
    }
    return value;
  });
}

/**
 * Some columns of a table as a matrix: one row a record, one column a name, in the order given.
 *
 * @throws as `column`.
 * @example data.matrix([{ a: 1, b: 2 }], ["b", "a"]) // [[2, 1]]
 */
export function matrix<Row extends object>(rows: readonly Row[], names: readonly NumberKeys<Row>[]): number[][] {
  const columns = names.map((name) => column(rows, name));
  return rows.map((_, row) => columns.map((values) => values[row]));
}
