import { graded, studentNotebook, type Language, type Lesson, type Notebook, type NotebookCell } from "../format/index.js";
import { bare } from "../checks/started.js";
import type { Repair } from "./report.js";

/** One step of a grading run. */
export type Step =
  | { kind: "given"; id: string; source: string }
  | { kind: "task"; id: string; source: string }
  | { kind: "extra"; id: string; source: string }
  | { kind: "check"; id: string };

export interface Rebuilt {
  steps: Step[];
  repairs: Repair[];
}

/**
 * The notebook that is run: order, given cells and checks from the lesson's source; from the submission only the text of task and answer
 * cells, found by id, and the learner's own extra cells, each after the lesson's cell that it followed.
 */
export function rebuild(lesson: Lesson, language: Language, submission: Notebook): Rebuilt {
  const source = studentNotebook(lesson, language).cells.filter((cell) => cell.cell_type === "code");
  const { own, extras, repairs } = sortCells(source, submission);
  const steps: Step[] = extraSteps(extras.get(""));
  for (const cell of source) {
    const { role, id } = cell.metadata.lyceum!;
    const theirs = own.get(cell.id);
    if (!theirs) repairs.push({ kind: "deleted", cell: cell.id, text: deleted(role) });
    else if (role !== "task" && role !== "answer" && bare(theirs.source) !== bare(cell.source)) {
      repairs.push({ kind: "edited", cell: cell.id, text: role === "check" ? "an edited check was restored" : "an edited given cell was restored" });
    }
    if (role === "check") steps.push({ kind: "check", id: id! });
    else if (role === "task" || role === "answer") steps.push({ kind: "task", id: id!, source: theirs?.source ?? cell.source });
    else steps.push({ kind: "given", id: cell.id, source: cell.source });
    steps.push(...extraSteps(extras.get(cell.id)));
  }
  return { steps, repairs };
}

interface Sorted {
  /** The submission's first cell for each of the lesson's ids. */
  own: Map<string, NotebookCell>;
  /** Cells of the learner's, by the id of the lesson's cell before them; "" for those at the top. */
  extras: Map<string, NotebookCell[]>;
  repairs: Repair[];
}

function sortCells(source: readonly NotebookCell[], submission: Notebook): Sorted {
  const known = new Map(source.map((cell, index) => [cell.id, index]));
  const own = new Map<string, NotebookCell>();
  const extras = new Map<string, NotebookCell[]>();
  const repairs: Repair[] = [];
  let last = "";
  let furthest = -1;
  for (const cell of submission.cells) {
    if (cell.cell_type === "markdown" || cell.cell_type === "raw") continue;
    const id = lessonId(cell, known);
    if (id === undefined) {
      extras.set(last, [...(extras.get(last) ?? []), cell]);
      continue;
    }
    if (own.has(id)) {
      repairs.push({ kind: "duplicate", cell: id, text: "copied cell: the first one counts" });
      continue;
    }
    own.set(id, cell);
    if (known.get(id)! < furthest) repairs.push({ kind: "moved", cell: id, text: "run in its place in the lesson" });
    furthest = Math.max(furthest, known.get(id)!);
    last = id;
  }
  return { own, extras, repairs };
}

/** Which of the lesson's cells a submitted cell is: by its id, or by our or nbgrader's metadata where a front end renamed it. */
function lessonId(cell: NotebookCell, known: ReadonlyMap<string, number>): string | undefined {
  const mark = cell.metadata.lyceum;
  const marked = mark?.id === undefined ? undefined : mark.role === "check" ? `check_${mark.id}` : mark.id;
  return [cell.id, marked, cell.metadata.nbgrader?.grade_id].find((id): id is string => typeof id === "string" && known.has(id));
}

function deleted(role: string): string {
  if (role === "task" || role === "answer") return "a deleted task was graded as not started";
  return role === "check" ? "a deleted check was put back" : "a deleted given cell was put back";
}

const extraSteps = (cells: readonly NotebookCell[] = []): Step[] => cells.map(({ id, source }) => ({ kind: "extra", id, source }));

/** Ids of what earns points, for reports on submissions that could not be run. */
export const taskIds = (lesson: Lesson): { id: string; points: number }[] => graded(lesson).map(({ id, points }) => ({ id, points }));
