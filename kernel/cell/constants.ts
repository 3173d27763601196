import type { CellFacts } from "./contract.js";

const constantKinds = new Set(["const", "using", "import"]);

/** Names the cell itself makes constant. */
export function ownConstants(facts: CellFacts): string[] {
  return facts.declares.filter(({ kind, typeOnly }) => !typeOnly && constantKinds.has(kind)).map(({ name }) => name);
}

/**
 * The constants that hold after a cell has run: what it declares replaces what earlier cells declared.
 *
 * @example constantsAfter(new Set(["a"]), analyzeCell("let a; const b = 1")) // Set { "b" }
 */
export function constantsAfter(constants: ReadonlySet<string>, facts: CellFacts): Set<string> {
  const after = new Set(constants);
  for (const { name, typeOnly } of facts.declares) if (!typeOnly) after.delete(name);
  for (const name of ownConstants(facts)) after.add(name);
  return after;
}

/**
 * An assignment target that reads as the constant and throws when assigned. It stands wherever the name can stand (`=`, `??=`, `++`,
 * patterns, `for ... of`), so evaluation order and what is caught stay as the language has it; it starts with `new`, which no line
 * before can swallow.
 */
export function refusal(name: string, runtimeName = name): string {
  return `new class{get ${name}(){return ${runtimeName}}set ${name}(_){throw new TypeError("Assignment to constant variable '${name}'.")}}().${name}`;
}
