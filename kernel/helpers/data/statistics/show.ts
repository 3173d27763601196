import { displaySymbol } from "../../../display/contract.js";
import { escape } from "../../../display/escape.js";
import { tableView } from "../../../display/table/view.js";

/** One part of a result's picture: lines of text, or a table under a title. */
export type Part = { readonly title?: string; readonly rows: readonly object[] } | { readonly lines: readonly string[] } | { readonly html: string; readonly text: string };

/** Gives a result its picture and freezes it. The symbol is not enumerable: copies and JSON are plain data. */
export function shows<T extends object>(value: T, parts: () => readonly Part[]): Readonly<T> {
  Object.defineProperty(value, displaySymbol, { value: () => bundle(parts()), enumerable: false });
  return Object.freeze(value);
}

function bundle(parts: readonly Part[]): Record<string, string> {
  const plain: string[] = [];
  const html: string[] = [];
  for (const part of parts) {
    if ("html" in part) {
      plain.push(part.text);
      html.push(part.html);
    } else if ("lines" in part) {
      plain.push(...part.lines);
      html.push(part.lines.length === 1 ? `<p>${escape(part.lines[0]!)}</p>` : part.lines.length ? `<ul>${part.lines.map((line) => `<li>${escape(line)}</li>`).join("")}</ul>` : "");
    } else {
      const view = tableView(part.rows)?.data as Record<string, string> | undefined;
      if (!view) continue;
      if (part.title) {
        plain.push(part.title);
        html.push(`<p>${escape(part.title)}</p>`);
      }
      plain.push(view["text/plain"]!);
      html.push(view["text/html"]!);
    }
  }
  return { "text/plain": plain.join("\n"), "text/html": html.join("") };
}
