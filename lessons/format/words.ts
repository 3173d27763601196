import { fail, type Place } from "./error.js";
import type { Comments, Strings } from "./lesson.js";

/** A line comment of a cell (its words) or a string (with its quotes), and where it starts and ends. */
export interface Piece {
  kind: "comment" | "string";
  text: string;
  start: number;
  end: number;
}

/**
 * The `//` comments and the strings of TypeScript text, in order. A template is one string, with what it computes. A regular expression that
 * holds a quote or two slashes could mislead it: lessons keep those in a string.
 */
export function pieces(code: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  while (at < code.length) {
    const two = code.slice(at, at + 2);
    const end = lineEnd(code, at);
    if (two === "//") {
      const text = code.slice(at + 2, end);
      const start = at + 2 + (text.length - text.trimStart().length);
      if (text.trim()) found.push({ kind: "comment", text: text.trim(), start, end: start + text.trim().length });
      at = end;
    } else if (two === "/*") {
      const close = code.indexOf("*/", at + 2);
      at = close < 0 ? code.length : close + 2;
    } else if (isQuote(code[at])) {
      const close = stringEnd(code, at);
      found.push({ kind: "string", text: code.slice(at, close), start: at, end: close });
      at = close;
    } else at++;
  }
  return found;
}

/** The `//` comments of TypeScript text. */
export const lineComments = (code: string): Piece[] => pieces(code).filter(({ kind }) => kind === "comment");

const isQuote = (character: string | undefined): boolean => character !== undefined && `"'\``.includes(character);

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
    else if (quote === "`" && code.startsWith("${", at)) at = holeEnd(code, at) - 1;
  }
  return code.length;
}

/** Behind the brace that closes `${`, past the strings inside. */
function holeEnd(code: string, start: number): number {
  let open = 0;
  for (let at = start + 1; at < code.length; at++) {
    if (isQuote(code[at])) at = stringEnd(code, at) - 1;
    else if (code[at] === "{") open++;
    else if (code[at] === "}" && --open === 0) return at + 1;
  }
  return code.length;
}

/** What a template computes, in the order of their text. */
function holes(literal: string): string {
  const found: string[] = [];
  if (literal.startsWith("`")) {
    for (let at = literal.indexOf("${"); at >= 0; at = literal.indexOf("${", at)) {
      const end = holeEnd(literal, at);
      found.push(literal.slice(at, end));
      at = end;
    }
  }
  return found.sort().join("");
}

/** The words of a cell in Chinese. */
export interface Words {
  readonly comments: Comments;
  readonly strings: Strings;
}

/** The lines of a Chinese fence, `// English => 中文` or `"English" => "中文"`, checked against the code they belong to. */
export function parseWords(place: Place, id: string, body: string, code: string): Words {
  const known = { comments: new Set(translatable(code)), strings: new Set(stringsOf(code)) };
  const comments: Record<string, string> = {};
  const strings: Record<string, string> = {};
  body.split("\n").forEach((line, index) => {
    const text = line.trim();
    if (!text) return;
    const here = { ...place, line: place.line + 1 + index };
    if (isQuote(text[0])) {
      const pair = cuts(text).find(([english]) => known.strings.has(english));
      if (!pair) fail(here, `no string ${cuts(text)[0]?.[0] ?? text} in cell ${id}`);
      const [english, chinese] = pair;
      if (chinese[0] !== english[0] || chinese.length < 2 || stringEnd(chinese, 0) !== chinese.length || !chinese.endsWith(english[0]!)) fail(here, `expected one string in the quotes ${english[0]} after " => " in cell ${id}, got ${chinese}`);
      if (holes(chinese) !== holes(english)) fail(here, `expected what ${english} computes in its Chinese too, in cell ${id}, got ${chinese}`);
      strings[english] = chinese;
      return;
    }
    const match = /^\/\/\s*(.*)$/.exec(text);
    if (!match) fail(here, `expected "// English => 中文" or a string and its Chinese in cell ${id}, got "${text}": code stands in the English file only`);
    const pair = cuts(match[1]!).find(([english]) => known.comments.has(english));
    if (!pair) fail(here, `no comment "${cuts(match[1]!)[0]?.[0] ?? match[1]}" in cell ${id}, expected one of: ${[...known.comments].join(" | ") || "none"}`);
    comments[pair[0]] = pair[1];
  });
  return { comments, strings };
}

/** A text may hold ` => ` itself: every way to cut. */
function cuts(text: string): [string, string][] {
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

/** The strings of a cell, with their quotes; those of STUB lines too. */
export function stringsOf(code: string): string[] {
  return pieces(code).flatMap(({ kind, text }) => (kind === "string" ? [text] : text.startsWith("STUB") ? stringsOf(text.slice("STUB".length)) : []));
}

/** The code with its words in the other language; what has no translation stays. `from`: leave what stands before it. */
export function translate(code: string, words: Words, from = 0): string {
  const head = code.slice(0, from);
  let result = code.slice(from);
  for (const { kind, text, start, end } of pieces(result).reverse()) {
    const twin = kind === "string" ? own(words.strings, text) : text.startsWith("STUB ") ? translate(text, words, "STUB ".length) : own(words.comments, text);
    if (twin !== undefined) result = result.slice(0, start) + twin + result.slice(end);
  }
  return head + result;
}

const own = (twins: Readonly<Record<string, string>>, text: string): string | undefined => (Object.hasOwn(twins, text) ? twins[text] : undefined);
