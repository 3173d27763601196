import { displaySymbol, type MimeBundle } from "../../display/contract.js";
import { count, escape } from "../../display/escape.js";
import { number } from "../../display/number.js";
import { plotlyView } from "../../display/plotly.js";
import { cell, header } from "../../display/table/cells.js";
import { say } from "../../display/language.js";
import type { Figure } from "../plot/figure.js";

/** Freezes a result and gives it its own picture. The symbol is not enumerable: copies and JSON are plain data. */
export function shownBy<T extends object>(value: T, show: () => MimeBundle): Readonly<T> {
  return Object.freeze(Object.defineProperty(value, displaySymbol, { value: show, enumerable: false }));
}

const shownRows = 60;

/** A sentence and a table of plain values, whole where it has at most 60 rows: a report of ten classes, the coefficients of thirty features. */
export function tableUnder(title: string, rows: readonly object[]): MimeBundle {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const shown = rows.slice(0, shownRows) as readonly Record<string, unknown>[];
  const numeric = names.map((name) => shown.every((row) => row[name] === undefined || typeof row[name] === "number"));
  const cells = shown.map((row) => names.map((name) => text(row[name])));
  const widths = names.map((name, k) => Math.max(name.length, ...cells.map((line) => line[k].length)));
  const line = (texts: readonly string[]) => texts.map((one, k) => (numeric[k] ? one.padStart(widths[k]) : one.padEnd(widths[k]))).join("  ").trimEnd();
  const more = rows.length > shownRows ? say(`(and ${count(rows.length - shownRows, "more row")})`, `（另有 ${rows.length - shownRows} 行）`) : "";
  const plain = [title, ...(rows.length ? [line(names), ...cells.map(line)] : []), more].filter(Boolean).join("\n");
  const head = names.map((name, k) => header(escape(name), numeric[k] ? "right" : "left", "col")).join("");
  const body = cells.map((texts) => `<tr>${texts.map((one, k) => cell(escape(one), numeric[k] ? "right" : "left")).join("")}</tr>`).join("");
  const table = rows.length ? `<table class="lyceum-table" cellpadding="4"><caption>${escape(title)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>` : `<p>${escape(title)}</p>`;
  return { data: { "text/plain": plain, "text/html": more ? `${table}<p>${more}</p>` : table }, metadata: {} };
}

const text = (value: unknown): string => (value === undefined ? "" : typeof value === "number" ? number(value) : String(value));

/** A Plotly figure with its still picture and its sentence. */
export const figureBundle = (figure: Figure): MimeBundle => plotlyView(figure) ?? { data: { "text/plain": figure.layout.meta?.description ?? "" }, metadata: {} };

/** Freezes plain data all the way down, typed arrays left as they are. */
export function frozen<T>(value: T): T {
  if (value !== null && typeof value === "object" && !Object.isFrozen(value) && !ArrayBuffer.isView(value)) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}
