import { isPlain, own } from "../reflect.js";

/** Rows and columns, however they were kept. */
export interface Table {
  names: string[];
  rows: number;
  cell(row: number, column: number): unknown;
}

/**
 * Arrays of plain records, `{columns: {name: values}}` and `{columns: names, rows: arrays or records}` are tables;
 * undefined for all else. Records that mostly hold objects are not: they are better seen as a tree.
 */
export function readTable(value: object): Table | undefined {
  if (Array.isArray(value)) return fromRecords(value);
  const columns = own(value, "columns");
  if (isPlain(columns)) return fromColumns(columns);
  const rows = own(value, "rows");
  if (Array.isArray(columns) && Array.isArray(rows) && columns.every((name) => typeof name === "string")) return fromRows(columns, rows);
  return undefined;
}

/** Names come from the first records: a million rows are not searched for one more column. */
const searched = 500;

function fromRecords(records: unknown[], names?: string[]): Table | undefined {
  if (records.length === 0 || !isPlain(records[0])) return undefined;
  const first = records.slice(0, searched);
  if (!first.every(isPlain)) return undefined;
  const found = names ?? [...new Set(first.flatMap((record) => Object.keys(record)))];
  if (found.length === 0 || found.length > 2000) return undefined;
  const cells = first.slice(0, 20).flatMap((record) => Object.keys(record).slice(0, 50).map((key) => own(record, key)));
  if (cells.filter(isScalar).length * 2 < cells.length) return undefined;
  return { names: found, rows: records.length, cell: (row, column) => own(records[row], found[column]) };
}

function fromColumns(columns: Record<string, unknown>): Table | undefined {
  const names = Object.keys(columns);
  const lists = names.map((name) => own(columns, name));
  if (names.length === 0 || !lists.every(isList)) return undefined;
  const rows = lists[0].length;
  if (!lists.every((list) => list.length === rows)) return undefined;
  return { names, rows, cell: (row, column) => lists[column][row] };
}

function fromRows(names: string[], rows: unknown[]): Table | undefined {
  if (isPlain(rows[0])) return fromRecords(rows, names);
  if (!rows.slice(0, searched).every(Array.isArray)) return undefined;
  return { names, rows: rows.length, cell: (row, column) => (rows[row] as unknown[] | undefined)?.[column] };
}

const isList = (value: unknown): value is ArrayLike<unknown> => Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

export const isScalar = (value: unknown): boolean => typeof value !== "object" ? typeof value !== "function" : value === null || value instanceof Date;

/** Null, undefined and NaN stand for values that are not there. */
export const isMissing = (value: unknown): boolean => value === null || value === undefined || Number.isNaN(value);
