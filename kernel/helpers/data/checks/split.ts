import { say } from "../../../display/language.js";
import { known, shown } from "../../arguments.js";
import { rowKeys } from "../duplicates/exact.js";
import { shows } from "../statistics/show.js";
import { chosen, frameOf, isMissing, type Frame, type Rows } from "../table/rows.js";
import { chiSquaredTest } from "./distributions.js";
import { shift, type ColumnShift } from "./shift.js";

export interface CheckSplitOptions {
  /** The column to predict: its classes should have the same shares on both sides, and rows are also compared without it. */
  target?: string;
  /** A column whose values should stand on one side only: a patient, a house, a neighbourhood. */
  group?: string;
  /** A column of dates or numbers: all of the test should be later than all of the training. */
  time?: string;
  /** Names of the record, not of what is known about it: left out where rows are compared. */
  id?: readonly string[];
}

export interface SplitProblem {
  readonly kind: "duplicates" | "conflicts" | "groups" | "time" | "stratification" | "shift" | "columns";
  readonly message: string;
  /** How many test rows it touches; of shift and stratification, all. */
  readonly rows: number;
}

export interface SplitReport {
  readonly problems: readonly SplitProblem[];
  /** Test rows that are in the training part too, by their index. */
  readonly duplicates: readonly number[];
  /** Groups on both sides. */
  readonly groups: readonly unknown[];
  readonly shift: readonly ColumnShift[];
  /** No problem found: not a proof that there is none. */
  readonly clean: boolean;
}

/**
 * Is what the model is tested on unknown to it? Looks for test rows that are training rows too (with the target, and with another target: conflicts), groups on both sides, test rows no later than training rows,
 * classes with other shares (chi-squared, p < 0.01), and columns that moved (p < 0.01 after Bonferroni's correction, and PSI > 0.1).
 *
 * @throws `unknown column: patient (columns: ...)`; `expected at least 1 row in test, got 0`; `expected dates or numbers in column day, got "May" in row 0`.
 * @example
 * const report = data.checkSplit({ train: [{ x: 1, y: "a" }, { x: 2, y: "b" }], test: [{ x: 2, y: "b" }] }, { target: "y" });
 * report.duplicates // [0]
 * report.problems[0].message // "1 of 1 test rows are in the training part too"
 */
export function checkSplit(split: { readonly train: Rows<object>; readonly test: Rows<object> }, options: CheckSplitOptions = {}): SplitReport {
  known(options, ["target", "group", "time", "id"]);
  const [train, test] = [frameOf(split.train), frameOf(split.test)];
  for (const [name, frame] of Object.entries({ train, test })) if (frame.length === 0) throw new RangeError(`expected at least 1 row in ${name}, got 0`);
  const named = [options.target, options.group, options.time, ...(options.id ?? [])].filter((name) => name !== undefined);
  for (const frame of [train, test]) chosen(frame, named);
  const problems: SplitProblem[] = [];
  const problem = (kind: SplitProblem["kind"], rows: number, message: string) => problems.push(Object.freeze({ kind, rows, message }));

  const lost = train.names.filter((name) => !test.names.includes(name));
  const gained = test.names.filter((name) => !train.names.includes(name));
  if (lost.length || gained.length) problem("columns", test.length, `the parts have different columns: ${[...lost, ...gained].join(", ")}`);

  const shared = train.names.filter((name) => test.names.includes(name) && !options.id?.includes(name));
  const repeated = overlap(train, test, shared);
  if (repeated.length) problem("duplicates", repeated.length, `${repeated.length} of ${test.length} test rows are in the training part too`);
  if (options.target) {
    const features = shared.filter((name) => name !== options.target);
    const conflicts = features.length ? overlap(train, test, features).filter((row) => !repeated.includes(row)) : [];
    if (conflicts.length) problem("conflicts", conflicts.length, `${conflicts.length} of ${test.length} test rows are in the training part with another ${options.target}`);
    stratification(train, test, options.target, problem);
  }
  const groups = options.group ? groupOverlap(train, test, options.group, problem) : [];
  if (options.time) timeOrder(train, test, options.time, problem);
  const columns = shared.filter((name) => name !== options.group && name !== options.time);
  const moved = shift(split.train, split.test, { columns });
  for (const { column, pValue, psi, test: by } of moved) if (pValue < 0.01 / moved.length && psi > 0.1) problem("shift", test.length, `${column} is distributed otherwise in the test part (${by}, p = ${pValue.toPrecision(2)}, PSI ${psi.toFixed(2)})`);
  const report: SplitReport = { problems: Object.freeze(problems), duplicates: Object.freeze(repeated), groups: Object.freeze(groups), shift: moved, clean: problems.length === 0 };
  return shows(report, () => [{ lines: [problems.length ? say(`${problems.length} ${problems.length === 1 ? "problem" : "problems"} with the split of ${train.length} and ${test.length} rows:`, `${train.length} 行与 ${test.length} 行的划分有 ${problems.length} 个问题：`) : say(`no problem found with the split of ${train.length} and ${test.length} rows`, `${train.length} 行与 ${test.length} 行的划分没有发现问题`)] }, { lines: problems.map(({ message }) => message) }]);
}

type Say = (kind: SplitProblem["kind"], rows: number, message: string) => unknown;

function overlap(train: Frame, test: Frame, names: readonly string[]): number[] {
  const known = new Set(rowKeys(train, names));
  return rowKeys(test, names).flatMap((key, row) => (known.has(key) ? [row] : []));
}

function groupOverlap(train: Frame, test: Frame, name: string, say: Say): unknown[] {
  const known = new Set(train.column(name).filter((value) => !isMissing(value)));
  const both = test.column(name).filter((value) => known.has(value));
  const groups = [...new Set(both)];
  if (groups.length) say("groups", both.length, `${groups.length} values of ${name} stand in both parts, such as ${shown(groups[0])}: ${both.length} test rows have relatives in the training part`);
  return groups;
}

function timeOrder(train: Frame, test: Frame, name: string, say: Say): void {
  const times = (frame: Frame) => frame.column(name).flatMap((value, row) => {
    if (isMissing(value)) return [];
    if (typeof value !== "number" && !(value instanceof Date)) throw new TypeError(`expected dates or numbers in column ${name}, got ${shown(value)} in row ${row}`);
    return [Number(value)];
  });
  const latest = times(train).reduce((most, time) => Math.max(most, time), -Infinity);
  const early = times(test).filter((time) => time <= latest).length;
  if (early) say("time", early, `${early} of ${test.length} test rows are no later than the last training row by ${name}: the model has seen their future`);
}

function stratification(train: Frame, test: Frame, target: string, say: Say): void {
  const [a, b] = [train.column(target), test.column(target)].map((values) => values.map(String)) as [string[], string[]];
  const classes = [...new Set([...a, ...b])];
  if (classes.length < 2 || classes.length > Math.max(20, a.length / 20)) return;
  const counts = [a, b].map((values) => classes.map((one) => values.filter((value) => value === one).length));
  const lacking = classes.filter((_, at) => counts[0]![at] === 0 || counts[1]![at] === 0);
  if (lacking.length) say("stratification", test.length, `${lacking.length} classes of ${target} are in one part only, such as ${shown(lacking[0])}`);
  const { pValue } = chiSquaredTest(counts);
  if (pValue < 0.01) say("stratification", test.length, `the classes of ${target} have other shares in the test part (chi-squared, p = ${pValue.toPrecision(2)}): split with stratify`);
}
