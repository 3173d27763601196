import { shown } from "../arguments.js";

/** Rows of numbers, one after the other. */
export interface Table {
  values: Float64Array;
  rows: number;
  width: number;
}

/** Rows of equal length, at least one row and one column, finite numbers only; `table({ x })`. */
export function table(named: Readonly<Record<string, readonly ArrayLike<number>[]>>, width?: number): Table {
  const [name, given] = Object.entries(named)[0]!;
  if (!Array.isArray(given) || given.length === 0 || given[0] === null || typeof given[0] !== "object") throw new RangeError(`expected ${name} to be rows of numbers, got ${shown(given)}`);
  const columns = width ?? given[0].length;
  if (columns === 0) throw new RangeError(`expected ${name} with at least one column, got none`);
  const values = new Float64Array(given.length * columns);
  for (let row = 0; row < given.length; row++) {
    const cells = given[row] as ArrayLike<number>;
    if (cells?.length !== columns) throw new RangeError(`expected ${columns} numbers in row ${row} of ${name}, got ${cells?.length ?? shown(cells)}`);
    for (let column = 0; column < columns; column++) {
      const value = cells[column];
      if (!Number.isFinite(value)) throw new RangeError(`expected finite numbers in ${name}, got ${shown(value)} in row ${row}, column ${column}`);
      values[row * columns + column] = value;
    }
  }
  return { values, rows: given.length, width: columns };
}

/** Names of the columns, one each and no two alike; default x0, x1, ... */
export function columnNames(names: readonly string[] | undefined, width: number): readonly string[] {
  if (names === undefined) return Object.freeze(Array.from({ length: width }, (_, column) => `x${column}`));
  if (names.length !== width) throw new RangeError(`expected ${width} names, one a column, got ${names.length}`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new RangeError(`expected names to differ, got ${shown(twice)} twice`);
  return Object.freeze([...names]);
}

/** A column by index or name. */
export function columnIndex(feature: number | string, names: readonly string[]): number {
  const index = typeof feature === "string" ? names.indexOf(feature) : feature;
  if (!Number.isInteger(index) || index < 0 || index >= names.length) throw new RangeError(`unknown feature: ${feature} (known: 0 to ${names.length - 1}, ${names.slice(0, 8).join(", ")})`);
  return index;
}

/** One row of a table as plain numbers. */
export const rowOf = ({ values, width }: Table, row: number): number[] => Array.from(values.subarray(row * width, (row + 1) * width));

/** Freezes plain data all the way down. Typed arrays cannot be frozen and do not occur in results. */
export function frozen<T>(value: T): T {
  if (value !== null && typeof value === "object" && !Object.isFrozen(value) && !ArrayBuffer.isView(value)) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}
