import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { notebookText, solutionNotebook, studentNotebook, type Lesson, type Notebook, type NotebookCell } from "../../../lessons/format/index.js";
import { readLesson } from "../../../lessons/format/node/folders.js";
import { projectRoot } from "../../support/root.js";

/** The fixture lesson: mse 2, step 2, fit 3, scale 1, tools 1. */
export const lessons = join(projectRoot, "test/fixtures/lessons");
export const slope: Lesson = await readLesson(join(lessons, "01-slope"));

/** The notebook a student hands in: the student's copy, with these cells filled in. */
export function submission(sources: Record<string, string>): Notebook {
  const notebook = studentNotebook(slope, "en");
  for (const [id, source] of Object.entries(sources)) cell(notebook, id).source = source;
  return notebook;
}

/** Everything right, as the reference solution has it. */
export function honest(): Notebook {
  const solved = new Map(solutionNotebook(slope, "en").cells.map((cell) => [cell.id, cell.source]));
  return submission(Object.fromEntries(["mse", "step", "fit", "scale", "tools"].map((id) => [id, solved.get(id)!])));
}

export function cell(notebook: Notebook, id: string): NotebookCell {
  const found = notebook.cells.find((cell) => cell.id === id);
  if (!found) throw new Error(`no cell ${id}`);
  return found;
}

/** A code cell of the student's own. */
export const own = (id: string, source: string): NotebookCell => ({ cell_type: "code", id, metadata: {}, source, outputs: [], execution_count: null });

/** Put a cell after the one with this id. */
export function insertAfter(notebook: Notebook, id: string, added: NotebookCell): void {
  notebook.cells.splice(notebook.cells.findIndex((cell) => cell.id === id) + 1, 0, added);
}

export async function save(folder: string, name: string, notebook: Notebook): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, notebookText(notebook));
  return file;
}
