import { say } from "../../../display/language.js";
import { known } from "../../arguments.js";
import { ksTest } from "../checks/distributions.js";
import { rowKeys } from "../duplicates/exact.js";
import { pearson } from "../statistics/numbers.js";
import { shows } from "../statistics/show.js";
import { kindOf } from "../table/kind.js";
import { chosen, frameOf, isMissing, type Rows } from "../table/rows.js";

export interface Fidelity {
  /** Of each column the distance of its distributions, 0 to 1: Kolmogorov-Smirnov's for numbers and dates, total variation for categories (missing is one). */
  readonly columns: Readonly<Record<string, number>>;
  /** Largest difference of a correlation between two columns of numbers; 0 with fewer than two. */
  readonly correlation: number;
  /** Share of synthetic rows that are real ones, word for word. */
  readonly copies: number;
}

/**
 * How near synthetic rows are to real ones, and whether they are copies of them. Near is useful; a copy is a leak.
 *
 * @throws `unknown column: area (columns: ...)`; `expected at least 1 row in synthetic, got 0`.
 * @example
 * data.fidelity([{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 3 }]) // { columns: { a: 0.5 }, correlation: 0, copies: 0.5 }
 */
export function fidelity(real: Rows<object>, synthetic: Rows<object>, options: { columns?: readonly string[] } = {}): Fidelity {
  known(options, ["columns"]);
  const [first, second] = [frameOf(real), frameOf(synthetic)];
  for (const [name, frame] of Object.entries({ real: first, synthetic: second })) if (frame.length === 0) throw new RangeError(`expected at least 1 row in ${name}, got 0`);
  const names = chosen(second, options.columns);
  const kinds = names.map((name) => kindOf(first.column(name)));
  const columns = Object.freeze(Object.fromEntries(names.map((name, at) => [name, distance(first.column(name), second.column(name), kinds[at] === "number" || kinds[at] === "date")])));
  const numeric = names.filter((_, at) => kinds[at] === "number");
  const [a, b] = [first, second].map((frame) => numeric.map((name) => Float64Array.from(frame.column(name), (value) => (isMissing(value) ? Number.NaN : Number(value))))) as [Float64Array[], Float64Array[]];
  let correlation = 0;
  for (let i = 0; i < numeric.length; i++) for (let j = i + 1; j < numeric.length; j++) correlation = Math.max(correlation, Math.abs((pearson(a[i]!, a[j]!) || 0) - (pearson(b[i]!, b[j]!) || 0)));
  const known_ = new Set(rowKeys(first, names));
  const copies = rowKeys(second, names).filter((key) => known_.has(key)).length / second.length;
  return shows({ columns, correlation, copies }, () => [{ title: say(`Largest difference of a correlation: ${correlation.toFixed(3)}; copies of real rows: ${(100 * copies).toFixed(1)}%`, `相关系数的最大差异：${correlation.toFixed(3)}；照抄真实行的比例：${(100 * copies).toFixed(1)}%`), rows: Object.entries(columns).map(([column, away]) => ({ column, distance: away })) }]);
}

function distance(real: readonly unknown[], made: readonly unknown[], numeric: boolean): number {
  if (numeric) {
    const [a, b] = [real, made].map((values) => values.filter((value) => !isMissing(value)).map(Number)) as [number[], number[]];
    return a.length && b.length ? ksTest(a, b).statistic : Number(a.length !== b.length);
  }
  const shares = (values: readonly unknown[]) => {
    const found = new Map<string, number>();
    for (const value of values) found.set(String(value ?? "(missing)"), (found.get(String(value ?? "(missing)")) ?? 0) + 1 / values.length);
    return found;
  };
  const [a, b] = [shares(real), shares(made)];
  return [...new Set([...a.keys(), ...b.keys()])].reduce((sum, one) => sum + Math.abs((a.get(one) ?? 0) - (b.get(one) ?? 0)), 0) / 2;
}
