import { typeBlocks } from "./blocks.js";
import { pragmas } from "./strip.js";
import { closing, declares, Role, type Token, type Tokens } from "./tokens.js";
import { findTypeNames } from "./type-names.js";

/** Identifiers and type names that no scope inside the cell declares; top-level names of the cell are left to the caller. */
export function findReferences(read: Tokens, nested: (source: string) => string[]): string[] {
  const { tokens, source } = read;
  const isLocal = localNames(read);
  const names = new Set<string>();
  const blocks = typeBlocks(tokens);
  const inBlock = (i: number) => blocks.some(({ open, close }) => open <= i && i <= close);
  const types = findTypeNames(tokens);
  for (let i = 0; i < tokens.length; i++) {
    if (inBlock(i)) {
      const block = blocks.find(({ open }) => open === i);
      if (block) for (const name of nested(source.slice(tokens[i]!.end, tokens[block.close]?.start))) names.add(name);
      continue;
    }
    if (!isAccess(tokens, i) && !types.has(i)) continue;
    if (!isLocal(tokens[i]!.text, i)) names.add(tokens[i]!.text);
  }
  if (tokens.some(({ kind }) => kind === "jsx")) names.add((pragmas(source).jsxPragma ?? "React").split(".")[0]!);
  for (const word of ["undefined", "arguments"]) names.delete(word);
  return [...names];
}

const typeWords = new Set(["interface", "type", "declare", "namespace", "module", "global"]);

function isAccess(tokens: Token[], i: number): boolean {
  const { role, kind, text, isType } = tokens[i]!;
  if (role === null) return kind === "name" && tokens[i - 1]?.text === "@";
  if (role !== Role.Access && role !== Role.Shorthand && role !== Role.ExportAccess) return false;
  if (role === Role.ExportAccess && isReexport(tokens, i)) return false;
  const next = tokens[i + 1];
  if (kind === "jsx") return true;
  if (kind !== "name") return false;
  if (isType && typeWords.has(text)) return false;
  if (text === "abstract") return next?.text !== "class";
  if (text === "await" || text === "async") return false;
  return next?.text !== ":" || !isLabel(tokens, i);
}

/** `a` in `export { a } from "m"`. */
function isReexport(tokens: Token[], i: number): boolean {
  const brace = tokens.findIndex(({ text }, at) => at > i && text === "}");
  return tokens[brace + 1]?.text === "from";
}

function isLabel(tokens: Token[], i: number): boolean {
  const before = tokens[i - 1]?.text;
  return before === undefined || before === ";" || before === "{" || before === "}" || /^(for|while|do|\{)$/.test(tokens[i + 2]?.text ?? "");
}

/** The members of each enum, which its own initialisers can name. */
function enumScopes(tokens: Token[]): { open: number; close: number; names: Set<string> }[] {
  return tokens.flatMap((token, i) => {
    if (token.text !== "enum" || token.kind !== "other" || tokens[i + 2]?.text !== "{") return [];
    const open = i + 2;
    const close = closing(tokens, open);
    const members = tokens.slice(open + 1, close).filter((_, at) => /^[{,]$/.test(tokens[open + at]!.text));
    return [{ open, close, names: new Set(members.map(({ text }) => text.replace(/^["']|["']$/g, ""))) }];
  });
}

/** Answers: does a scope around token `i`, inside the cell, declare the name? */
function localNames({ tokens, scopes }: Tokens): (name: string, i: number) => boolean {
  const names = scopes.map(() => new Set<string>());
  const around = (i: number, onlyFunctions: boolean) => {
    let best = -1;
    scopes.forEach(({ start, end, isFunction }, at) => {
      if (start <= i && i < end && (isFunction || !onlyFunctions) && (best < 0 || start >= scopes[best]!.start && end <= scopes[best]!.end)) best = at;
    });
    return best;
  };
  tokens.forEach((token, i) => {
    if (!declares(token) || token.role === Role.TopLevel || token.role === Role.ShorthandTopLevel || token.role === Role.Import) return;
    const at = around(i, token.role === Role.FunctionScoped || token.role === Role.ShorthandFunctionScoped);
    if (at >= 0 && !scopes[at]!.isFile) names[at]!.add(token.text);
  });
  const enums = enumScopes(tokens);
  return (name, i) =>
    scopes.some(({ start, end }, at) => start <= i && i < end && names[at]!.has(name)) || enums.some((scope) => scope.open < i && i < scope.close && scope.names.has(name));
}
