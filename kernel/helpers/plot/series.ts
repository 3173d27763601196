import { channel, columnNames, isRecords, isTensor, isValues, matrix, plainValues, type Columns, type Records, type Values } from "./data.js";
import type { Value } from "./figure.js";

export interface Series {
  name: string;
  x: Value[];
  y: Value[];
}

export interface SeriesOptions {
  /** Column name or values; default: 0, 1, 2, ... */
  x?: string | Values;
  /** Column name, several names (one series each), or values. */
  y?: string | readonly string[] | Values;
  /** Column whose values split the data into series. */
  series?: string | Values;
}

/** Data of line and scatter plots: values, [x, y] pairs, records, or columns by name. */
export type SeriesData = Values | readonly (readonly [number, number])[] | Records | Columns;

/** What is drawn, and the names of the axes where the data tell. */
export function readSeries(data: SeriesData, { x, y, series }: SeriesOptions): { series: Series[]; xName: string; yName: string } {
  const xName = typeof x === "string" ? x : "x";
  if (isPairs(data)) {
    const pairs = matrix(data, "pairs");
    const groups = split({ name: "", x: pairs.map((p) => p[0]), y: pairs.map((p) => p[1]) }, channel(data, series, "series"));
    return { series: groups, xName, yName: "y" };
  }
  const columns = yColumns(data, x, y, series);
  const groups = channel(data, series, "series");
  const all = columns.flatMap(({ name, values }) => {
    const xs = channel(data, x, "x") ?? values.map((_, i) => i);
    if (xs.length !== values.length) throw new RangeError(`expected as many x as y, got ${xs.length} and ${values.length}`);
    return split({ name, x: xs, y: values }, groups);
  });
  return { series: all, xName: x === undefined ? "index" : xName, yName: columns.length === 1 ? columns[0].name || "y" : "value" };
}

function yColumns(data: SeriesData, x: unknown, y: SeriesOptions["y"], series: unknown): { name: string; values: Value[] }[] {
  if (typeof y === "string") return [{ name: y, values: channel(data, y, "y")! }];
  if (Array.isArray(y) && y.length && y.every((name) => typeof name === "string") && !isFlat(data)) return y.map((name: string) => ({ name, values: channel(data, name, "y")! }));
  if (y !== undefined) return [{ name: "", values: channel(data, y as Values, "y")! }];
  if (isFlat(data)) return [{ name: "", values: plainValues(data as Values) }];
  if (isRecords(data)) throw new TypeError(`missing channel: y (columns: ${columnNames(data).join(", ")})`);
  const names = Object.keys(data).filter((name) => name !== x && name !== series);
  if (names.length === 0) throw new TypeError("missing channel: y");
  return names.map((name) => ({ name, values: channel(data, name, "y")! }));
}

const isFlat = (data: unknown): boolean => isValues(data) && !isRecords(data);

const isPairs = (data: unknown): boolean =>
  isTensor(data) ? data.shape.length === 2 && data.shape[1] === 2
    : Array.isArray(data) && data.length > 0 && data.every((row) => Array.isArray(row) && row.length === 2 && row.every((v) => typeof v === "number"));

function split(whole: Series, groups: Value[] | undefined): Series[] {
  if (!groups) return [whole];
  if (groups.length !== whole.y.length) throw new RangeError(`expected as many series values as y, got ${groups.length} and ${whole.y.length}`);
  const byGroup = new Map<Value, Series>();
  groups.forEach((group, i) => {
    if (!byGroup.has(group)) byGroup.set(group, { name: String(group), x: [], y: [] });
    byGroup.get(group)!.x.push(whole.x[i]);
    byGroup.get(group)!.y.push(whole.y[i]);
  });
  return [...byGroup.values()];
}
