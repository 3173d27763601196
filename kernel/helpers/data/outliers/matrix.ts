/** Rows of finite numbers of one width, which is given back. */
export function checkMatrix(rows: readonly (readonly number[])[], least: number, width = rows[0]?.length ?? 0): number {
  if (rows.length < least) throw new RangeError(`expected at least ${least} rows, got ${rows.length}`);
  rows.forEach((row, at) => {
    if (row.length !== width) throw new RangeError(`expected rows of ${width} numbers, got ${row.length} in row ${at}`);
    for (const value of row) if (!Number.isFinite(value)) throw new RangeError(`expected finite numbers, got ${String(value)} in row ${at}`);
  });
  return width;
}
