import type { Prepared } from "./input.js";
import type { Label, Labels } from "./labels.js";
import type { ResolvedMetric } from "./metrics.js";
import { addCells, field, fields, tally, type Need } from "./tally.js";

/** Metrics of one stratum. `values[group][metric]`; NaN for a group without rows. */
export interface Evaluated {
  /** Rows of each group. */
  rows: number[];
  overall: number[];
  values: number[][];
  /** Metrics whose denominator was 0, by group. */
  undefinedAt: Set<number>[];
  /** Rows that the metrics rest on: "rows" always; positives, negatives where a rate is of these. */
  bases: Map<"rows" | "positives" | "negatives", number[]>;
}

/** First all rows, then each level of the control features. `sample` picks rows with repeats. */
export function evaluate(data: Prepared, metrics: readonly ResolvedMetric[], zero: number, sample?: Int32Array): Evaluated[] {
  const needs = new Set<Need>(metrics.flatMap((one) => (one.kind === "tally" ? one.metric.needs : [])));
  const sums = tally(data, needs, sample);
  const groups = data.groups.names.length;
  const levels = data.control?.names.length ?? 1;
  const byCell = metrics.some(({ kind }) => kind !== "tally") ? rowsOfCells(data, sample) : undefined;
  const all = Array.from({ length: groups }, (_, g) => Array.from({ length: levels }, (_, level) => level * groups + g));
  const strata = [all, ...(data.control ? data.control.names.map((_, level) => all.map((cells) => [cells[level]])) : [])];
  return strata.map((cellsOfGroups) => evaluateStratum(cellsOfGroups, sums, data, metrics, zero, byCell));
}

function evaluateStratum(cellsOfGroups: number[][], sums: Float64Array, data: Prepared, metrics: readonly ResolvedMetric[], zero: number, byCell: Int32Array[] | undefined): Evaluated {
  const undefinedAt: Set<number>[] = [];
  const of = (cells: number[], seen?: Set<number>): number[] => {
    const total = addCells(sums, cells);
    if (total[field.rows] === 0) return metrics.map(() => Number.NaN);
    return metrics.map((one, m) => {
      if (one.kind === "own") return own(one.metric, data, join(byCell!, cells));
      if (one.kind === "row") return builtIn(one.metric.rows, data, join(byCell!, cells));
      const value = one.metric.value(total, 0);
      if (!Number.isNaN(value)) return value;
      seen?.add(m);
      return zero;
    });
  };
  const values = cellsOfGroups.map((cells) => of(cells, (undefinedAt[undefinedAt.length] = new Set())));
  const count = (place: number) => cellsOfGroups.map((cells) => cells.reduce((total, cell) => total + sums[cell * fields + place], 0));
  const bases = new Map([["rows" as const, count(field.rows)]] as ["rows" | "positives" | "negatives", number[]][]);
  for (const one of metrics) if (one.kind === "tally" && one.metric.basis) bases.set(one.metric.basis, count(field[one.metric.basis]));
  return { rows: count(field.rows), overall: of(cellsOfGroups.flat()), values, undefinedAt, bases };
}

/** The rows of each cell, in order (counting sort). */
function rowsOfCells({ cells, cellCount }: Prepared, sample: Int32Array | undefined): Int32Array[] {
  const rows = sample ?? Int32Array.from({ length: cells.length }, (_, i) => i);
  const sizes = new Int32Array(cellCount);
  for (const row of rows) sizes[cells[row]] += 1;
  const lists = Array.from(sizes, (size) => new Int32Array(size));
  sizes.fill(0);
  for (const row of rows) lists[cells[row]][sizes[cells[row]]++] = row;
  return lists;
}

function join(byCell: Int32Array[], cells: readonly number[]): Int32Array {
  if (cells.length === 1) return byCell[cells[0]];
  const rows = new Int32Array(cells.reduce((total, cell) => total + byCell[cell].length, 0));
  let at = 0;
  for (const cell of cells) {
    rows.set(byCell[cell], at);
    at += byCell[cell].length;
  }
  return rows;
}

function builtIn(metric: (truth: ArrayLike<number>, scores: ArrayLike<number>, weights: ArrayLike<number>) => number, { truth, scores, weights, positive }: Prepared, rows: Int32Array): number {
  return metric(Float64Array.from(rows, (i) => (truth![i] === positive ? 1 : 0)), Float64Array.from(rows, (i) => scores![i]), Float64Array.from(rows, (i) => (weights ? weights[i] : 1)));
}

function own(metric: (rows: { truth: Label[]; predicted: Label[]; weights: number[]; scores: number[] }) => number, { written, scores, weights }: Prepared, rows: Int32Array): number {
  const list = Array.from(rows);
  const pick = (values: Labels | undefined) => (values === undefined ? [] : list.map((i) => values[i]));
  const value: unknown = metric({ truth: pick(written.truth), predicted: pick(written.predicted), weights: list.map((i) => (weights ? weights[i] : 1)), scores: scores ? list.map((i) => scores[i]) : [] });
  if (typeof value !== "number") throw new TypeError(`expected a number from a metric of one's own, got ${typeof value}`);
  return value;
}
