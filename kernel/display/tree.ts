import type { MimeBundle } from "./contract.js";
import { describe, type Entry } from "./describe.js";
import { escape } from "./escape.js";
import { inspect } from "./inspect.js";

/** How much of a value the tree holds; the rest is counted. */
interface Budget {
  nodes: number;
  bytes: number;
  path: unknown[];
}

const maxDepth = 10;
const chunk = 100;

/** Values that do not fit a screen of text: a tree to open and close, plain HTML without scripts. */
export function treeView(value: object): MimeBundle | undefined {
  const { text, truncated } = inspect(value);
  const data: Record<string, unknown> = { "text/plain": text };
  if (truncated || text.split("\n").length > 30) data["text/html"] = tree(value);
  return { data, metadata: {} };
}

function tree(value: unknown): string {
  const budget: Budget = { nodes: 3000, bytes: 600_000, path: [] };
  return `<div class="lyceum-tree">${node("", value, budget, 0)}</div>`;
}

function node(key: string, value: unknown, budget: Budget, level: number): string {
  const d = describe(value, 1000);
  const name = key ? `<b>${escape(key)}</b>` : "";
  if (d.kind === "leaf") return line(`${name}<code>${escape(d.text)}</code>`, budget);
  if (budget.path.includes(value)) return line(`${name}<code>[Circular]</code>`, budget);
  if (d.total === 0) return line(`${name}<code>${escape(d.open + d.close)}</code>`, budget);
  if (level >= maxDepth) return line(`${name}<code>${escape(d.label)}</code> (deeper levels are not shown)`, budget);
  const head = line(`<summary>${name}<code>${escape(d.label)}</code>${d.total > 10_000 ? "" : preview(value)}</summary>`, budget, "");
  budget.path.push(value);
  const body = range(d.entries, 0, d.total, budget, level);
  budget.path.pop();
  return `<details${level === 0 ? " open" : ""}>${head}<ul>${body}</ul></details>`;
}

/** Entries [start, total): the first hundred in sight, the following hundreds behind one line each. */
function range(entries: (start: number, end: number) => Entry[], start: number, total: number, budget: Budget, level: number): string {
  let html = "";
  for (let i = start; i < total; i += chunk) {
    if (budget.nodes <= 0 || budget.bytes <= 0) return `${html}<li>... ${(total - i).toLocaleString("en-US")} more, not shown</li>`;
    const end = Math.min(i + chunk, total);
    const items = entries(i, end).map((entry) => item(entry, budget, level)).join("");
    html += i === start ? items : `<li><details><summary>[${i} ... ${end - 1}]</summary><ul>${items}</ul></details></li>`;
  }
  return html;
}

function item(entry: Entry, budget: Budget, level: number): string {
  if (budget.nodes <= 0 || budget.bytes <= 0) return "";
  const key = entry.key === undefined ? "" : entry.key + entry.joint;
  if (entry.note) return `<li>${line(`<b>${escape(key)}</b><code>${escape(entry.note)}</code>`, budget)}</li>`;
  return `<li>${node(key, entry.value, budget, level + 1)}</li>`;
}

function preview(value: unknown): string {
  const { text } = inspect(value, { depth: 1, breadth: 4, nodes: 12, width: 400 });
  const one = text.replace(/\s+/g, " ");
  return ` <small>${escape(one.length > 80 ? `${one.slice(0, 77)}...` : one)}</small>`;
}

function line(html: string, budget: Budget, end = "\n"): string {
  budget.nodes--;
  budget.bytes -= html.length;
  return html + end;
}
