import type { MimeBundle } from "../../display/contract.js";
import { escape } from "../../display/escape.js";
import { number } from "../../display/number.js";
import { drawGraph } from "./explain-graph.js";
import { explainWords } from "./explain-words.js";
import type { ExplainedVariant, Explanation } from "./explain.js";

/** Operations that are shown one by one; the rest in one line. */
const shown = 12;

/** Sentences on what goes in and what stays, the graph as a picture, and a table of what costs most. */
export function explanationBundle(explanation: Explanation): MimeBundle {
  const { name, variants } = explanation;
  const parts = variants.map((variant) => ({ lines: sentences(variant), picture: drawGraph(variant) ?? "", rows: rows(variant) }));
  if (parts.length === 0) parts.push({ lines: [explainWords().none], picture: "", rows: [] });
  const text = [name, ...parts.flatMap(({ lines, rows: list }) => [...lines, ...list.map((cells) => `  ${cells.join("  ")}`)])].join("\n");
  const html = parts.map(({ lines, picture, rows: list }) => `${lines.map((line) => `<p>${escape(line)}</p>`).join("")}${picture}${list.length ? table(list) : ""}`).join("<hr>");
  return { data: { "text/plain": text, "text/html": `<div class="lyceum-compiled"><h4>${escape(name)}</h4>${html}</div>` }, metadata: {} };
}

/** One row for each kind of operation, the dearest first. */
function rows({ operations }: ExplainedVariant): string[][] {
  const kinds = new Map<string, { times: number; microseconds: number; lines: Set<string> }>();
  for (const { op, microseconds, line } of operations) {
    const kind = kinds.get(op) ?? { times: 0, microseconds: 0, lines: new Set() };
    kinds.set(op, kind);
    kind.times += 1;
    kind.microseconds += microseconds;
    if (line !== undefined) kind.lines.add(line);
  }
  const total = Math.max(1, operations.reduce((sum, { microseconds }) => sum + microseconds, 0));
  const sorted = [...kinds].sort((a, b) => b[1].microseconds - a[1].microseconds);
  const list = sorted.slice(0, shown).map(([op, { times, microseconds, lines }]) => [op, String(times), microseconds.toLocaleString("en-US"), `${Math.round((100 * microseconds) / total)} %`, [...lines].slice(0, 2).map((line) => line.split("/").at(-1)!).join(", ")]);
  const rest = sorted.slice(shown).reduce((sum, [, { microseconds }]) => sum + microseconds, 0);
  if (sorted.length > shown) list.push([explainWords().more(sorted.length - shown), "", rest.toLocaleString("en-US"), `${Math.round((100 * rest) / total)} %`, ""]);
  return list.length ? [[...explainWords().head], ...list] : [];
}

function sentences(variant: ExplainedVariant): string[] {
  const { mode, calls, why, inputs, constants, updates, operations, rewritten, milliseconds } = variant;
  const say = explainWords();
  if (mode === "eager") return [say.eager(why, calls)];
  const kinds = (["argument", "variable", "number", "captured"] as const).map((what) => [inputs.filter((input) => input.what === what).length, what] as const);
  return [
    say.operations(variant),
    say.takes(kinds.filter(([n]) => n > 0), constants, updates.length),
    say.makes(rewritten.operations, operations.length, [...new Set(rewritten.fused)]),
    say.times(number(milliseconds.oneByOne, 3), number(milliseconds.graph, 3)),
  ];
}

function table([first, ...rest]: string[][]): string {
  const row = (cells: string[], tag: string): string => `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join("")}</tr>`;
  return `<table><thead>${row(first!, "th")}</thead><tbody>${rest.map((cells) => row(cells, "td")).join("")}</tbody></table>`;
}
