import { fraction, known, oneOf, sameLength, whole } from "../../arguments.js";
import { encodeGroups, type Groups } from "../measure/groups.js";
import { checkRows, type Rows } from "../rows.js";
import { combinatorialRepair } from "./combinatorial.js";

export interface RepairInput {
  rows: Rows;
  group: Groups;
  /** Columns to repair, counted from 0. Default: all. */
  columns?: readonly number[];
  /** 0: nothing changes. 1: every group has the same distribution in each repaired column. Default 1. */
  level?: number;
  /**
   * "geometric": to the median of the groups' values at the same rank, between the two middle ones for an even number of groups, and `level` of the way there.
   * "combinatorial": to values that occur, with lower medians, and `level` of the ranks between; as AIF360. Of two groups that is the lower one's value.
   * Default "geometric".
   */
  method?: "geometric" | "combinatorial";
}

export interface Repair {
  rows: number[][];
  /** The same repair for new rows of known groups. */
  transform(rows: Rows, group: Groups): number[][];
}

/**
 * Disparate-impact repair: moves each value to the median, over groups, of the values at the same rank, so that a repaired column no longer tells the group, while the order within a
 * group stays. Tied values stay tied. Columns are repaired one by one: together they may still tell the group. A constant column stays as it is.
 *
 * Source: Feldman et al. 2015, both methods. AIF360's `DisparateImpactRemover` is the combinatorial one, value for value.
 *
 * @throws `expected level from 0 to 1, got 2`; of `transform`: `expected group to be one of a, b, got c`.
 * @example
 * fairness.disparateImpactRepair({ rows: [[1], [2], [3], [4]], group: ["a", "a", "b", "b"] }).rows // [[2], [3], [2], [3]]
 * fairness.disparateImpactRepair({ rows: [[1], [2], [3], [4]], group: ["a", "a", "b", "b"], method: "combinatorial" }).rows // [[1], [2], [1], [2]]
 */
export function disparateImpactRepair(input: RepairInput): Repair {
  known(input, ["rows", "group", "columns", "level", "method"]);
  const method = oneOf({ method: input.method ?? "geometric" }, ["geometric", "combinatorial"]);
  const rows = checkRows("rows", input.rows);
  const { codes, names } = encodeGroups("group", input.group);
  sameLength({ rows, group: codes });
  const level = fraction({ level: input.level ?? 1 });
  const width = rows[0].length;
  const columns = (input.columns ?? Array.from({ length: width }, (_, j) => j)).map((column) => whole({ columns: column }));
  for (const column of columns) if (column >= width) throw new RangeError(`expected columns < ${width}, got ${column}`);
  const sorted = names.map((_, g) => columns.map((column) => Float64Array.from(rows.filter((_, i) => codes[i] === g), (row) => row[column]).sort()));
  if (sorted.some((group) => group[0]?.length === 0)) throw new RangeError("expected rows in every group, got a crossed group without any");
  const occurring = method === "combinatorial" ? columns.map((_, c) => sorted.map((group) => Float64Array.from(new Set(group[c])))) : [];
  const moved = occurring.map((groups) => combinatorialRepair(groups, level));
  const apply = (table: Rows, places: ArrayLike<number>): number[][] => table.map((row, i) => {
    const repaired = Array.from(row);
    columns.forEach((column, c) => {
      if (method === "combinatorial") {
        repaired[column] = moved[c]![places[i]]![nearest(occurring[c]![places[i]]!, row[column])];
        return;
      }
      const q = rankOf(sorted[places[i]][c], row[column]);
      const target = median(sorted.map((group) => valueAt(group[c], q)));
      repaired[column] = (1 - level) * row[column] + level * target;
    });
    return repaired;
  });
  const transform = (table: Rows, group: Groups): number[][] => {
    const given = encodeGroups("group", group);
    sameLength({ rows: checkRows("rows", table), group: given.codes });
    const place = given.names.map((name) => names.indexOf(name));
    place.forEach((at, k) => { if (at < 0) throw new RangeError(`expected group to be one of ${names.join(", ")}, got ${given.names[k]}`); });
    return apply(table, given.codes.map((code) => place[code]));
  };
  return Object.freeze({ rows: apply(rows, codes), transform });
}

/** The middle of the ranks of a value, from 0 to 1; between two values, between their ranks. */
function rankOf(sorted: Float64Array, value: number): number {
  const below = lowerBound(sorted, value, false);
  const upTo = lowerBound(sorted, value, true);
  const n = sorted.length;
  if (upTo > below) return (below + upTo) / 2 / n;
  if (below === 0) return 0.5 / n;
  if (below === n) return 1 - 0.5 / n;
  return (below - 0.5 + (value - sorted[below - 1]) / (sorted[below] - sorted[below - 1])) / n;
}

/** Values below `value`; with `too`, also those equal to it. */
function lowerBound(sorted: Float64Array, value: number, too: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value || (too && sorted[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Place of the nearest value, the lower one of two; new rows may hold values that the training rows did not. */
function nearest(sorted: Float64Array, value: number): number {
  const at = lowerBound(sorted, value, false);
  return at === sorted.length || (at > 0 && value - sorted[at - 1] <= sorted[at] - value) ? at - 1 : at;
}

function valueAt(sorted: Float64Array, q: number): number {
  const place = Math.min(sorted.length - 1, Math.max(0, q * sorted.length - 0.5));
  const low = Math.floor(place);
  return low === place ? sorted[low] : sorted[low] + (sorted[low + 1] - sorted[low]) * (place - low);
}

function median(values: number[]): number {
  const order = values.sort((a, b) => a - b);
  const half = order.length / 2;
  return order.length % 2 ? order[Math.floor(half)] : (order[half - 1] + order[half]) / 2;
}
