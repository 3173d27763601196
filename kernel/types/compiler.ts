/** The seam between the notebook's type service and a compiler. Both compilers answer in these words; plain data, so it crosses threads. */
import type { CompilerHost } from "./host.js";

/** File names are relative to the notebook's folder; null removes the file. */
export type Changes = Record<string, string | null>;

export interface RawDiagnostic {
  start: number;
  end: number;
  code: number;
  /** Flattened: one line a link of the chain, indented by two spaces a level. */
  message: string;
  syntactic: boolean;
}

export interface RawCompletion {
  name: string;
  /** Jupyter's kind: function, method, property, ... */
  kind: string;
  /** Compilers' own order: lower comes first. */
  sort: string;
  insert?: string;
}

export interface RawHover {
  start: number;
  end: number;
  signature: string;
  documentation: string;
}

export interface Compiler {
  /** Takes new texts; the next answer is about them. */
  update(changes: Changes): void;
  diagnostics(file: string): RawDiagnostic[];
  /** Undefined: the compiler cannot say here; the caller offers the names it knows. */
  completions(file: string, position: number): RawCompletion[] | undefined;
  hover(file: string, position: number): RawHover | undefined;
  close(): void;
}

export type Query =
  | { kind: "check"; file: string }
  | { kind: "complete"; file: string; position: number; prefix: string }
  | { kind: "hover"; file: string; position: number };

export interface Answer {
  diagnostics?: RawDiagnostic[];
  completions?: RawCompletion[];
  hover?: RawHover;
}

/** What the program consists of, beside the texts. */
export interface Layout {
  /** All slots, probes included. */
  slots: readonly string[];
  /** With TensorFlow's declarations and the helpers'. */
  heavy: boolean;
}

export interface Request {
  layout: Layout;
  changes: Changes;
  query: Query;
}

/** How the service reaches its compiler: across a thread in the kernel, directly in a page's worker. */
export interface CompilerClient {
  readonly ready: Promise<void>;
  ask(request: Request): Promise<Answer>;
  close(): Promise<void>;
}

/** Applies the changes, then answers. Lists are cut to the prefix here, before they cross a thread. */
export function answer(host: CompilerHost, compiler: Compiler, { layout, changes, query }: Request): Answer {
  compiler.update({ ...host.layOut(layout), ...changes });
  if (query.kind === "check") return { diagnostics: compiler.diagnostics(query.file) };
  if (query.kind === "hover") return { hover: compiler.hover(query.file, query.position) };
  const prefix = query.prefix.toLowerCase();
  const found = compiler.completions(query.file, query.position);
  return { completions: found?.filter((item) => item.name.toLowerCase().replace(/^["']/, "").startsWith(prefix)) };
}

/** A client in the same thread: for a page's own worker, and for programs that may wait. */
export function inProcess(host: CompilerHost, compiler: Compiler): CompilerClient {
  return { ready: Promise.resolve(), ask: async (request) => answer(host, compiler, request), close: async () => compiler.close() };
}
