import type { BindingKind, CellFacts } from "../cell/contract.js";

/** Which slot defines a kept name, and how. */
export interface Definition {
  slot: string;
  kinds: BindingKind[];
}

/** Names of earlier cells, as later cells see them: the last definition of a name counts. */
export type Scope = Map<string, Definition>;

export const fileOf = (slot: string): string => `.lyceum-${slot}`;

/** The module that holds every slot's, as `cell1_ts`. */
export const hubFile = ".lyceum-cells.ts";
const holder = "__cells";
const inHub = (slot: string): string => slot.replace(".", "_");
export const hubText = (slots: readonly string[]): string => slots.map((slot) => `export * as ${inHub(slot)} from "./${fileOf(slot)}";`).join("\n");

/**
 * The same import in every slot, and all slots in the hub from the start: a change of text alone leaves the list of modules as it is,
 * and the compiler keeps its program (6 ms a cell instead of 58).
 */
export const imports = `import * as ${holder} from "./${hubFile}";`;
export const emptySlot = `${imports}\nexport {};`;

/** Our own names in the compiler's lists and words. */
export const isOurs = (name: string): boolean => /^(__cells|__lyceum|\.lyceum-.*)$/.test(name);
export const withoutOurs = (text: string): string => text.replace(/import\("[^"]*\/\.lyceum-[^"]*"\)\.(?:cell\d+_tsx?\.)?|__cells\.cell\d+_tsx?\./g, "");

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
    const origin = `${holder}.${inHub(found.slot)}.${name}`;
    text += isAssignable(found.kinds) ? `declare let ${name}: typeof ${origin};` : `import ${name} = ${origin};`;
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
