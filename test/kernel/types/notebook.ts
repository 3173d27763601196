import { mkdtempSync, realpathSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { analyzeCell } from "../../../kernel/cell/index.js";
import { createTypeService, type Completion, type Diagnostic, type Hover, type TypeService, type TypeServiceOptions } from "../../../kernel/types/index.js";

/** A notebook in a folder of its own: run cells, ask at a `|`. */
export interface Notebook {
  directory: string;
  types: TypeService;
  /** Check only. */
  check(source: string): Promise<Diagnostic[]>;
  /** Check; keep when right. */
  run(source: string): Promise<Diagnostic[]>;
  complete(marked: string): Promise<Completion>;
  hover(marked: string): Promise<Hover | undefined>;
  write(name: string, text: string): void;
  close(): Promise<void>;
}

export function openNotebook(options: Partial<TypeServiceOptions> = {}): Notebook {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "lyceum-types-")));
  const types = createTypeService({ directory, ...options });
  const check = (source: string) => types.check({ source, facts: analyzeCell(source) });
  const at = (marked: string): [string, number] => [marked.replace("|", ""), marked.indexOf("|")];
  return {
    directory,
    types,
    check,
    async run(source) {
      const found = await check(source);
      if (found.length === 0) types.keep({ source, facts: analyzeCell(source) });
      return found;
    },
    complete: (marked) => types.complete(...at(marked)),
    hover: (marked) => types.hover(...at(marked)),
    write(name, text) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), text);
    },
    async close() {
      await types.dispose();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export const codes = (found: readonly Diagnostic[]): number[] => found.map(({ code }) => code);
/** The parts of the source that the diagnostics point at. */
export const marked = (source: string, found: readonly Diagnostic[]): string[] => found.map(({ start, end }) => source.slice(start, end));
export const texts = (completion: Completion): string[] => completion.items.map(({ text }) => text);
