import { describe, type Description } from "./describe.js";
import { modelLabel } from "./model.js";
import { isObject } from "./reflect.js";
import { tensorLabel } from "./tensor/read.js";

/** Bounds of one inspection. What is left out is said in the text. */
export interface InspectLimits {
  /** Levels of nesting that are opened. */
  depth: number;
  /** Entries shown of one object, array, map or set. */
  breadth: number;
  /** Values visited in all. */
  nodes: number;
  /** Characters of one line before entries go on lines of their own. */
  width: number;
}

export interface Inspection {
  text: string;
  /** Something was left out for its depth or number. */
  truncated: boolean;
}

type TextInspector = (value: unknown) => string;
let preferred: TextInspector | undefined;

/** In Node, `util.inspect` writes small values just as `console.log` does; see node/inspect.ts. */
export function useInspector(inspector: TextInspector | undefined): void {
  preferred = inspector;
}

const usual: InspectLimits = { depth: 3, breadth: 100, nodes: 1500, width: 76 };

/** A value as text, bounded, the way Node writes it. Calls no getters. */
export function inspect(value: unknown, limits: Partial<InspectLimits> = {}): Inspection {
  const walk: Walk = { ...usual, ...limits, truncated: false, named: false, path: [] };
  const text = write(value, walk, 0);
  if (preferred && isObject(value) && !walk.truncated && !walk.named) {
    try {
      return { text: preferred(value), truncated: false };
    } catch {
      // A custom inspector of the user's object threw: our own text stands.
    }
  }
  return { text, truncated: walk.truncated };
}

interface Walk extends InspectLimits {
  truncated: boolean;
  /** Tensors and models inside are named by name and shape, which other inspectors do not do. */
  named: boolean;
  path: unknown[];
}

function write(value: unknown, walk: Walk, level: number): string {
  walk.nodes--;
  const d = describe(value);
  if (d.kind === "leaf") {
    if (isObject(value) && (tensorLabel(value) ?? modelLabel(value))) walk.named = true;
    return d.text;
  }
  if (walk.path.includes(value)) return "[Circular]";
  if (d.total === 0) return d.open + d.close;
  if (level >= walk.depth || walk.nodes <= 0) {
    walk.truncated = true;
    return `[${d.label}]`;
  }
  walk.path.push(value);
  const items = writeEntries(d, walk, level);
  walk.path.pop();
  return layout(d.open, items, d.close, walk.width - level * 2);
}

function writeEntries(d: Extract<Description, { kind: "branch" }>, walk: Walk, level: number): string[] {
  const entries = d.entries(0, walk.breadth);
  const items: string[] = [];
  for (const entry of entries) {
    if (walk.nodes <= 0) break;
    const text = entry.note ?? write(entry.value, walk, level + 1);
    items.push(entry.key === undefined ? text : entry.key + entry.joint + text);
  }
  const rest = d.total - items.length;
  if (rest > 0) {
    walk.truncated = true;
    items.push(`... ${rest.toLocaleString("en-US")} more`);
  }
  return items;
}

/** On one line where it fits; short items fill lines; others get one line each. */
function layout(open: string, items: string[], close: string, width: number): string {
  const line = `${open} ${items.join(", ")} ${close}`;
  if (line.length <= width && !line.includes("\n")) return line;
  const indent = (text: string) => `  ${text.replaceAll("\n", "\n  ")}`;
  if (items.length <= 6 || items.some((item) => item.length > 24 || item.includes("\n"))) return `${open}\n${items.map(indent).join(",\n")}\n${close}`;
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + item.length + 2 <= width) lines[last] += `, ${item}`;
    else lines.push(item);
  }
  return `${open}\n${lines.map(indent).join(",\n")}\n${close}`;
}
