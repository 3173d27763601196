import type { Expression, VariableDeclaration } from "acorn";
import type { Edits } from "./edits.js";
import { runtimeName } from "./own-names.js";
import { boundBy } from "./scopes.js";

/** Names of a declaration. */
export function namesOf(node: VariableDeclaration): string[] {
  return node.declarations.flatMap(({ id }) => boundBy(id)).map(({ node: { name } }) => name);
}

/** `const x = 1` -> `let   x = 1`: one kind for every binding, so that a later cell may declare it as anything. */
export function declareAsLet(node: VariableDeclaration, edits: Edits): void {
  edits.replace(node.start, node.start + node.kind.length, "let".padEnd(node.kind.length));
}

/** `var x = 1` -> `x = 1`, for names that are declared at the start of the script. In a `for` head no semicolon may follow. */
export function assignOnly(node: VariableDeclaration, edits: Edits, code: string, inHead: boolean): void {
  const pattern = node.declarations.some(({ id }) => id.type !== "Identifier");
  const first = node.declarations[0]!.start;
  // A statement that starts with `{` or `[` would be read otherwise; `void` cannot be swallowed by the line before.
  const wrap = pattern && !inHead;
  edits.replace(node.start, node.start + node.kind.length, wrap ? "void (" : " ".repeat(node.kind.length));
  if (inHead) return;
  const hasSemicolon = code[node.end - 1] === ";" && node.end - 1 >= first;
  const end = hasSemicolon ? node.end - 1 : node.end;
  edits.insert(end, (wrap ? ")" : "") + (hasSemicolon ? "" : ";"));
}

/** Gives the names of a declaration their other names. A function keeps the name that the cell gave it. */
export function renameBound(node: VariableDeclaration, rename: ReadonlyMap<string, string>, edits: Edits): void {
  for (const { id, init } of node.declarations) {
    for (const { node: { name, start, end }, shorthand } of boundBy(id)) {
      const renamed = rename.get(name);
      if (renamed) edits.replace(start, end, shorthand ? `${name}: ${renamed}` : renamed);
    }
    if (id.type !== "Identifier" || !init || rename.get(id.name) !== runtimeName(id.name) || !isNamedByPlace(init)) continue;
    edits.insert(init.start, `({${id.name}: `);
    edits.insert(init.end, `}).${id.name}`);
  }
}

function isNamedByPlace(node: Expression): boolean {
  return node.type === "ArrowFunctionExpression" || ((node.type === "FunctionExpression" || node.type === "ClassExpression") && !node.id);
}
