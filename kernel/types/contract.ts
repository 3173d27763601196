import type { CellFacts } from "../cell/contract.js";

/** A problem the compiler found. Offsets are UTF-16 units of the cell's own text; `line` counts from 1, `column` from 0. */
export interface Diagnostic {
  start: number;
  end: number;
  line: number;
  column: number;
  /** TypeScript's number, such as 2322. */
  code: number;
  category: "error" | "warning" | "suggestion";
  /** The compiler's own words, flattened to lines. */
  message: string;
  /** What it means, for a learner, where we have better words than the compiler. */
  plain?: string;
  /** What to do next, where the compiler or we know: `did you mean "length"?`. */
  suggestion?: string;
}

export interface CompletionItem {
  text: string;
  /** Jupyter's `_jupyter_types_experimental` kind: function, method, property, class, interface, module, keyword, ... */
  kind: string;
  /** Signature or type, one line, where cheap. */
  signature?: string;
}

/** Replace [start, end) of the text by one of `items`. Offsets in UTF-16 units. */
export interface Completion {
  start: number;
  end: number;
  items: CompletionItem[];
}

export interface Hover {
  start: number;
  end: number;
  /** One TypeScript signature, as an editor shows it. */
  signature: string;
  /** Documentation, Markdown. May be empty. */
  documentation: string;
}

/** A cell handed to the type service: its text, and the facts that `analyzeCell` found in it. */
export interface TypedCell {
  source: string;
  facts: CellFacts;
}

/**
 * Types for a notebook: each cell is a module that sees what earlier kept cells define.
 * Two implementations behind it: TypeScript 7's native server (default) and TypeScript 6's LanguageService.
 */
export interface TypeService {
  /** Settles when the first answer can be given. Calls made earlier wait for it. */
  readonly ready: Promise<void>;
  /** Load the declarations of TensorFlow and the helpers (about 60 MB) before a cell first mentions them: when idle, with TensorFlow itself. */
  preload(): Promise<void>;
  /** Syntax and type errors of a cell, errors only, in order. `@ts-nocheck` leaves syntax errors. Nothing is remembered. */
  check(cell: TypedCell): Promise<Diagnostic[]>;
  /** The cell was run: later cells see its names. A name defined again replaces the earlier one for later cells. */
  keep(cell: TypedCell): void;
  /** Forget every kept cell (the kernel restarted its runner). */
  reset(): void;
  complete(source: string, offset: number): Promise<Completion>;
  hover(source: string, offset: number): Promise<Hover | undefined>;
  dispose(): Promise<void>;
}

export interface TypeServiceOptions {
  /** The notebook's folder: imports resolve from here upward, a `tsconfig.json` here or above is honoured. */
  directory: string;
  /** Which compiler; "auto" takes TypeScript 7 and falls back to 6 where its binary is missing or fails. Default "auto". */
  implementation?: "auto" | "native" | "classic";
  /** Language of `Diagnostic.plain` and `suggestion`. Default "en". */
  language?: "en" | "zh";
}
