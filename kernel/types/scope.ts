import type { BindingKind, CellFacts } from "../cell/contract.js";

/** Which slot defines a kept name, and how. */
export interface Definition {
  slot: string;
  kinds: BindingKind[];
}

/** Names of earlier cells, as later cells see them: the last definition of a name counts. */
export type Scope = Map<string, Definition>;

/** The local name of a slot's module inside another slot. Unlikely in a learner's code; hidden from every list. */
export const alias = (slot: string): string => `__${slot.replace(".", "_")}`;
export const isAlias = (name: string): boolean => /^__(cell|probe)\d*_tsx?$/.test(name);
export const fileOf = (slot: string): string => `.lyceum-${slot}`;

/** The same list of modules in every slot from the start: a change of text alone leaves the program as it is (10 times faster). */
export const importsOf = (slots: readonly string[]): string =>
  slots.map((slot) => `import * as ${alias(slot)} from "./${fileOf(slot)}";`).join("");

/**
 * One line's worth of declarations for the names taken from earlier cells.
 * `let` and `var` stay assignable; everything else is an alias, which carries all meanings of the name (value, type, namespace),
 * overloads, type parameters and the widening of a constant's literal type.
 */
export function declarationsOf(scope: Scope, names: Iterable<string>): string {
  let text = "";
  for (const name of names) {
    const found = scope.get(name);
    if (!found) continue;
    text += isAssignable(found.kinds)
      ? `declare let ${name}: typeof ${alias(found.slot)}.${name};`
      : `import ${name} = ${alias(found.slot)}.${name};`;
  }
  return text;
}

export const isAssignable = (kinds: readonly BindingKind[]): boolean => kinds.every((kind) => kind === "let" || kind === "var");

/** Makes the cell's own names visible to later slots. Stands before the cell: behind it, it would change what an unfinished end means. */
export function exportsOf(facts: CellFacts): string {
  const names = [...new Set(facts.declares.map((binding) => binding.name))];
  return `export { ${names.join(", ")} };`;
}

export function define(scope: Scope, slot: string, facts: CellFacts): void {
  const fresh = new Map<string, Definition>();
  for (const { name, kind } of facts.declares) {
    const found = fresh.get(name) ?? { slot, kinds: [] };
    found.kinds.push(kind);
    fresh.set(name, found);
  }
  for (const [name, definition] of fresh) scope.set(name, definition);
}
