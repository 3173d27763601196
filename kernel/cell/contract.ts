/** What a cell says about itself, and the text that runs. Pure data, shared by the kernel, the grader and the page. */

/** How a top-level name came to be. `import` covers every import form. */
export type BindingKind =
  | "const" | "let" | "var" | "using" | "function" | "class" | "enum" | "namespace" | "interface" | "type" | "import";

export interface Binding {
  name: string;
  kind: BindingKind;
  /** True where the name exists for the type checker only: interfaces, type aliases, `import type`, `declare`. */
  typeOnly: boolean;
}

/** What can be known of a cell without running it. */
export interface CellFacts {
  /** Top-level names in order of appearance, one entry a name and kind. */
  declares: Binding[];
  /** Free identifiers: names the cell reads or writes and does not declare at its top level; types included. */
  references: string[];
  /** Module specifiers of static imports, and of dynamic imports and `require` calls whose argument is a literal. */
  imports: string[];
  /** The cell asks not to be type-checked (`// @ts-nocheck` in its leading comments). */
  noCheck: boolean;
}

/** One script, to be evaluated in V8's REPL mode with `awaitPromise`. */
export interface CellScript {
  /** JavaScript. Line n of the script is line n of the cell, unless `map` is given. */
  code: string;
  /** Characters put before the cell's first line: subtract them from columns on line 1. */
  prefix: number;
  /** Source map (version 3, as JSON) from the script to the cell, where lowering moved lines. */
  map?: string;
}

export interface CompiledCell {
  facts: CellFacts;
  /** Run in order: the first holds what is hoisted (imports, functions), the last gives the result. May be empty. */
  scripts: CellScript[];
  /** The cell ends in an expression, whose value is handed to `__lyceum__.result`. */
  hasResult: boolean;
}

/** A cell that cannot be compiled. Positions count from 1 (line) and 0 (column, offset), in UTF-16 units of the cell's own text. */
export class CellSyntaxError extends SyntaxError {
  override name = "SyntaxError";
  constructor(message: string, readonly line: number, readonly column: number, readonly offset: number) {
    super(message);
  }
}

/** `is_complete_request`'s answer. `indent` is what the next line should start with. */
export interface Completeness {
  status: "complete" | "incomplete" | "invalid" | "unknown";
  indent?: string;
}
