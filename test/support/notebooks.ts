import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileCell } from "../../kernel/cell/index.js";
import { parseNotebook, type Notebook } from "../../lessons/format/index.js";
import { projectRoot } from "./root.js";

const folder = join(projectRoot, "test/fixtures/notebooks");

/** A code cell of a fixture notebook. */
export interface FixtureCell {
  id: string;
  source: string;
  /** JavaScript, as the kernel runs it: one script after another. */
  script: string;
  hasResult: boolean;
}

/** The notebooks in which every public function of the helpers is used once. */
export const notebookNames = readdirSync(folder).filter((name) => name.endsWith(".ipynb")).sort();

export function readFixture(name: string): Notebook {
  return parseNotebook(readFileSync(join(folder, name), "utf8"));
}

export function codeCells(notebook: Notebook): FixtureCell[] {
  return notebook.cells.filter((cell) => cell.cell_type === "code").map(({ id, source }) => {
    const { scripts, hasResult } = compileCell(source);
    return { id, source, script: scripts.map(({ code }) => code).join("\n"), hasResult };
  });
}
