import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { lessonFromNotebooks, notebookText, NotebookError, parseNotebook, solutionNotebook, studentNotebook } from "../../../lessons/format/index.js";
import { readLesson } from "../../../lessons/format/node/folders.js";
import { projectRoot } from "../../support/root.js";

const lesson = await readLesson(join(projectRoot, "test/fixtures/lessons/01-slope"));
const student = studentNotebook(lesson, "en");
const cell = (id: string) => student.cells.find((cell) => cell.id === id)!;

test("a student's notebook shows no solution and no answer of a quiz", () => {
  for (const language of ["en", "zh"] as const) {
    const text = notebookText(studentNotebook(lesson, language));
    assert.doesNotMatch(text, /SOLUTION|squares|One step size now suits both columns\. *Yes|> Yes|\[x\]|对：/);
    assert.doesNotMatch(text, /It keeps a running slope/);
  }
});

test("each task and quiz is followed by a check cell that cannot be edited or deleted", () => {
  for (const [id, points] of [["mse", 2], ["step", 2], ["fit", 3], ["scale", 1], ["tools", 1]] as const) {
    const at = student.cells.findIndex((cell) => cell.id === id);
    const check = student.cells[at + 1]!;
    assert.equal(check.source, `check("slope.${id}")`);
    assert.equal(check.metadata.editable, false);
    assert.equal(check.metadata.deletable, false);
    assert.equal(check.metadata.nbgrader!.points, points);
  }
});

test("a quiz answer is typed, so that a letter outside the choices is a type error", () => {
  assert.match(cell("scale").source, /^const scaleAnswer: "" \| "a" \| "b" = "";$/m);
  assert.match(cell("tools").source, /^const toolsAnswer: \("a" \| "b" \| "c"\)\[\] = \[\];$/m);
});

test("nbgrader's checksum equals the one nbgrader computes", () => {
  // From nbgrader 0.9.5's compute_checksum on the same source, flags, id and points.
  assert.equal(cell("check_mse").metadata.nbgrader!.checksum, "75c944fd5b597cc99541093161f3ecb5");
  assert.equal(cell("mse").metadata.nbgrader!.checksum, "1ff2bfd787076c672c1398da469f15ee");
});

test("a notebook survives being written and read", () => {
  assert.deepEqual(parseNotebook(notebookText(student)), student);
});

test("the teacher's two notebooks lead back to the same lesson", () => {
  const round = lessonFromNotebooks(parseNotebook(notebookText(solutionNotebook(lesson, "en"))), parseNotebook(notebookText(solutionNotebook(lesson, "zh"))));
  assert.deepEqual(round, lesson);
});

test("a change made in the teacher's notebook arrives in the lesson", () => {
  const edited = solutionNotebook(lesson, "en");
  edited.cells.find((cell) => cell.id === "houses")!.source += "\n// done";
  edited.cells.find((cell) => cell.id === "text_1")!.source = "Ann sells three flats.";
  const zh = solutionNotebook(lesson, "zh");
  zh.cells.find((cell) => cell.id === "houses")!.source += "\n// 完成";
  const round = lessonFromNotebooks(edited, zh);
  assert.deepEqual(round.blocks[1], { kind: "prose", text: { en: "Ann sells three flats.", zh: (lesson.blocks[1] as { text: { zh: string } }).text.zh } });
  const houses = round.blocks.find((block) => block.kind === "code" && block.id === "houses") as { comments: Record<string, string> };
  assert.equal(houses.comments["done"], "完成");
});

test("what is no notebook is refused by name", () => {
  for (const [text, complaint] of [["", /not JSON/], ["[]", /not a notebook/], ['{"cells":[],"nbformat":3}', /format 4, got 3/], ['{"cells":[7],"nbformat":4}', /cell 1/]] as const) {
    assert.throws(() => parseNotebook(text), (error: Error) => error instanceof NotebookError && complaint.test(error.message));
  }
});
