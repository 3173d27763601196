import { fail, type Place } from "./error.js";
import type { Comments } from "./lesson.js";

/** A line comment of a cell: its words, and where they start and end. */
export interface Comment {
  text: string;
  start: number;
  end: number;
}

/**
 * The `//` comments of TypeScript text, in order. Strings and templates are skipped. A regular expression that holds a quote or two slashes
 * could mislead it: lessons keep those in a string.
 */
export function lineComments(code: string): Comment[] {
  const found: Comment[] = [];
  let at = 0;
  while (at < code.length) {
    const two = code.slice(at, at + 2);
    const end = lineEnd(code, at);
    if (two === "//") {
      const text = code.slice(at + 2, end);
      const start = at + 2 + (text.length - text.trimStart().length);
      if (text.trim()) found.push({ text: text.trim(), start, end: start + text.trim().length });
      at = end;
    } else if (two === "/*") {
      const close = code.indexOf("*/", at + 2);
      at = close < 0 ? code.length : close + 2;
    } else if (`"'\``.includes(code[at]!)) at = stringEnd(code, at);
    else at++;
  }
  return found;
}

function lineEnd(code: string, from: number): number {
  const at = code.indexOf("\n", from);
  return at < 0 ? code.length : at;
}

function stringEnd(code: string, start: number): number {
  const quote = code[start];
  for (let at = start + 1; at < code.length; at++) {
    if (code[at] === "\\") at++;
    else if (code[at] === quote) return at + 1;
    else if (code[at] === "\n" && quote !== "`") return at;
  }
  return code.length;
}

/** The lines of a Chinese fence, `// English => 中文`, checked against the code they belong to. */
export function parseComments(place: Place, id: string, body: string, code: string): Comments {
  const known = new Set(translatable(code));
  const result: Record<string, string> = {};
  body.split("\n").forEach((line, index) => {
    if (!line.trim()) return;
    const here = { ...place, line: place.line + 1 + index };
    const match = /^\/\/\s*(.*)$/.exec(line.trim());
    if (!match) fail(here, `expected "// English => 中文" in cell ${id}, got "${line.trim()}": code stands in the English file only`);
    const pair = splits(match[1]!).find(([english]) => known.has(english));
    if (!pair) fail(here, `no comment "${splits(match[1]!)[0]?.[0] ?? match[1]}" in cell ${id}, expected one of: ${[...known].join(" | ") || "none"}`);
    result[pair[0]] = pair[1];
  });
  return result;
}

/** A comment may hold ` => ` itself: every way to cut. */
function splits(text: string): [string, string][] {
  const parts = text.split(" => ");
  return parts.slice(1).map((_, n) => [parts.slice(0, n + 1).join(" => ").trim(), parts.slice(n + 1).join(" => ").trim()]);
}

/** The comments of a cell that are words for people: no markers, no directives. STUB lines count by what they give. */
export function translatable(code: string): string[] {
  return lineComments(code).flatMap(({ text }) => {
    if (/^(BEGIN|END) SOLUTION$/.test(text) || text.startsWith("@ts-")) return [];
    if (!text.startsWith("STUB")) return [text];
    return lineComments(text.slice("STUB".length)).map((comment) => comment.text);
  });
}

/** The code with its comments in the other language; comments without a translation stay. `from`: leave what stands before it. */
export function translate(code: string, comments: Comments, from = 0): string {
  const head = code.slice(0, from);
  let result = code.slice(from);
  for (const { text, start, end } of lineComments(result).reverse()) {
    const twin = text.startsWith("STUB ") ? translate(text, comments, "STUB ".length) : own(comments, text);
    if (twin !== undefined) result = result.slice(0, start) + twin + result.slice(end);
  }
  return head + result;
}

const own = (comments: Comments, text: string): string | undefined => (Object.hasOwn(comments, text) ? comments[text] : undefined);
