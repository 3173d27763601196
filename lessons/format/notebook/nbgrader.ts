import { md5 } from "js-md5";
import type { NbgraderMark, NotebookCell } from "./notebook.js";

/** The roles of a cell in nbgrader's words. */
export interface NbgraderRole {
  id: string;
  grade?: boolean;
  solution?: boolean;
  locked?: boolean;
  points?: number;
}

/** nbgrader's metadata for a cell, checksum included: its tools can then read our notebooks. */
export function nbgraderMark({ id, grade = false, solution = false, locked = false, points }: NbgraderRole, cell: Pick<NotebookCell, "source" | "cell_type">): NbgraderMark {
  const mark = { grade, solution, locked, task: false, grade_id: id, ...(grade ? { points: points ?? 0 } : {}), schema_version: 3 as const, cell_type: cell.cell_type };
  return { ...mark, checksum: checksum(mark, cell.source) };
}

/**
 * nbgrader's checksum: md5 over source, cell type, flags in Python's spelling, id, and for graded cells the points as Python prints a float.
 * A grade cell counts as locked unless it is a solution too.
 */
export function checksum(mark: Omit<NbgraderMark, "checksum">, source: string): string {
  const locked = mark.solution ? false : mark.grade || mark.locked;
  const flags = [mark.grade, mark.solution, locked].map((flag) => (flag ? "True" : "False")).join("");
  return md5(`${source}${mark.cell_type}${flags}${mark.grade_id}${mark.grade ? pythonFloat(mark.points ?? 0) : ""}`);
}

const pythonFloat = (value: number): string => (Number.isInteger(value) ? `${value}.0` : `${value}`);
