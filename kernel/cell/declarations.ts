import type { Binding, BindingKind } from "./contract.js";
import { declares, Role, type Token, type Tokens } from "./tokens.js";
import { typeBlocks } from "./blocks.js";

/** A top-level name and the token that declares it. */
export interface Declared extends Binding { token: number }

const keywordKinds: Record<string, BindingKind> = {
  class: "class", interface: "interface", type: "type", enum: "enum", function: "function", namespace: "namespace", module: "namespace",
};

/** Top-level names in order of appearance, once for each appearance. */
export function findDeclarations(read: Tokens): Declared[] {
  const { tokens } = read;
  const blocks = typeBlocks(tokens);
  const found: Declared[] = [];
  let variables: BindingKind = "const";
  let loopVar = -1;
  for (let i = 0; i < tokens.length; i++) {
    const block = blocks.find(({ open }) => open === i);
    if (block) {
      i = block.close;
      continue;
    }
    const token = tokens[i]!;
    const keyword = variableKeyword(tokens, i);
    if (keyword) {
      variables = keyword;
      loopVar = keyword === "var" && tokens[i - 1]?.text === "(" ? token.depth : -1;
    }
    if (loopVar >= 0 && /^(of|in|;)$/.test(token.text)) loopVar = -1;
    if (!declares(token)) continue;
    const kind = kindOf(tokens, i) ?? variables;
    // In the head of `for (var ...)` the parser speaks of a block, the language does not.
    const inHead = loopVar === token.depth && token.role === Role.BlockScoped;
    const inBlock = token.role === Role.FunctionScoped || token.role === Role.ShorthandFunctionScoped;
    if (isTopLevel(token, kind === "var" && (inHead || inBlock), read.scopes, i)) {
      found.push({ name: token.text, kind, typeOnly: isTypeOnly(tokens, i, kind), token: i });
    }
  }
  return found;
}

/** One entry a name and kind; a value wins over a type-only appearance (overloads, merged declarations). */
export function distinct(declared: Declared[]): Binding[] {
  const bindings = new Map<string, Binding>();
  for (const { name, kind, typeOnly } of declared) {
    const key = `${kind} ${name}`;
    const known = bindings.get(key);
    if (known) known.typeOnly &&= typeOnly;
    else bindings.set(key, { name, kind, typeOnly });
  }
  return [...bindings.values()];
}

function variableKeyword(tokens: Token[], i: number): "const" | "let" | "var" | "using" | undefined {
  const { text, kind } = tokens[i]!;
  if (text === "const" || text === "let" || text === "var") return kind === "other" ? text : undefined;
  const next = tokens[i + 1];
  return isUsing(tokens, i) && next ? "using" : undefined;
}

/** Is this word the `using` of a declaration, not a variable of that name? */
export function isUsing(tokens: Token[], i: number): boolean {
  const next = tokens[i + 1];
  return tokens[i]!.text === "using" && tokens[i]!.kind === "name" && next !== undefined && !next.afterNewline && declares(next);
}

function kindOf(tokens: Token[], i: number): BindingKind | undefined {
  if (tokens[i]!.role === Role.Import) return "import";
  let before = i - 1;
  if (tokens[before]?.text === "*") before--;
  const word = tokens[before];
  if (!word || word.kind === "string" || word.kind === "text") return undefined;
  return Object.hasOwn(keywordKinds, word.text) ? keywordKinds[word.text] : undefined;
}

function isTopLevel(token: Token, isVar: boolean, scopes: Tokens["scopes"], i: number): boolean {
  const { role } = token;
  if (role === Role.TopLevel || role === Role.ShorthandTopLevel || role === Role.Import) return true;
  if (!isVar) return false;
  // `var` in a block of the top level: no function lies between. Parameters of type signatures are no variables.
  return !token.isType && token.depth > 0 && !scopes.some(({ start, end, isFunction, isFile }) => isFunction && !isFile && start <= i && i < end);
}

function isTypeOnly(tokens: Token[], i: number, kind: BindingKind): boolean {
  if (kind === "interface" || kind === "type") return true;
  if (kind === "namespace") return isDeclared(tokens, i);
  if (kind !== "import") return tokens[i]!.isType;
  if (tokens[i]!.isType || (tokens[i - 1]?.text === "type" && tokens[i - 2]?.text === "import")) return true;
  let start = i;
  while (start > 0 && tokens[start]!.text !== "import") start--;
  return tokens[start + 1]?.text === "type" && !/^(from|,|=)$/.test(tokens[start + 2]?.text ?? "");
}

function isDeclared(tokens: Token[], i: number): boolean {
  return tokens[i - 2]?.text === "declare";
}
