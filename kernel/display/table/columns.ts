import { isMissing, type Table } from "./read.js";

export interface ColumnSummary {
  name: string;
  /** `integer`, `number`, `text`, `true/false`, `date`, `bigint`, `object`, `mixed`, or `empty`. */
  type: string;
  missing: number;
}

/** Cells looked at in all; larger tables are judged by their first rows. */
const cellLimit = 600_000;

/** Type and missing values of columns, and how many rows were looked at. */
export function summarizeColumns(table: Table, columns: number): { columns: ColumnSummary[]; rows: number } {
  const rows = Math.min(table.rows, Math.max(1000, Math.floor(cellLimit / columns)));
  return { rows, columns: table.names.slice(0, columns).map((name, column) => summarize(table, name, column, rows)) };
}

function summarize(table: Table, name: string, column: number, rows: number): ColumnSummary {
  const types = new Set<string>();
  let missing = 0;
  for (let row = 0; row < rows; row++) {
    const value = table.cell(row, column);
    if (isMissing(value)) missing++;
    else types.add(typeOf(value));
  }
  if (types.has("integer") && types.has("number")) types.delete("integer");
  return { name, missing, type: types.size === 0 ? "empty" : types.size === 1 ? [...types][0] : "mixed" };
}

function typeOf(value: unknown): string {
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "true/false";
  if (typeof value === "object") return value instanceof Date ? "date" : "object";
  return typeof value;
}

export const isNumeric = (type: string): boolean => type === "integer" || type === "number" || type === "bigint";
