import { escape } from "../../../display/escape.js";
import { say } from "../../../display/language.js";
import { number } from "../../../display/number.js";

/** A parameter or a metric in a few letters. */
export function short(value: unknown): string {
  if (value === undefined || value === null) return "";
  const text = typeof value === "number" ? number(value) : typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

export interface Column {
  name: string;
  /** Above the name: what kind of column it is. */
  kind?: string;
  right?: boolean;
  /** Stands out. */
  marked?: boolean;
}

export interface Cell {
  text: string;
  strong?: boolean;
  title?: string;
}

const mark = "background:rgba(128,128,128,.18)";

/** A table that reads on white and on black: no colour of its own but a shade of grey. */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const style = ({ right, marked }: Column): string => `text-align:${right ? "right" : "left"};white-space:nowrap${marked ? `;${mark}` : ""}`;
  const head = columns.map((column) => `<th scope="col" style="${style(column)}">${column.kind ? `<small>${escape(column.kind === "parameter" ? say("parameter", "参数") : say("metric", "指标"))}</small><br>` : ""}${escape(column.name)}</th>`).join("");
  const body = rows.map((cells) => `<tr>${cells.map(({ text, strong, title }, at) => {
    const inside = strong ? `<strong>${escape(text)}</strong>` : escape(text);
    const about = title === undefined ? "" : ` title="${escape(title)}"`;
    return at === 0 ? `<th scope="row" style="${style(columns[at]!)}"${about}>${inside}</th>` : `<td style="${style(columns[at]!)}"${about}>${inside}</td>`;
  }).join("")}</tr>`).join("\n");
  return `<table class="lyceum-table" cellpadding="4"><caption style="text-align:left">${escape(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

/** The same in text, as wide as 140 letters. */
export function textTable(caption: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const widths = columns.map(({ name }, at) => Math.max(name.length, ...rows.map((cells) => cells[at]!.text.length)));
  let fit = 0;
  for (let used = 0; fit < columns.length && used + widths[fit]! <= 140; fit++) used += widths[fit]! + 2;
  const line = (texts: readonly string[]): string => texts.slice(0, fit).map((text, at) => (columns[at]!.right ? text.padStart(widths[at]!) : text.padEnd(widths[at]!))).join("  ").trimEnd();
  return [caption, line(columns.map(({ name }) => name)), ...rows.map((cells) => line(cells.map(({ text }) => text))), ...(fit < columns.length ? [say(`(and ${columns.length - fit} more columns)`, `（另有 ${columns.length - fit} 列）`)] : [])].join("\n");
}
