import { SyntaxKind, NodeFlags } from "typescript/unstable/ast";
import { SignatureKind, SymbolFlags, type Checker, type Project, type Symbol, type Type } from "typescript/unstable/sync";
import type { RawHover } from "../compiler.js";

/** What an editor shows for the name at a position: one signature, the documentation below. */
export function hoverAt(project: Project, path: string, position: number): RawHover | undefined {
  const { checker } = project;
  const symbol = checker.getSymbolAtPosition(path, position);
  if (!symbol || checker.isUnknownSymbol(symbol)) return undefined;
  const target = symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  if (checker.isUnknownSymbol(target)) return undefined;
  return { start: position, end: position, signature: signatureOf(checker, target, symbol.name), documentation: documentationOf(checker, target) || (target === symbol ? "" : documentationOf(checker, symbol)) };
}

function signatureOf(checker: Checker, symbol: Symbol, shown: string): string {
  const { flags, name } = symbol;
  const has = (wanted: number): boolean => (flags & wanted) !== 0;
  if (has(SymbolFlags.EnumMember)) return `(enum member) ${typeText(checker, checker.getTypeOfSymbol(symbol))}`;
  if (has(SymbolFlags.Class)) return `class ${declaredText(checker, symbol)}`;
  if (has(SymbolFlags.Interface) && !has(SymbolFlags.Value)) return `interface ${declaredText(checker, symbol)}`;
  if (has(SymbolFlags.TypeAlias) && !has(SymbolFlags.Value)) return `type ${name} = ${aliasText(checker, symbol)}`;
  if (has(SymbolFlags.Enum)) return `enum ${name}`;
  if (has(SymbolFlags.TypeParameter)) return `(type parameter) ${name}`;
  const type = checker.getTypeOfSymbol(symbol);
  if (has(SymbolFlags.Namespace) && !has(SymbolFlags.Function)) return `namespace ${name.startsWith('"') ? shown : name}`;
  if (has(SymbolFlags.Function)) return `function ${name}${callText(checker, type)}`;
  if (has(SymbolFlags.Method)) return `(method) ${owner(symbol)}${name}${callText(checker, type)}`;
  if (has(SymbolFlags.Property | SymbolFlags.Accessor)) return `(property) ${owner(symbol)}${name}: ${typeText(checker, type)}`;
  return `${variableWord(symbol)} ${name}: ${typeText(checker, type)}`;
}

/** `const`, `let`, `var` or `(parameter)`. A block variable of a library is taken for a constant: its file is too large to fetch for a word. */
function variableWord(symbol: Symbol): string {
  const declaration = symbol.valueDeclaration;
  if (declaration?.kind === SyntaxKind.Parameter) return "(parameter)";
  if (symbol.flags & SymbolFlags.FunctionScopedVariable) return "var";
  if (!declaration?.path.includes("/.lyceum-")) return "const";
  const flags = declaration.resolve()?.parent?.flags ?? 0;
  return flags & NodeFlags.Const ? "const" : "let";
}

const typeText = (checker: Checker, type: Type | undefined): string => (type ? checker.typeToString(type) : "unknown");
const declaredText = (checker: Checker, symbol: Symbol): string => checker.typeToString(checker.getDeclaredTypeOfSymbol(symbol));

/** NodeBuilderFlags.InTypeAlias: print what the alias stands for, not its name. */
const inTypeAlias = 1 << 23;
const aliasText = (checker: Checker, symbol: Symbol): string => checker.typeToString(checker.getDeclaredTypeOfSymbol(symbol), undefined, inTypeAlias);

const owner = (symbol: Symbol): string => {
  const parent = symbol.getParent();
  return parent && !/^["_]/.test(parent.name) ? `${parent.name}.` : "";
};

/** `(a: number) => string` as it stands after a function's name; overloads are counted. */
function callText(checker: Checker, type: Type | undefined): string {
  if (!type) return "()";
  const count = checker.getSignaturesOfType(type, SignatureKind.Call).length;
  const text = checker.typeToString(type);
  if (count > 1) {
    const first = /^\{ (.*?); [(<]/s.exec(text);
    return `${first ? first[1] : `: ${text}`} (+${count - 1} overload${count > 2 ? "s" : ""})`;
  }
  const arrow = topLevelArrow(text);
  return arrow < 0 ? `: ${text}` : `${text.slice(0, arrow).trimEnd()}: ${text.slice(arrow + 2).trimStart()}`;
}

function topLevelArrow(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length - 1; i++) {
    if (text[i] === "=" && text[i + 1] === ">") {
      if (depth === 0) return i;
      i++;
    } else if ("([{<".includes(text[i]!)) depth++;
    else if (")]}>".includes(text[i]!)) depth--;
  }
  return -1;
}

function documentationOf(checker: Checker, symbol: Symbol): string {
  const parts = [checker.getDocumentationCommentOfSymbol(symbol)];
  for (const { name, text } of checker.getJsDocTagsOfSymbol(symbol)) {
    if (/^(param|returns?|example|throws|deprecated|see|default)$/.test(name)) parts.push(`*@${name}* ${text ?? ""}`.trimEnd());
  }
  return parts.filter(Boolean).join("\n\n");
}
