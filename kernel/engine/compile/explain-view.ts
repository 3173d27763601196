import type { MimeBundle } from "../../display/contract.js";
import { count, escape } from "../../display/escape.js";
import { number } from "../../display/number.js";
import { drawGraph } from "./explain-graph.js";
import type { ExplainedVariant, Explanation } from "./explain.js";

/** Operations that are shown one by one; the rest in one line. */
const shown = 12;

/** Sentences on what goes in and what stays, the graph as a picture, and a table of what costs most. */
export function explanationBundle(explanation: Explanation): MimeBundle {
  const { name, variants } = explanation;
  const parts = variants.map((variant) => ({ lines: sentences(variant), picture: drawGraph(variant) ?? "", rows: rows(variant) }));
  if (parts.length === 0) parts.push({ lines: ["No graph: it has not been called, or this engine (WebAssembly) runs it operation by operation."], picture: "", rows: [] });
  const text = [name, ...parts.flatMap(({ lines, rows: list }) => [...lines, ...list.map((cells) => `  ${cells.join("  ")}`)])].join("\n");
  const html = parts.map(({ lines, picture, rows: list }) => `${lines.map((line) => `<p>${escape(line)}</p>`).join("")}${picture}${list.length ? table(list) : ""}`).join("<hr>");
  return { data: { "text/plain": text, "text/html": `<div class="lyceum-compiled"><h4>${escape(name)}</h4>${html}</div>` }, metadata: {} };
}

const head = ["operation", "times", "microseconds", "share", "called at"];

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
  if (sorted.length > shown) list.push([`${sorted.length - shown} more kinds`, "", rest.toLocaleString("en-US"), `${Math.round((100 * rest) / total)} %`, ""]);
  return list.length ? [head, ...list] : [];
}

function sentences(variant: ExplainedVariant): string[] {
  const { mode, calls, xla, why, inputs, constants, updates, operations, rewritten, milliseconds } = variant;
  if (mode === "eager") return [`Runs operation by operation${why ? `: ${why}` : `; the graph is made after a few calls (${count(calls, "call")} so far)`}.`];
  const kinds = (what: string): number => inputs.filter((input) => input.what === what).length;
  const takes = [[kinds("argument"), "tensor argument"], [kinds("variable"), "variable"], [kinds("number"), "number that may change"], [kinds("captured"), "tensor from outside"]] as const;
  return [
    `${count(operations.length, "operation")} in one call${mode === "follow" ? ", beside the step's own JavaScript, because numbers in it change" : ""}${xla ? ", fused by XLA" : ""}. Called ${count(calls, "time")}.`,
    `Takes ${takes.filter(([n]) => n > 0).map(([n, noun]) => count(n, noun, noun.startsWith("number") ? "numbers that may change" : noun.startsWith("tensor from") ? "tensors from outside" : undefined)).join(", ") || "nothing"}; ${count(constants.count, "constant")} inside (${count(constants.values, "number")}). Gives new values to ${count(updates.length, "variable")}.`,
    `TensorFlow makes ${rewritten.operations} of the ${operations.length}${rewritten.fused.length ? `, fused: ${[...new Set(rewritten.fused)].join(", ")}` : ""}.`,
    `One by one ${number(milliseconds.oneByOne, 3)} ms, as a graph ${number(milliseconds.graph, 3)} ms.`,
  ];
}

function table([first, ...rest]: string[][]): string {
  const row = (cells: string[], tag: string): string => `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join("")}</tr>`;
  return `<table><thead>${row(first!, "th")}</thead><tbody>${rest.map((cells) => row(cells, "td")).join("")}</tbody></table>`;
}
