import { random } from "./random.js";

export interface SplitOptions<Row> {
  /** Share of rows (of groups, with `by`) held back for the test; between 0 and 1. Default 0.2. */
  test?: number;
  /** Same seed, same split. Default 1. */
  seed?: number;
  /** Rows with the same key stay on one side: the unit that repeats, such as a patient or a neighbourhood. */
  by?: (row: Row) => string | number;
}

export interface Split<Row> {
  train: Row[];
  test: Row[];
}

/**
 * Rows in random order, cut into a training and a test part. Every row is in exactly one part.
 *
 * @throws `expected test between 0 and 1, got 2`; `expected at least 2 rows, got 1`.
 * @example data.split([1, 2, 3, 4, 5], { test: 0.2, seed: 1 }).test.length // 1
 */
export function split<Row>(rows: readonly Row[], { test = 0.2, seed = 1, by }: SplitOptions<Row> = {}): Split<Row> {
  if (!(test > 0 && test < 1)) throw new RangeError(`expected test between 0 and 1, got ${test}`);
  if (rows.length < 2) throw new RangeError(`expected at least 2 rows, got ${rows.length}`);
  const units = by ? [...groups(rows, by).values()] : rows.map((row) => [row]);
  if (units.length < 2) throw new RangeError("expected at least 2 groups, got 1");
  const order = random(seed).shuffle(units);
  // At least one unit on each side, however small the data.
  const held = Math.min(units.length - 1, Math.max(1, Math.round(units.length * test)));
  return { train: order.slice(held).flat(), test: order.slice(0, held).flat() };
}

function groups<Row>(rows: readonly Row[], by: (row: Row) => string | number): Map<string | number, Row[]> {
  const found = new Map<string | number, Row[]>();
  for (const row of rows) {
    const key = by(row);
    const group = found.get(key);
    if (group) group.push(row);
    else found.set(key, [row]);
  }
  return found;
}
