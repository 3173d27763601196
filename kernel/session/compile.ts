import { analyzeCell, CellSyntaxError, compileCell, constantsAfter, shadowedAfter, type CellFacts } from "../cell/index.js";
import { lower } from "../cell/node/lower.js";
import type { NamedScript } from "../runner/protocol.js";

/** Compiles the cells of one notebook; knows which names earlier cells made constant, and which names of the host they took for themselves. */
export interface Compiler {
  /** Scripts under names that start with `base`. Throws CellSyntaxError. */
  compile(source: string, base: string): NamedScript[];
  /** The cell ran. */
  keep(facts: CellFacts): void;
  clear(): void;
}

export function createCompiler(): Compiler {
  let constants: ReadonlySet<string> = new Set();
  let shadowed: ReadonlySet<string> = new Set();
  return {
    compile: (source, base) => compileCell(source, { lower, constants, shadowed }).scripts.map((script, i) => ({ ...script, name: `${base}/${i}.ts` })),
    keep(facts) {
      constants = constantsAfter(constants, facts);
      shadowed = shadowedAfter(shadowed, facts);
    },
    clear() {
      constants = new Set();
      shadowed = new Set();
    },
  };
}

/** What the cell says about itself; undefined where it cannot be read: compiling it then tells the place. */
export function factsOf(source: string): CellFacts | undefined {
  try {
    return analyzeCell(source);
  } catch (error) {
    if (error instanceof CellSyntaxError) return undefined;
    throw error;
  }
}
