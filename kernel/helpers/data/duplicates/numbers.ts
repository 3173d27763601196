import { say } from "../../../display/language.js";
import { known, nonNegative } from "../../arguments.js";
import { variance } from "../statistics/numbers.js";
import { shows } from "../statistics/show.js";
import { all, chosen, frameOf, numbersIn, type Rows } from "../table/rows.js";
import { joined } from "./near.js";

export interface NearRowsOptions {
  /** Columns of numbers. Default: all of them. */
  columns?: readonly string[];
  /** Two rows are near where each column differs by at most this many of its standard deviations. 0 or more; default 0.01. */
  tolerance?: number;
}

export interface NearRows {
  /** Rows and their largest difference, in standard deviations of its column; the nearest first. */
  readonly pairs: readonly { readonly a: number; readonly b: number; readonly difference: number }[];
  readonly groups: readonly (readonly number[])[];
}

/**
 * Rows of numbers that are almost the same in every column: a record entered twice with rounding, a sensor read twice. Exact: every such pair is found.
 *
 * @throws `expected numbers in column town, got "A" in row 0`; `expected tolerance >= 0, got -1`; `expected a column of numbers, got none`.
 * @example
 * data.nearRows([{ x: 1, y: 5 }, { x: 9, y: 5 }, { x: 1.001, y: 5 }]).groups // [[0, 2]]
 */
export function nearRows(rows: Rows<object>, options: NearRowsOptions = {}): NearRows {
  known(options, ["columns", "tolerance"]);
  const tolerance = nonNegative({ tolerance: options.tolerance ?? 0.01 });
  const frame = frameOf(rows);
  const names = chosen(frame, options.columns, (values) => all(values, "number"));
  if (names.length === 0) throw new RangeError("expected a column of numbers, got none");
  const columns = names.map((name) => {
    const values = numbersIn(frame, name);
    const deviation = values.length > 1 ? Math.sqrt(variance(values)) || 1 : 1;
    return values.map((value) => value / deviation);
  });
  // Sorted by the column with the most different values, near rows stand near each other.
  const lead = columns.reduce((best, column) => (new Set(column).size > new Set(best).size ? column : best));
  const order = Array.from({ length: frame.length }, (_, row) => row).sort((a, b) => lead[a]! - lead[b]!);
  const pairs: { a: number; b: number; difference: number }[] = [];
  order.forEach((row, at) => {
    for (let next = at + 1; next < order.length && lead[order[next]!]! - lead[row]! <= tolerance; next++) {
      const other = order[next]!;
      let difference = 0;
      for (const column of columns) {
        difference = Math.max(difference, Math.abs(column[row]! - column[other]!));
        if (difference > tolerance) break;
      }
      if (difference <= tolerance) pairs.push(Object.freeze({ a: Math.min(row, other), b: Math.max(row, other), difference }));
    }
  });
  pairs.sort((one, other) => one.difference - other.difference || one.a - other.a || one.b - other.b);
  return shows({ pairs: Object.freeze(pairs), groups: joined(pairs) }, () => [{ lines: [say(`${pairs.length} near ${pairs.length === 1 ? "pair" : "pairs"} of ${frame.length} rows`, `${frame.length} 行中有 ${pairs.length} 对相近`)] }, { rows: pairs.slice(0, 10) }]);
}
