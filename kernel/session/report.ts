import { readFileSync } from "node:fs";
import type { CellSyntaxError } from "../cell/contract.js";
import type { StackLine, Thrown } from "../runner/protocol.js";
import type { Diagnostic } from "../types/contract.js";
import { bold, codeFrame, dim, red, type Place } from "./codeframe.js";
import type { ErrorReport } from "./contract.js";
import type { Words } from "./words.js";

/** Finds the text of a script by the name V8 has for it. */
export type FindCell = (name: string) => { source: string; count: number } | undefined;

const diagnosticLimit = 5;
const frameLimit = 12;

/** The compiler's findings as one report: a code frame for each of the first five. */
export function reportDiagnostics(found: readonly Diagnostic[], source: string, count: number, words: Words): ErrorReport {
  const traceback = found.slice(0, diagnosticLimit).flatMap((one, i) => [
    ...(i > 0 ? [""] : []),
    `${red(bold(nameOf(one)))}: ${one.message.split("\n").join("\n  ")} ${dim(`(ts${one.code})`)}`,
    ...codeFrame({ label: words.cell(count), source, line: one.line, column: one.column + 1, length: one.end - one.start }, words.line),
    ...(one.plain ? [`  ${one.plain}`] : []),
    ...(one.suggestion && !one.message.includes(one.suggestion) ? [`  ${bold(one.suggestion)}`] : []),
  ]);
  const rest = found.length - diagnosticLimit;
  if (rest > 0) traceback.push("", words.more(rest));
  const first = found[0];
  return { kind: isSyntax(first) ? "syntax" : "type", ename: nameOf(first), evalue: first?.message ?? "", traceback };
}

/** Not `TypeError`: that is what a running cell throws. */
function nameOf(diagnostic: Diagnostic | undefined): string {
  return isSyntax(diagnostic) ? "SyntaxError" : "TypeScript error";
}

/** TypeScript numbers its syntax errors 1000 to 1999. */
function isSyntax(diagnostic: Diagnostic | undefined): boolean {
  return diagnostic !== undefined && diagnostic.code >= 1000 && diagnostic.code < 2000;
}

export function reportSyntax(error: CellSyntaxError, source: string, count: number, words: Words): ErrorReport {
  const place: Place = { label: words.cell(count), source, line: error.line, column: error.column + 1 };
  return {
    kind: "syntax",
    ename: "SyntaxError",
    evalue: error.message,
    traceback: [`${red(bold("SyntaxError"))}: ${error.message}`, ...codeFrame(place, words.line)],
  };
}

/** What a cell threw: message, the learner's line, the learner's frames, causes. */
export function reportThrown(thrown: Thrown, find: FindCell, words: Words): ErrorReport {
  return { kind: "thrown", ename: thrown.ename, evalue: thrown.evalue, traceback: describe(thrown, find, words) };
}

function describe(thrown: Thrown, find: FindCell, words: Words): string[] {
  const lines = [`${red(bold(thrown.ename))}${thrown.evalue === "" ? "" : `: ${thrown.evalue}`}`];
  if (thrown.ename === "RangeError" && /call stack/.test(thrown.evalue)) lines.push(`  ${words.recursion}`);
  const place = placeOf(thrown.stack, find, words);
  if (place) lines.push(...codeFrame(place, words.line));
  const shown = collapse(thrown.stack.map((line) => line.text));
  lines.push(...shown.slice(0, frameLimit).map((text) => dim(`    ${text}`)));
  if (thrown.extra) lines.push(...thrown.extra.split("\n").map((line) => `  ${line}`));
  if (thrown.cause) lines.push(...nested("cause", thrown.cause, find, words));
  for (const [i, one] of (thrown.errors ?? []).entries()) lines.push(...nested(`${i + 1}`, one, find, words));
  return lines;
}

function nested(title: string, thrown: Thrown, find: FindCell, words: Words): string[] {
  return describe(thrown, find, words).map((line, i) => (i === 0 ? `  [${title}] ${line}` : `  ${line}`));
}

/** The innermost frame whose text we can show. */
function placeOf(stack: readonly StackLine[], find: FindCell, words: Words): Place | undefined {
  for (const { source, line, column, text } of stack) {
    if (source === undefined || line === undefined || column === undefined || source.includes("node_modules")) continue;
    const cell = find(source);
    if (cell) return { label: words.cell(cell.count), source: cell.source, line, column };
    const label = /\(?([^()\s]+):\d+:\d+\)?$/.exec(text)?.[1] ?? source;
    const content = readText(source);
    if (content !== undefined) return { label, source: content, line, column };
  }
  return undefined;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** `at f` forty times becomes `at f` and a count. */
function collapse(lines: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < lines.length; ) {
    let n = 1;
    while (lines[i + n] === lines[i]) n++;
    out.push(lines[i] ?? "", ...(n > 1 ? [`... ${n - 1} more times`] : []));
    i += n;
  }
  return out;
}

/** An error that is not the learner's: interrupted, died. */
export function reportPlain(kind: "interrupted" | "died", ename: string, ...sentences: string[]): ErrorReport {
  return { kind, ename, evalue: sentences.join(" "), traceback: [`${red(bold(ename))}: ${sentences[0] ?? ""}`, ...sentences.slice(1)] };
}
