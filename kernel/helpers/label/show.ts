import { displaySymbol } from "../../display/contract.js";
import { escape } from "../../display/escape.js";
import { tableView } from "../../display/table/view.js";

/** Gives a result a table as its picture, and freezes it. The symbol is not enumerable: copies and JSON are plain data. */
export function showAs<T extends object>(value: T, rows: () => readonly object[], title?: () => string): Readonly<T> {
  const show = () => {
    const bundle = tableView(rows());
    if (!bundle || !title) return bundle ?? { data: {}, metadata: {} };
    const { "text/plain": plain, "text/html": html } = bundle.data as Record<string, string>;
    return { data: { "text/plain": `${title()}\n${plain}`, "text/html": `<p>${escape(title())}</p>${html}` }, metadata: {} };
  };
  Object.defineProperty(value, displaySymbol, { value: show, enumerable: false });
  return Object.freeze(value);
}
