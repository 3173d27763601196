import { shown } from "../arguments.js";

/** Rows of finite numbers, all of one length. */
export type Rows = readonly ArrayLike<number>[];

/** Throws unless `rows` is a table of finite numbers; the message names row and column. */
export function checkRows(name: string, rows: unknown): Rows {
  if (!Array.isArray(rows)) throw new TypeError(`expected ${name} as an array of rows, got ${shown(rows)}`);
  if (rows.length === 0) throw new RangeError(`expected at least one row in ${name}, got none`);
  const width = (rows[0] as ArrayLike<number> | undefined)?.length;
  rows.forEach((row: ArrayLike<number>, i) => {
    if (row?.length !== width || width === undefined) throw new RangeError(`expected ${name} of ${width} columns like row 0, got ${shown(row)} in row ${i}`);
    for (let j = 0; j < width; j++) if (!Number.isFinite(row[j])) throw new RangeError(`expected finite numbers in ${name}, got ${shown(row[j])} in row ${i}, column ${j}`);
  });
  return rows as Rows;
}
