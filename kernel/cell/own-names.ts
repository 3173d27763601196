import type { CellFacts } from "./contract.js";
import { hostNames } from "./host-names.js";

/*
 * A top-level `let process` of a cell lies in the scope of every module in the process: TensorFlow, the runner and npm packages would
 * see the cell's `process`. So a cell's own binding of a host name gets another name, in the cell that declares it and in later ones.
 */

/** The name under which a cell's binding lives at run time. Differs only for names of the host: `process` -> `__lyceum_own_process`. */
export function runtimeName(name: string): string {
  return hostNames.has(name) ? `__lyceum_own_${name}` : name;
}

/**
 * Names of the host that cells have declared for themselves, after a cell with these facts has run. Hand them to the next `compileCell`.
 *
 * @example shadowedAfter(new Set(), analyzeCell("function process(text: string) {}")) // Set { "process" }
 */
export function shadowedAfter(shadowed: ReadonlySet<string>, facts: CellFacts): Set<string> {
  return new Set([...shadowed, ...declaredHostNames(facts)]);
}

/** The renames that a cell needs. */
export function ownNames(shadowed: ReadonlySet<string>, facts: CellFacts): Map<string, string> {
  return new Map([...shadowed, ...declaredHostNames(facts)].map((name) => [name, runtimeName(name)]));
}

function declaredHostNames(facts: CellFacts): string[] {
  return facts.declares.filter(({ name, typeOnly }) => !typeOnly && hostNames.has(name)).map(({ name }) => name);
}
