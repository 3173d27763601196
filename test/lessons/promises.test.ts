import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { test } from "node:test";
import { loadLesson } from "../../lessons/checks/node/load.js";
import { graded } from "../../lessons/format/index.js";
import { lessonFolders } from "../../lessons/format/node/folders.js";
import { projectRoot } from "../support/root.js";
import { untranslated, untranslatedComments } from "./language.js";
import { limits } from "./limits.js";
import { walkSolutions, walkStubs, withSession } from "./walk.js";

const fixture = join(projectRoot, "test/fixtures/lessons/01-slope");
// LYCEUM_LESSON=03 while one lesson is being written.
const folders = [fixture, ...(await lessonFolders())].filter((folder) => basename(folder).startsWith(process.env.LYCEUM_LESSON ?? ""));

for (const folder of folders) {
  const name = basename(folder);

  test(`lesson ${name} is well formed, and its checks belong to its tasks`, async () => {
    const { lesson } = await loadLesson(folder);
    assert.equal(name.slice(3), lesson.id, "the folder is NN-id");
    const objectives = lesson.objectives.flatMap((objective) => objective.tasks);
    assert.deepEqual(graded(lesson).map((task) => task.id).filter((id) => !objectives.includes(id)), [], "every task serves an objective");
    const sections = lesson.blocks.flatMap((block) => (block.kind === "section" ? [block.id] : []));
    for (const id of ["wrong", "people"]) assert.ok(sections.includes(id), `it has a section {#${id}}`);
  });

  test(`lesson ${name} says everything in both languages`, async () => {
    const checked = await loadLesson(folder);
    assert.deepEqual(untranslated(checked), []);
    assert.deepEqual(untranslatedComments(checked.lesson), []);
  });

  test(`lesson ${name} keeps paragraphs and cells short (warnings)`, async (t) => {
    const { lesson } = await loadLesson(folder);
    for (const warning of limits(lesson)) t.diagnostic(`${name}: ${warning}`);
  });

  test(`a learner who has not begun lesson ${name} sees no type error and no failed check`, { timeout: 300_000 }, async () => {
    const checked = await loadLesson(folder);
    await withSession("tensorflow", (session) => walkStubs(checked, session));
  });

  test(`the solution of lesson ${name} runs top to bottom on TensorFlow, passes every check, and each known mistake is caught`, { timeout: 480_000 }, async (t) => {
    const checked = await loadLesson(folder);
    const walked = await withSession("tensorflow", (session) => walkSolutions(checked, session, true));
    const seconds = walked.reduce((sum, cell) => sum + cell.seconds, 0);
    t.diagnostic(`${name}: ${walked.length} cells in ${seconds.toFixed(1)} s`);
    // One minute on two free cores (curriculum); the machine that tests may be busy.
    assert.ok(seconds < 180, `its cells take ${seconds.toFixed(0)} s`);
  });
}
