import type { RawDiagnostic } from "./compiler.js";
import type { Diagnostic, TypedCell } from "./contract.js";
import { explain, suggestionIn, type Language } from "./explain.js";
import { isAssignable, withoutOurs, type Scope } from "./scope.js";

/**
 * Not errors for a learner:
 * 7016 a package without types (its values are `any`), 7005/7034 a variable whose type grows in a later cell,
 * 2323/2484 a name exported by the cell and by its slot.
 */
const ignored = new Set([7016, 7005, 7034, 2323, 2484]);

/** The compiler's words about a slot, turned into diagnostics of the cell's own text, which begins after `prefix` characters. */
export function diagnose(raw: readonly RawDiagnostic[], cell: TypedCell, prefix: number, scope: Scope, language: Language): Diagnostic[] {
  const length = cell.source.length;
  const found: Diagnostic[] = [];
  for (const { start, end, code, message, syntactic } of raw) {
    const from = start - prefix;
    if (from < 0 || ignored.has(code) || (cell.facts.noCheck && !syntactic)) continue;
    // A bracket that is never closed is noticed at the end, often some empty lines below.
    const at = Math.min(from, cell.source.trimEnd().length);
    found.push({ start: at, end: Math.max(at, Math.min(end - prefix, length)), ...place(cell.source, at), ...words(code, message, scope, language), category: "error" });
  }
  found.sort((a, b) => a.start - b.start);
  return withoutCascades(found, raw.some(({ syntactic }) => syntactic));
}

function place(source: string, at: number): { line: number; column: number } {
  const before = source.slice(0, at);
  return { line: before.split("\n").length, column: at - (before.lastIndexOf("\n") + 1) };
}

/** What an earlier cell's name is, for "Cannot assign to 'x' because it is ...": here it is an import, to its writer it is not. */
const nouns: Record<string, [number, string]> = {
  const: [2588, "a constant"], using: [2588, "a constant"], function: [2630, "a function"], class: [2629, "a class"],
  enum: [2628, "an enum"], namespace: [2631, "a namespace"], import: [2632, "an import"],
};

function words(code: number, text: string, scope: Scope, language: Language): Pick<Diagnostic, "code" | "message" | "plain" | "suggestion"> {
  let message = withoutOurs(text);
  const assigned = code === 2632 ? /^Cannot assign to '([^']+)'/.exec(message) : null;
  const definition = assigned ? scope.get(assigned[1]!) : undefined;
  if (definition && !isAssignable(definition.kinds)) {
    const [number, noun] = nouns[definition.kinds.find((kind) => nouns[kind])!] ?? [code, "an import"];
    message = `Cannot assign to '${assigned![1]}' because it is ${noun}.`;
    code = number;
  }
  return { code, message, plain: explain(code, message, language), suggestion: suggestionIn(code, message, language) };
}

/** One mistake, one message. Syntax: the first on each line. Types: one at a place, and one for each unknown name. */
function withoutCascades(found: Diagnostic[], syntactic: boolean): Diagnostic[] {
  const seen = new Set<string>();
  const kept: Diagnostic[] = [];
  for (const item of found) {
    const key = syntactic ? `line ${item.line}` : item.code === 2304 || item.code === 2552 || item.code === 2307 ? item.message : `${item.start} ${item.end}`;
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(item);
  }
  return kept;
}
