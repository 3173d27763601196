import type { RawHover } from "../compiler.js";
import { symbolIs } from "./kinds.js";
import type { Server, ServerSymbol } from "./server.js";

/** A type's handle in the server. */
interface TypeHandle {
  id: number;
}

/** What an editor shows for the name at a position: one signature, the documentation below. */
export function hoverAt(server: Server, file: string, position: number): RawHover | undefined {
  const symbol = server.ask<ServerSymbol>("getSymbolAtPosition", { file, position });
  const { unknown } = server.ask<{ unknown: number }>("getWellKnownSymbols", {}) ?? {};
  if (!symbol || symbol.id === unknown) return undefined;
  const target = symbol.flags & symbolIs.alias ? server.ask<ServerSymbol>("getAliasedSymbol", { symbol: symbol.id }) : symbol;
  if (!target || target.id === unknown) return undefined;
  const documentation = documentationOf(server, target) || (target === symbol ? "" : documentationOf(server, symbol));
  return { start: position, end: position, signature: signatureOf(server, target, symbol.name), documentation };
}

/** The server says nothing of `let`: a block's variable is called `const` here, and set right where the source is known. */
function signatureOf(server: Server, symbol: ServerSymbol, shown: string): string {
  const { flags, name } = symbol;
  const is = (wanted: number): boolean => (flags & wanted) !== 0;
  const value = is(symbolIs.functionScopedVariable | symbolIs.blockScopedVariable | symbolIs.function);
  const declared = (more?: number): string => typeText(server, server.ask<TypeHandle>("getDeclaredTypeOfSymbol", { symbol: symbol.id }), more);
  if (is(symbolIs.class)) return `class ${declared()}`;
  if (is(symbolIs.interface) && !value) return `interface ${declared()}`;
  if (is(symbolIs.typeAlias) && !value) return `type ${name} = ${declared(inTypeAlias)}`;
  if (is(symbolIs.enum)) return `enum ${name}`;
  if (is(symbolIs.typeParameter)) return `(type parameter) ${name}`;
  if (is(symbolIs.valueModule | symbolIs.namespaceModule) && !value) return `namespace ${name.startsWith('"') ? shown : name}`;
  const type = server.ask<TypeHandle>("getTypeOfSymbol", { symbol: symbol.id });
  if (is(symbolIs.enumMember)) return `(enum member) ${typeText(server, type)}`;
  if (is(symbolIs.function)) return `function ${name}${callText(server, type)}`;
  if (is(symbolIs.method)) return `(method) ${owner(server, symbol)}${name}${callText(server, type)}`;
  if (is(symbolIs.property | symbolIs.accessor)) return `(property) ${owner(server, symbol)}${name}: ${typeText(server, type)}`;
  return `${variableWord(symbol)} ${name}: ${typeText(server, type)}`;
}

/** SyntaxKind.Parameter, the second part of a node's handle. */
const parameter = "170";

function variableWord({ flags, valueDeclaration }: ServerSymbol): string {
  if (valueDeclaration?.split(".")[1] === parameter) return "(parameter)";
  return flags & symbolIs.functionScopedVariable ? "var" : "const";
}

/** NodeBuilderFlags.InTypeAlias: print what the alias stands for, not its name. */
const inTypeAlias = 1 << 23;

function typeText(server: Server, type: TypeHandle | undefined, flags?: number): string {
  return (type && server.ask<string>("typeToString", { type: type.id, flags })) ?? "unknown";
}

function owner(server: Server, symbol: ServerSymbol): string {
  const parent = symbol.parent ? server.ask<ServerSymbol>("getParentOfSymbol", { objectId: symbol.id }) : undefined;
  return parent && !/^["_\uFFFD\xFE]/.test(parent.name) ? `${parent.name}.` : "";
}

/** `(a: number) => string` as it stands after a function's name; overloads are counted. */
function callText(server: Server, type: TypeHandle | undefined): string {
  if (!type) return "()";
  const count = server.ask<unknown[]>("getSignaturesOfType", { type: type.id, kind: 0 })?.length ?? 0;
  const text = typeText(server, type);
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

function documentationOf(server: Server, symbol: ServerSymbol): string {
  const parts = [server.ask<string>("getDocumentationComment", { symbol: symbol.id }) ?? ""];
  for (const { name, text } of server.ask<{ name: string; text?: string }[]>("getJsDocTags", { symbol: symbol.id }) ?? []) {
    if (/^(param|returns?|example|throws|deprecated|see|default)$/.test(name)) parts.push(`*@${name}* ${text ?? ""}`.trimEnd());
  }
  return parts.filter(Boolean).join("\n\n");
}
