import { closing, declares, Role, type Token } from "./tokens.js";

const builtIn = new Set(("any unknown never void null undefined string number boolean bigint symbol object this true false const " +
  "keyof typeof unique readonly infer is asserts in out as satisfies extends implements import new abstract declare interface type " +
  "namespace module global enum get set static public private protected override accessor intrinsic").split(" "));

/** Indices of tokens that name a type (or, after `typeof`, a value) and are no property, parameter, label or type parameter. */
export function findTypeNames(tokens: Token[]): Set<number> {
  const found = new Set<number>();
  const local = typeParameters(tokens);
  let conditional: number[] = [0];
  tokens.forEach((token, i) => {
    if (!token.isType) {
      conditional = [0];
      return;
    }
    conditional = followBrackets(conditional, tokens, i);
    if (token.kind !== "name" || token.role !== null || builtIn.has(token.text)) return;
    const before = tokens[i - 1]?.text;
    const next = tokens[i + 1]?.text;
    if (before === "." || before === "infer" || before === "asserts" || next === "is" || next === "in") return;
    if (isTupleLabel(tokens, i, conditional.at(-1)!)) return;
    if (!local.some(({ name, from, to }) => name === token.text && from <= i && i <= to)) found.add(i);
  });
  return found;
}

function isTupleLabel(tokens: Token[], i: number, conditional: number): boolean {
  const next = tokens[i + 1]?.text;
  if (next === "?") return tokens[i + 2]?.text === ":";
  return next === ":" && conditional === 0;
}

/** How many `? :` of conditional types are open, a number for each open bracket. */
function followBrackets(open: number[], tokens: Token[], i: number): number[] {
  const { text } = tokens[i]!;
  if (text === "(" || text === "[" || text === "{" || text === "<") return [...open, 0];
  if (text === ")" || text === "]" || text === "}" || text === ">") return open.length > 1 ? open.slice(0, -1) : [0];
  const top = open.at(-1)!;
  if (text === "?" && !/^[:,)\]]$/.test(tokens[i + 1]?.text ?? "")) return [...open.slice(0, -1), top + 1];
  if (text === ":" && top > 0) return [...open.slice(0, -1), top - 1];
  return open;
}

interface LocalType { name: string; from: number; to: number }

/** Type parameters, `infer U` and mapped-type keys, each with the stretch of tokens where it holds (generously: its statement). */
function typeParameters(tokens: Token[]): LocalType[] {
  const found: LocalType[] = [];
  tokens.forEach((token, i) => {
    if (!token.isType) return;
    const add = (at: number) => found.push({ name: tokens[at]!.text, from: statementStart(tokens, at), to: statementEnd(tokens, at) });
    if (token.text === "infer" && tokens[i + 1]?.kind === "name") add(i + 1);
    if (token.text === "[" && tokens[i + 2]?.text === "in") add(i + 1);
    if (token.text === "<" && startsParameters(tokens, i)) for (const at of listedParameters(tokens, i)) add(at);
  });
  return found;
}

/** `<` after a declared name, a method name or no name at all lists parameters; after a type or a value it lists arguments. */
function startsParameters(tokens: Token[], i: number): boolean {
  const before = tokens[i - 1];
  if (!before) return true;
  if (before.kind === "name" || before.kind === "jsx") return declares(before) || before.role === Role.ObjectKey || before.text === "async";
  if (/^(\)|\]|this|super|>)$/.test(before.text)) return false;
  return before.isType || /^(function|class|\*)$/.test(before.text) || isArrow(tokens, i);
}

/** `<T>(x: T) => x`, not the cast `<T>(x)`. */
function isArrow(tokens: Token[], open: number): boolean {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i]!.text === "<") depth++;
    if (tokens[i]!.text !== ">" || --depth > 0) continue;
    return tokens[i + 1]?.text === "(" && /^(=>|:)$/.test(tokens[closing(tokens, i + 1) + 1]?.text ?? "");
  }
  return false;
}

function listedParameters(tokens: Token[], open: number): number[] {
  const names: number[] = [];
  let depth = 0;
  let expected = false;
  for (let i = open; i < tokens.length; i++) {
    const { text, kind } = tokens[i]!;
    if (text === "<" || text === "(" || text === "[" || text === "{") depth++;
    if ((text === ">" || text === ")" || text === "]" || text === "}") && --depth === 0) break;
    if (depth === 1 && (text === "<" || text === ",")) expected = true;
    else if (expected && kind === "name" && text !== "in" && text !== "out") {
      names.push(i);
      expected = false;
    }
  }
  return names;
}

function statementStart(tokens: Token[], i: number): number {
  let at = i;
  while (at > 0 && !(tokens[at - 1]!.text === ";" && tokens[at]!.depth === 0)) at--;
  return at;
}

function statementEnd(tokens: Token[], i: number): number {
  for (let at = i; at < tokens.length; at++) {
    const { text, kind, depth } = tokens[at]!;
    if (kind === "other" && (text === "{" || text === "(" || text === "[")) at = closing(tokens, at);
    else if (text === ";" && depth === 0) return at;
    else if (at > i && depth === 0 && tokens[at]!.afterNewline && /^(const|let|var|function|class|interface|type|enum|import|export|if|for)$/.test(text)) return at;
  }
  return tokens.length;
}
