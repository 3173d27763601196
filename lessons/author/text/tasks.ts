import type { CheckedLesson } from "../../checks/node/load.js";
import { graded } from "../../format/index.js";
import { error, type Finding } from "../finding.js";

const fault = error("tasks");

/** Sections, objectives, hints, wrong solutions: what a lesson must have before anybody reads it. */
export function reviewTasks({ lesson, checks }: CheckedLesson): Finding[] {
  const findings: Finding[] = [];
  const sections = lesson.blocks.flatMap((block) => (block.kind === "section" ? [block.id] : []));
  for (const id of ["wrong", "people"]) if (!sections.includes(id)) findings.push(fault(`it has no section {#${id}}`));
  for (const block of lesson.blocks) if (block.kind === "prose" && /(?:…|……)\s*(?:\n\n|$)/.test(`${block.text.en}\n\n${block.text.zh}`)) findings.push({ level: "error", kind: "unwritten", text: `a paragraph ends in …: "${block.text.en.slice(0, 40)}"` });
  const served = lesson.objectives.flatMap(({ tasks }) => tasks);
  const work = graded(lesson);
  for (const { id } of work) if (!served.includes(id)) findings.push(fault(`${id} serves no objective: name it in one, or leave it out`));
  const quizzes = work.filter(({ kind }) => kind === "quiz").length;
  const tasks = work.length - quizzes;
  if (tasks < 4 || tasks > 8) findings.push(fault(`it has ${tasks} tasks, expected 4 to 8`));
  if (quizzes < 3 || quizzes > 6) findings.push(fault(`it has ${quizzes} quiz questions, expected 3 to 6`));
  for (const { id, kind } of work) {
    if (kind === "quiz") continue;
    const { hints, wrong } = checks.get(id)!;
    if (hints.length !== 2) findings.push(fault(`check ${id} has ${hints.length} hints, expected 2`));
    if (wrong.length < 3) findings.push(fault(`check ${id} lists ${wrong.length} wrong solutions, expected 3 at least`));
  }
  return findings;
}
