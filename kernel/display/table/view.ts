import type { MimeBundle } from "../contract.js";
import { count, cut, escape, oneLine } from "../escape.js";
import { describe } from "../describe.js";
import { number } from "../number.js";
import { cell, header } from "./cells.js";
import { isNumeric, summarizeColumns, type ColumnSummary } from "./columns.js";
import { isMissing, readTable, type Table } from "./read.js";

const shownRows = 10;
const shownColumns = 30;

/** Tables: how large, what the columns hold, what is missing, and the first rows. */
export function tableView(value: object): MimeBundle | undefined {
  const table = readTable(value);
  if (!table) return undefined;
  const { columns, rows } = summarizeColumns(table, Math.min(table.names.length, shownColumns));
  const caption = describeTable(table, columns.length, rows);
  const cells = Array.from({ length: Math.min(table.rows, shownRows) }, (_, row) => columns.map((column, c) => cellText(table.cell(row, c), column)));
  return { data: { "text/plain": textTable(caption, columns, cells), "text/html": htmlTable(caption, columns, cells) }, metadata: {} };
}

function describeTable(table: Table, columns: number, judged: number): string {
  const parts = [`${count(table.rows, "row")} x ${count(table.names.length, "column")}`];
  const rowsLeft = table.rows > shownRows ? `first ${shownRows} rows` : "";
  const columnsLeft = table.names.length > columns ? `first ${columns} columns` : "";
  if (rowsLeft || columnsLeft) parts.push(`showing ${[rowsLeft, columnsLeft].filter(Boolean).join(", ")}`);
  if (judged < table.rows) parts.push(`types and missing values from the first ${judged.toLocaleString("en-US")} rows`);
  return parts.join("; ");
}

function cellText(value: unknown, column: ColumnSummary): string {
  if (isMissing(value)) return "missing";
  if (typeof value === "string") return cut(value, 80);
  if (typeof value === "number") return column.type === "integer" ? String(value) : number(value);
  const d = describe(value, 80);
  return cut(d.kind === "leaf" ? d.text : d.label, 80);
}

const typeText = (column: ColumnSummary) => column.type + (column.missing ? `, ${column.missing.toLocaleString("en-US")} missing` : "");

function htmlTable(caption: string, columns: ColumnSummary[], rows: string[][]): string {
  const head = columns.map((c) => header(`${escape(cut(c.name, 60))}<br><small>${typeText(c)}</small>`, align(c), "col")).join("");
  const body = rows.map((row, i) => `<tr>${header(String(i), "right", "row")}${row.map((text, c) => cell(markup(text), align(columns[c]))).join("")}</tr>`);
  return `<table class="lyceum-table" cellpadding="4"><caption>${oneLine(caption)}</caption><thead><tr>${header("row", "right", "col")}${head}</tr></thead>`
    + `<tbody>${body.join("\n")}</tbody></table>`;
}

const align = (column: ColumnSummary) => (isNumeric(column.type) ? "right" : "left");
const markup = (text: string) => (text === "missing" ? "<i>missing</i>" : escape(text));

/** As many columns as fit in 100 characters. */
function textTable(caption: string, columns: ColumnSummary[], rows: string[][]): string {
  const widths = columns.map((c, i) => Math.min(24, Math.max(c.name.length, typeText(c).length, ...rows.map((row) => row[i].length))));
  let fit = 0;
  for (let used = 0; fit < columns.length && used + widths[fit] <= 100; fit++) used += widths[fit] + 2;
  const line = (texts: string[]) => texts.slice(0, fit).map((text, i) => pad(text.replace(/\s+/g, " "), widths[i], columns[i])).join("  ").trimEnd();
  const lines = [caption, line(columns.map((c) => c.name)), line(columns.map(typeText)), ...rows.map(line)];
  if (fit < columns.length) lines.push(`(and ${count(columns.length - fit, "more column")})`);
  return lines.join("\n");
}

function pad(text: string, width: number, column: ColumnSummary): string {
  const short = text.length > width ? `${text.slice(0, width - 3)}...` : text;
  return isNumeric(column.type) ? short.padStart(width) : short.padEnd(width);
}
