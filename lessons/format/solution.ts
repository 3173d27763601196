import { translate } from "./words.js";
import { fail, type Place } from "./error.js";
import type { CodeCell, Language, Task } from "./lesson.js";

const begin = /^(\s*)\/\/ BEGIN SOLUTION\s*$/;
const end = /^\s*\/\/ END SOLUTION\s*$/;
const stub = /^\s*\/\/ STUB ?(.*)$/;

/** What the student gets: each solution region replaced by its STUB lines, or by a line that type-checks and throws. */
export function stubOf(task: Task, language: Language): string {
  return inLanguage(cut(task.source).stub, task, language);
}

/** What the teacher has: the code without markers and STUB lines. */
export function solutionOf(task: Task, language: Language): string {
  return inLanguage(cut(task.source).solution, task, language);
}

/** The code of a given cell. */
export function codeOf(cell: CodeCell, language: Language): string {
  return inLanguage(cell.source, cell, language);
}

function inLanguage(code: string, cell: CodeCell | Task, language: Language): string {
  return language === "zh" ? translate(code, cell) : code;
}

/** Say what is wrong with a task's markers. */
export function checkRegions(place: Place, id: string, source: string): void {
  let open = false;
  let regions = 0;
  source.split("\n").forEach((line, index) => {
    const here = { ...place, line: place.line + 1 + index };
    if (begin.test(line)) {
      if (open) fail(here, `BEGIN SOLUTION inside a solution, in task ${id}`);
      open = true;
      regions++;
    } else if (end.test(line)) {
      if (!open) fail(here, `END SOLUTION without BEGIN SOLUTION, in task ${id}`);
      open = false;
    } else if (stub.test(line) && !open) fail(here, `a STUB line outside BEGIN and END SOLUTION, in task ${id}`);
  });
  if (open) fail(place, `BEGIN SOLUTION without END SOLUTION, in task ${id}`);
  if (regions === 0) fail(place, `task ${id} marks no solution: expected // BEGIN SOLUTION and // END SOLUTION`);
}

function cut(source: string): { stub: string; solution: string } {
  const student: string[] = [];
  const teacher: string[] = [];
  let region: { indent: string; lines: string[] } | undefined;
  for (const line of source.split("\n")) {
    const opens = begin.exec(line);
    const given = stub.exec(line);
    if (opens) region = { indent: opens[1]!, lines: [] };
    else if (region && end.test(line)) {
      const lines = region.lines.length ? region.lines : ['throw new Error("TODO");'];
      for (const text of lines) student.push(text ? region.indent + text : "");
      region = undefined;
    } else if (region && given) region.lines.push(given[1]!);
    else {
      teacher.push(line);
      if (!region) student.push(line);
    }
  }
  return { stub: student.join("\n"), solution: teacher.join("\n") };
}
