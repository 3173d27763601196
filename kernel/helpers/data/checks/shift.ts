import { say } from "../../../display/language.js";
import { known } from "../../arguments.js";
import { shows } from "../statistics/show.js";
import { kindOf } from "../table/kind.js";
import { chosen, frameOf, isMissing, type Rows } from "../table/rows.js";
import { chiSquaredTest, ksTest, psi } from "./distributions.js";

export interface ColumnShift {
  readonly column: string;
  /** "ks" for numbers and dates, "chi-squared" for all else (missing is a category). */
  readonly test: "ks" | "chi-squared";
  readonly statistic: number;
  readonly pValue: number;
  /** Population stability index: how much it moved, whatever the number of rows. */
  readonly psi: number;
  /** Share of missing values before and after. */
  readonly missing: readonly [before: number, after: number];
}

/**
 * Did columns move between two sets of rows (training and test, last year and this one)? A test says if a move can be chance; PSI says how large it is: with many rows small moves have small p-values,
 * and of 20 columns one has p < 0.05 by chance. The most moved first.
 *
 * @throws `unknown column: area (columns: ...)`; `expected at least 1 row in after, got 0`.
 * @example
 * const before = Array.from({ length: 50 }, (_, i) => ({ x: i, y: i % 2 }));
 * const after = Array.from({ length: 50 }, (_, i) => ({ x: i + 25, y: i % 2 }));
 * data.shift(before, after).map(({ column, statistic }) => [column, statistic]) // [["x", 0.5], ["y", 0]]
 */
export function shift(before: Rows<object>, after: Rows<object>, options: { columns?: readonly string[] } = {}): readonly ColumnShift[] {
  known(options, ["columns"]);
  const [first, second] = [frameOf(before), frameOf(after)];
  for (const [name, frame] of Object.entries({ before: first, after: second })) if (frame.length === 0) throw new RangeError(`expected at least 1 row in ${name}, got 0`);
  const names = chosen(first, options.columns, (_, name) => second.names.includes(name));
  const shifts = names.map((name) => compare(name, first.column(name), second.column(name))).filter((one) => one !== undefined);
  shifts.sort((a, b) => b.psi - a.psi);
  return shows(shifts, () => [{ title: say("Shift by column", "各列的偏移"), rows: shifts.map(({ missing, ...rest }) => ({ ...rest, "missing before": missing[0], "missing after": missing[1] })) }]);
}

/** Undefined: nothing is there on one side, or all is the same value on both. */
function compare(column: string, before: readonly unknown[], after: readonly unknown[]): ColumnShift | undefined {
  const there = (values: readonly unknown[]) => values.filter((value) => !isMissing(value));
  const missing = Object.freeze([1 - there(before).length / before.length, 1 - there(after).length / after.length] as const);
  const kind = kindOf([...before, ...after]);
  if (kind === "number" || kind === "date") {
    const [a, b] = [there(before).map(Number), there(after).map(Number)];
    if (a.length === 0 || b.length === 0) return undefined;
    return Object.freeze({ column, test: "ks" as const, ...ksTest(a, b), psi: psi(a, b), missing });
  }
  const word = (value: unknown) => (isMissing(value) ? "(missing)" : String(value));
  const [a, b] = [before.map(word), after.map(word)];
  const categories = [...new Set([...a, ...b])];
  if (categories.length < 2) return undefined;
  const counts = [a, b].map((values) => categories.map((category) => values.reduce((n, value) => n + Number(value === category), 0)));
  const { statistic, pValue } = chiSquaredTest(counts);
  return Object.freeze({ column, test: "chi-squared" as const, statistic, pValue, psi: psi(a, b), missing });
}
