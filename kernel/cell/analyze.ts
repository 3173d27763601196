import type { CellFacts } from "./contract.js";
import { distinct, findDeclarations } from "./declarations.js";
import { findImports } from "./imports.js";
import { findReferences } from "./references.js";
import { missing, repair } from "./repair.js";
import type { Tokens } from "./tokens.js";

/**
 * What a cell declares, uses and imports, types included, without running or checking it. Works on unfinished code.
 *
 * @example analyzeCell("const area = (r: Radius) => Math.PI * r ** 2").references // ["Radius", "Math"]
 */
export function analyzeCell(source: string): CellFacts {
  return factsOf(repair(source));
}

/** The facts of text that is already read. */
export function factsOf(read: Tokens): CellFacts {
  const declares = distinct(findDeclarations(read)).filter(({ name }) => name !== missing);
  const own = new Set(declares.map(({ name }) => name));
  const nested = (source: string) => analyzeCell(source).references;
  return {
    declares,
    references: findReferences(read, nested).filter((name) => name !== missing && !own.has(name)),
    imports: findImports(read.tokens),
    noCheck: /^(?:\s|\/\/.*|\/\*[^]*?\*\/)*?\/\/\/?\s*@ts-nocheck\b/.test(read.source),
  };
}
