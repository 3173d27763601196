import type { Value } from "./figure.js";

/** A tensor of any copy of TensorFlow.js; its values are read, it is not disposed. */
export interface TensorLike {
  shape: readonly number[];
  dataSync(): ArrayLike<number> | ArrayLike<string>;
}

/** Values of one channel: an array, a typed array, or a tensor. */
export type Values = ArrayLike<number | string | Date | boolean | null | undefined> | TensorLike;

/** A table: an array of records, or columns by name. */
export type Records = readonly object[];
export type Columns = Readonly<Record<string, Values>>;

export const isTensor = (value: unknown): value is TensorLike =>
  typeof value === "object" && value !== null && typeof (value as TensorLike).dataSync === "function" && Array.isArray((value as TensorLike).shape);

export const isValues = (value: unknown): value is Values =>
  isTensor(value) || Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

export const isRecords = (data: unknown): data is Records =>
  Array.isArray(data) && data.length > 0 && typeof data[0] === "object" && data[0] !== null && !isValues(data[0]) && !(data[0] instanceof Date);

/** Plain JSON values: dates as text, NaN and infinity as null, 32-bit numbers without the digits they do not have. */
export function plainValues(values: Values): Value[] {
  const list = isTensor(values) ? values.dataSync() : values;
  const short = list instanceof Float32Array;
  return Array.from(list as ArrayLike<unknown>, (v) => {
    if (typeof v === "number") return Number.isFinite(v) ? (short ? Number(v.toPrecision(7)) : v) : null;
    if (typeof v === "string") return v;
    if (v === null || v === undefined) return null;
    if (v instanceof Date) return Number.isNaN(v.getTime()) ? null : v.toISOString();
    return typeof v === "boolean" ? Number(v) : String(v);
  });
}

/** A day or a month as it is written in tables: 2026-11-27, 2026-11. */
export const isDate = (value: Value): boolean => typeof value === "string" && /^\d{4}-\d\d(-\d\d|$)/.test(value);

/** Words stay words: Plotly left to itself reads "1" as the number 1, and draws 1.5 beside it. Dates are left to it. */
export function axisOf(values: readonly Value[]): { type?: "category" } {
  return values.some((value) => typeof value === "string" && !isDate(value)) ? { type: "category" } : {};
}

/** As `plainValues`, but only numbers: anything else is an error that names the channel. */
export function numbers(values: Values, channel: string): (number | null)[] {
  return plainValues(values).map((v) => {
    if (typeof v === "string") throw new TypeError(`expected numbers in ${channel}, got ${JSON.stringify(v)}`);
    return v;
  });
}

/** Names of the columns of a table. */
export function columnNames(data: Records | Columns): string[] {
  return isRecords(data) ? [...new Set(data.slice(0, 500).flatMap((record) => Object.keys(record)))] : Object.keys(data);
}

/** A channel: a column's name, looked up in the data, or the values themselves. */
export function channel(data: unknown, spec: string | Values | undefined, name: string): Value[] | undefined {
  if (spec === undefined) return undefined;
  if (typeof spec !== "string") {
    if (!isValues(spec)) throw new TypeError(`invalid ${name}: expected a column name, an array or a tensor, got ${String(spec)}`);
    return plainValues(spec);
  }
  if (isRecords(data)) {
    if (!columnNames(data).includes(spec)) throw unknownColumn(spec, data);
    return plainValues(data.map((record) => (record as Record<string, unknown>)[spec]) as Values);
  }
  if (typeof data === "object" && data !== null && !isValues(data)) {
    const found = Object.hasOwn(data, spec) ? (data as Columns)[spec] : undefined;
    if (!isValues(found)) throw unknownColumn(spec, data as Columns);
    return plainValues(found);
  }
  throw new TypeError(`unknown column: ${spec} (the data are plain values, not records)`);
}

const unknownColumn = (name: string, data: Records | Columns) => new TypeError(`unknown column: ${name} (columns: ${columnNames(data).join(", ")})`);

/** Rows of numbers from nested arrays or a matrix tensor. */
export function matrix(data: unknown, name: string): (number | null)[][] {
  if (isTensor(data)) {
    if (data.shape.length !== 2) throw new TypeError(`expected ${name} of shape [rows, columns], got shape [${data.shape.join(", ")}]`);
    const flat = numbers(data, name);
    return Array.from({ length: data.shape[0] }, (_, r) => flat.slice(r * data.shape[1], (r + 1) * data.shape[1]));
  }
  if (!Array.isArray(data) || !data.every(isValues)) throw new TypeError(`expected ${name} as rows of numbers, got ${typeof data}`);
  const rows = data.map((row) => numbers(row as Values, name));
  const uneven = rows.findIndex((row) => row.length !== rows[0].length);
  if (uneven > 0) throw new TypeError(`expected ${name} with rows of equal length, got ${rows[0].length} in row 0 and ${rows[uneven].length} in row ${uneven}`);
  return rows;
}
