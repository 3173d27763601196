import type { RawCompletion } from "./compiler.js";
import type { Completion, CompletionItem } from "./contract.js";
import { notebookGlobals } from "./globals.js";
import { declaredNames, identifierStart, mask } from "./scan.js";
import { isOurs, type Scope } from "./scope.js";

/** What is asked for at an offset: which part is replaced, and what must stand there. */
export interface Place {
  start: number;
  end: number;
  prefix: string;
  kind: "member" | "name" | "string" | "path" | "none";
}

export function placeAt(source: string, offset: number): Place {
  const { code, strings } = mask(source);
  const string = strings.find(({ start, end }) => offset >= start && offset <= end);
  if (string) {
    const path = /(?:\bfrom|\bimport|\b(?:import|require)\s*\()\s*$/.test(code.slice(0, string.start - 1));
    const text = source.slice(string.start, offset);
    const relative = path && /^\.{0,2}\//.test(text);
    const start = relative ? string.start + text.lastIndexOf("/") + 1 : string.start;
    return { start, end: offset, prefix: source.slice(start, offset), kind: path ? "path" : "string" };
  }
  const start = identifierStart(source, offset);
  const prefix = source.slice(start, offset);
  if (/^\d/.test(prefix) || (prefix !== "" && code.slice(start, offset).trim() === "")) return { start: offset, end: offset, prefix: "", kind: "none" };
  const before = code.slice(0, start);
  const member = /(?<!\.\.)\.\s*$/.test(before) && !/\b\d+\.\s*$/.test(before);
  return { start, end: offset, prefix, kind: member ? "member" : "name" };
}

const words = (
  "const let function class interface type enum import export return if else for while do switch case break continue default try catch finally throw new await async " +
  "typeof instanceof in of true false null undefined this super yield delete void extends implements namespace"
).split(" ");
const builtIns = (
  "Array Boolean console Date Error fetch Float32Array Float64Array globalThis Infinity Int32Array isFinite isNaN JSON Map Math NaN Number Object parseFloat parseInt process " +
  "Promise RegExp Set setInterval setTimeout String structuredClone Symbol Uint8Array URL"
).split(" ");

/** Names that are known without a compiler: earlier cells', this cell's, the notebook's, the language's. */
export function knownNames(scope: Scope, source: string, all: boolean): RawCompletion[] {
  const items: RawCompletion[] = [];
  const add = (name: string, kind: string, sort: string): void => void items.push({ name, kind, sort });
  for (const [name, { kinds }] of scope) add(name, kinds[0] === "const" ? "constant" : kinds[0] === "let" || kinds[0] === "var" ? "variable" : (kinds[0] ?? "variable"), "11");
  for (const { name } of notebookGlobals) add(name, name === "tf" ? "module" : "variable", "12");
  if (!all) return items;
  for (const name of declaredNames(source)) add(name, "variable", "10");
  for (const name of builtIns) add(name, "variable", "15");
  for (const name of words) add(name, "keyword", "16");
  return items;
}

/** The compiler's list as Jupyter wants it: matching the prefix, no name twice, none of ours, exact case first. */
export function toCompletion(place: Place, raw: readonly RawCompletion[]): Completion {
  const { start, end, prefix, kind } = place;
  const lower = prefix.toLowerCase();
  const found = new Map<string, RawCompletion & CompletionItem>();
  for (const item of raw) {
    const bare = item.name.replace(/^(["'`])(.*)\1$/s, "$2");
    const text = kind === "string" || kind === "path" ? bare : (item.insert ?? item.name);
    if (isOurs(item.name) || !bare.toLowerCase().startsWith(lower)) continue;
    if (kind === "member" && !/^[\p{ID_Start}_$#][\p{ID_Continue}$]*$/u.test(text)) continue;
    if (!found.has(text)) found.set(text, { ...item, text });
  }
  const rank = (item: RawCompletion): string => `${item.name.startsWith(prefix) ? 0 : 1}${item.sort.padEnd(3)}${item.name}`;
  const items = [...found.values()].sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).map((item): CompletionItem => ({ text: item.text, kind: item.kind }));
  return { start, end, items };
}
