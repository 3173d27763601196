import base from "sucrase/dist/parser/traverser/base.js";
import traverser from "sucrase/dist/parser/traverser/index.js";
import types from "sucrase/dist/parser/tokenizer/types.js";

const { TokenType } = types;

/** What sucrase's parser knows of an identifier (its enum, by value). */
export const Role = {
  Access: 0, ExportAccess: 1, TopLevel: 2, FunctionScoped: 3, BlockScoped: 4, ShorthandTopLevel: 5,
  ShorthandFunctionScoped: 6, ShorthandBlockScoped: 7, Shorthand: 8, Import: 9, ObjectKey: 10, ImportAccess: 11,
} as const;

export interface Token {
  text: string;
  start: number;
  end: number;
  /** Identifiers and contextual words; JSX names; quoted strings; raw text (templates, JSX text, regular expressions); all else. */
  kind: "name" | "jsx" | "string" | "text" | "other";
  isType: boolean;
  role: number | null;
  depth: number;
  /** A line break lies between this token and the one before. */
  afterNewline: boolean;
}

/** Token indices, `end` excluded. `isFile`: the cell itself. */
export interface Scope { start: number; end: number; isFunction: boolean; isFile: boolean }

export interface Tokens {
  source: string;
  /** Without the end-of-file token. After an error: the tokens before it. */
  tokens: Token[];
  scopes: Scope[];
  jsx: boolean;
  error?: { message: string; offset: number };
  /** The parser's own tokens, for the transformer. */
  raw: unknown[];
}

/** A JSX element always holds `</` or `/>`; without them `<T>x` is a cast. */
const mayHoldJsx = (source: string) => source.includes("</") || source.includes("/>");

/** Tokens, scopes and the first error of TypeScript text. Never throws. JSX is tried first where the text may hold it. */
export function readTokens(source: string): Tokens {
  if (!mayHoldJsx(source)) return parse(source, false);
  const withJsx = parse(source, true);
  if (!withJsx.error) return withJsx;
  const plain = parse(source, false);
  return !plain.error || plain.error.offset > withJsx.error.offset ? plain : withJsx;
}

function parse(source: string, jsx: boolean): Tokens {
  const found = attempt(source, jsx);
  return found.error ? furthest(source, jsx, found) : found;
}

function attempt(source: string, jsx: boolean, prepare?: () => void): Tokens {
  base.initParser(source, jsx, true, false);
  prepare?.();
  let crash: unknown;
  try {
    traverser.parseFile();
  } catch (error) {
    crash = error;
  }
  const { error, tokens } = base.state;
  const last = tokens.at(-1)?.end ?? 0;
  return collect(source, jsx, tokens, error ?? (crash ? { message: "Unexpected token", pos: last } : null));
}

/**
 * Where a first reading fails (an arrow function, type arguments), the parser tries another and reports that one's error, which lies
 * before the true one: read again and keep the error that lies furthest, with the tokens before it.
 */
function furthest(source: string, jsx: boolean, found: Tokens): Tokens {
  let best = found;
  attempt(source, jsx, () => {
    const { state } = base;
    let current: typeof state.error = null;
    Object.defineProperty(state, "error", {
      get: () => current,
      set: (error: typeof state.error) => {
        current = error;
        if (error && error.pos > best.error!.offset) best = collect(source, jsx, [...state.tokens], error);
      },
    });
  });
  return best;
}

function collect(source: string, jsx: boolean, raw: typeof base.state.tokens, error: { message: string; pos: number } | null): Tokens {
  let previousEnd = 0;
  const tokens = raw.filter((token) => token.type !== TokenType["eof"]).map((token): Token => {
    const afterNewline = /[\n\r\u2028\u2029]/.test(source.slice(previousEnd, token.start));
    previousEnd = token.end;
    return {
      text: source.slice(token.start, token.end), start: token.start, end: token.end,
      kind: kindOf(token.type), isType: token.isType, role: token.identifierRole, depth: token.scopeDepth, afterNewline,
    };
  });
  const scopes = base.state.scopes.map(({ startTokenIndex: start, endTokenIndex: end, isFunctionScope: isFunction }, i, { length }): Scope =>
    // The scope of the file is closed last; while the parser is still at work it is not there.
    ({ start, end, isFunction, isFile: isFunction && start === 0 && i === length - 1 && end >= tokens.length }));
  scopeAsyncArrows(tokens, scopes);
  return { source, tokens, scopes, jsx, raw, ...(error && { error: { message: error.message, offset: error.pos } }) };
}

/** The parser takes the parameters of `async <T>(a: T) => ...` for names of the scope around: give them their own. */
function scopeAsyncArrows(tokens: Token[], scopes: Scope[]): void {
  tokens.forEach(({ text, kind }, i) => {
    const next = tokens[i + 1];
    if (text !== "async" || kind !== "name" || next?.text !== "<" || !next.isType) return;
    const open = tokens.findIndex((token, at) => at > i && token.text === "(" && !token.isType);
    const arrow = tokens.findIndex((token, at) => at > open && token.text === "=>" && !token.isType);
    const body = scopes.find(({ start, isFunction }) => isFunction && start === arrow + 1);
    if (open < 0 || !body) return;
    for (const token of tokens.slice(open, arrow)) {
      if (token.role === Role.TopLevel) token.role = Role.FunctionScoped;
      if (token.role === Role.ShorthandTopLevel) token.role = Role.ShorthandFunctionScoped;
    }
    scopes.push({ start: open, end: body.end, isFunction: true, isFile: false });
  });
}

function kindOf(type: number): Token["kind"] {
  if (type === TokenType["name"]) return "name";
  if (type === TokenType["jsxName"]) return "jsx";
  if (type === TokenType["template"] || type === TokenType["jsxText"] || type === TokenType["regexp"]) return "text";
  return type === TokenType["string"] ? "string" : "other";
}

/** Is this token the place where a name is declared, at any level? */
export function declares(token: Token): boolean {
  const { role } = token;
  return role !== null && ((role >= Role.TopLevel && role <= Role.ShorthandBlockScoped) || role === Role.Import);
}

/** Index of the token that closes the bracket at `open`, or the last token. Counts all bracket kinds. */
export function closing(tokens: Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const { text, kind } = tokens[i]!;
    if (kind !== "other") continue;
    if (text === "(" || text === "[" || text === "{" || text === "${") depth++;
    else if ((text === ")" || text === "]" || text === "}") && --depth === 0) return i;
  }
  return tokens.length - 1;
}

/** Brackets and template quotes that are not closed, outermost first. */
export function openBrackets(tokens: Token[]): Token[] {
  const open: Token[] = [];
  for (const token of tokens) {
    const { text, kind } = token;
    if (kind !== "other") continue;
    if (/^(\(|\[|\{|\$\{)$/.test(text) || (text === "`" && open.at(-1)?.text !== "`")) open.push(token);
    else if (/^[)\]}`]$/.test(text)) open.pop();
  }
  return open;
}
