import { displaySymbol, type MimeBundle } from "../../display/contract.js";
import { escape } from "../../display/escape.js";
import { plotlyView } from "../../display/plotly.js";
import { tableView } from "../../display/table/view.js";
import type { Figure } from "../plot/figure.js";

/** Freezes a result and gives it its own picture. The symbol is not enumerable: copies and JSON are plain data. */
export function shownBy<T extends object>(value: T, show: () => MimeBundle): Readonly<T> {
  return Object.freeze(Object.defineProperty(value, displaySymbol, { value: show, enumerable: false }));
}

/** A sentence above a table. */
export function tableUnder(title: string, rows: readonly object[]): MimeBundle {
  const bundle = tableView(rows);
  const { "text/plain": plain = "", "text/html": html = "" } = (bundle?.data ?? {}) as Record<string, string>;
  return { data: { "text/plain": `${title}\n${plain}`.trimEnd(), "text/html": `<p>${escape(title)}</p>${html}` }, metadata: {} };
}

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
