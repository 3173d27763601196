import { say } from "../../../display/language.js";
import type { MimeBundle } from "../../../display/contract.js";
import { describe } from "../../../display/describe.js";
import { count, cut, escape, oneLine } from "../../../display/escape.js";
import { number } from "../../../display/number.js";
import { cell, header } from "../../../display/table/cells.js";
import { isMissing } from "../../../display/table/read.js";
import { tableView } from "../../../display/table/view.js";
import type { Table } from "./table.js";
import { kindOf, type Kind } from "./kind.js";
import { sparkline } from "./spark.js";

const shownRows = 10;
const shownColumns = 30;
/** Cells looked at for types, counts and pictures. */
const cellLimit = 600_000;

interface Column {
  name: string;
  kind: Kind;
  missing: number;
  values: readonly unknown[];
}

/** How large, what each column holds, what is missing, how it is distributed, and the first rows. */
export function showTable(table: Table): MimeBundle {
  const names = table.columnNames();
  const rows = table.numRows();
  if (names.length === 0) return { data: { "text/plain": say("0 rows x 0 columns", "0 行 × 0 列"), "text/html": `<p>${say("0 rows x 0 columns", "0 行 × 0 列")}</p>` }, metadata: {} };
  const some = names.slice(0, shownColumns);
  const judged = Math.min(rows, Math.max(1000, Math.floor(cellLimit / some.length)));
  const columns = some.map((name): Column => {
    const values = Array.from(table.array(name) as ArrayLike<unknown>).slice(0, judged);
    return { name, values, kind: kindOf(values), missing: values.reduce<number>((n, value) => n + Number(isMissing(value)), 0) };
  });
  const plain = tableView({ columns: Object.fromEntries(columns.map(({ name, values }) => [name, values])) })!.data["text/plain"] as string;
  const size = say(`${count(rows, "row")} x ${count(names.length, "column")}`, `${whole(rows)} 行 × ${whole(names.length)} 列`);
  const groups = table.isGrouped() ? say(`, grouped by ${table.groups().names.join(", ")}`, `，按 ${table.groups().names.join("、")} 分组`) : "";
  const parts = [size + groups];
  if (rows > shownRows || names.length > some.length) parts.push(say("showing ", "显示") + [rows > shownRows && say(`the first ${shownRows} rows`, `前 ${shownRows} 行`), names.length > some.length && say(`the first ${some.length} columns`, `前 ${some.length} 列`)].filter(Boolean).join(say(", ", "、")));
  if (judged < rows) parts.push(say(`types, missing values and distributions from the first ${whole(judged)} rows`, `类型、缺失值与分布取自前 ${whole(judged)} 行`));
  const caption = parts.join(say("; ", "；"));
  return { data: { "text/plain": [caption, ...plain.split("\n").slice(1)].join("\n"), "text/html": html(caption, columns, Math.min(rows, shownRows)) }, metadata: {} };
}

function html(caption: string, columns: readonly Column[], rows: number): string {
  const align = ({ kind }: Column) => (kind === "number" ? "right" : "left");
  const heads = columns.map((column) => {
    const kind = column.kind === "number" && column.values.every((value) => isMissing(value) || Number.isInteger(value)) ? "integer" : column.kind;
    const missing = column.missing ? say(`, ${whole(column.missing)} missing`, `，缺失 ${whole(column.missing)}`) : "";
    const picture = sparkline(column.values, column.kind);
    return header(`${escape(cut(column.name, 60))}<br><small>${oneLine(kindName(kind) + missing)}</small>${picture && `<br>${picture}`}`, align(column), "col");
  });
  const body = Array.from({ length: rows }, (_, row) => `<tr>${header(String(row), "right", "row")}${columns.map((column) => cell(markup(column.values[row]), align(column))).join("")}</tr>`);
  return `<table class="lyceum-table" cellpadding="4"><caption>${oneLine(caption)}</caption><thead><tr valign="bottom">${header(say("row", "行"), "right", "col")}${heads.join("")}</tr></thead><tbody>${body.join("\n")}</tbody></table>`;
}

const whole = (n: number): string => n.toLocaleString("en-US");

const kindNames: Readonly<Record<Kind | "integer", string>> = { number: "数值", integer: "整数", text: "文本", boolean: "布尔", date: "日期", other: "其他", mixed: "混合", empty: "空" };
const kindName = (kind: Kind | "integer"): string => say(kind, kindNames[kind]);

function markup(value: unknown): string {
  if (isMissing(value)) return `<i>${say("missing", "缺失")}</i>`;
  if (typeof value === "string") return escape(cut(value, 80));
  if (typeof value === "number") return escape(number(value));
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? `<i>${say("no date", "无日期")}</i>` : escape(value.toISOString().replace("T00:00:00.000Z", ""));
  const seen = describe(value, 80);
  return escape(cut(seen.kind === "leaf" ? seen.text : seen.label, 80));
}
