import type { ExportAllDeclaration, ExportNamedDeclaration, ImportDeclaration } from "acorn";

/** What a static import becomes: names taken from the module that the host loads. Names are passed on so that the host can report a missing one. */
export function importText(node: ImportDeclaration, rename: (name: string) => string): string {
  const whole = node.specifiers.find((part) => part.type === "ImportNamespaceSpecifier");
  const named = node.specifiers.flatMap((part) => {
    if (part.type === "ImportNamespaceSpecifier") return [];
    const imported = part.type === "ImportDefaultSpecifier" ? "default" : part.imported.type === "Identifier" ? part.imported.name : String(part.imported.value);
    return [{ imported, local: rename(part.local.name) }];
  });
  const names = [...new Set(named.map(({ imported }) => imported))];
  const load = `await ${loadText(node, names)}`;
  const pattern = `{${named.map(({ imported, local }) => (imported === local ? local : `${key(imported)}: ${local}`)).join(", ")}}`;
  if (!whole) return named.length ? `let ${pattern} = ${load};` : `${load};`;
  const name = rename(whole.local.name);
  return `let ${name} = ${load}${named.length ? `, ${pattern} = ${name}` : ""};`;
}

/** `export ... from "m"` runs the module and gives the cell nothing. */
export function reexportText(node: ExportAllDeclaration | ExportNamedDeclaration): string {
  return `await ${loadText(node, [])};`;
}

function loadText(node: ImportDeclaration | ExportAllDeclaration | ExportNamedDeclaration, names: string[]): string {
  const attributes = (node.attributes ?? []).map(({ key: at, value }) => `${at.type === "Identifier" ? at.name : at.raw}: ${value.raw}`);
  const options = attributes.length ? `{with: {${attributes.join(", ")}}}` : "undefined";
  const rest = names.length ? `, ${options}, ${JSON.stringify(names)}` : attributes.length ? `, ${options}` : "";
  return `__lyceum__.import(${node.source?.raw ?? '""'}${rest})`;
}

const key = (name: string) => (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name));
