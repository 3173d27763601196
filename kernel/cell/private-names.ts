import type { Program } from "acorn";
import { namesOf } from "./bindings.js";
import type { CellFacts } from "./contract.js";
import { findVars } from "./scopes.js";

/**
 * New names for the helpers and temporaries that lowering put at the top level. They outlive the cell (a class uses them whenever it
 * is built), so another cell's must not replace them: the name carries a hash of the cell's text.
 */
export function privateNames(program: Program, facts: CellFacts, source: string): Map<string, string> {
  const own = new Set(facts.declares.map(({ name }) => name));
  const declared = program.body.flatMap((node) => (node.type === "VariableDeclaration" ? namesOf(node) : findVars(node).flatMap(namesOf)));
  const mark = hash(source);
  return new Map(declared.filter((name) => !own.has(name)).map((name) => [name, `__lyceum_${mark}${name}`]));
}

/** FNV-1a, 32 bits, in base 36. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(36);
}
