import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { solutionNotebook, studentNotebook, type Notebook } from "../../../lessons/format/index.js";
import { findLesson, readLesson } from "../../../lessons/format/node/folders.js";
import { gradeNotebook } from "../../../lessons/grade/grade.js";
import { cell, save } from "./submissions.js";

// The real lesson, three submissions: what a teacher sees on the first day.
const lesson = await readLesson((await findLesson("regression"))!);
const folder = await mkdtemp(join(tmpdir(), "lyceum-grade-regression-"));
after(() => rm(folder, { recursive: true, force: true }));

async function marks(name: string, notebook: Notebook): Promise<{ points: number; of: number; tasks: Record<string, number>; repairs: string[] }> {
  const report = await gradeNotebook(await save(folder, `${name}.ipynb`, notebook));
  assert.equal(report.problem, undefined);
  return {
    points: report.points,
    of: report.of,
    tasks: Object.fromEntries(report.tasks.map(({ id, points }) => [id, points])),
    repairs: report.repairs.map(({ kind, cell: id }) => `${kind} ${id}`),
  };
}

/** Change one place of a cell; the place must be there. */
function edit(notebook: Notebook, id: string, find: string, replace: string): void {
  const target = cell(notebook, id);
  assert.ok(target.source.includes(find), `${id} holds ${find}`);
  target.source = target.source.replace(find, () => replace);
}

test("lesson 05: the honest submission has 22 of 22 points and no repairs", { timeout: 240_000 }, async () => {
  const { points, of, repairs } = await marks("honest", solutionNotebook(lesson, "en"));
  assert.deepEqual({ points, of, repairs }, { points: 22, of: 22, repairs: [] });
});

test("lesson 05: the half wrong submission loses exactly the points of its mistakes", { timeout: 240_000 }, async () => {
  const notebook = solutionNotebook(lesson, "zh");
  edit(notebook, "descend", "w -= rate", "w += rate");
  edit(notebook, "scale", "average(train)", "average([...train, ...test])");
  edit(notebook, "fit", ".mean().add(fine)", ".mean()");
  edit(notebook, "q-leak", '= "b"', '= "a"');
  const { points, tasks } = await marks("half", notebook);
  assert.deepEqual(tasks, { mse: 2, gradient: 3, descend: 0, scale: 0, "q-rate": 1, "q-slope": 1, fit: 2, "q-weight": 1, choose: 2, "q-leak": 0, repair: 3 });
  assert.equal(points, 15);
});

test("lesson 05: deleted and edited checks are put back, and printing a pass earns nothing", { timeout: 240_000 }, async () => {
  const notebook = studentNotebook(lesson, "en");
  cell(notebook, "mse").source = cell(solutionNotebook(lesson, "en"), "mse").source;
  cell(notebook, "gradient").source = "Array.prototype.map = () => [0];\nglobalThis.check = () => 'passed';\nfunction gradient() { return { w: 0, b: 0 }; }";
  cell(notebook, "check_gradient").source = 'console.log("Passed: 22 of 22 points")';
  notebook.cells = notebook.cells.filter(({ id }) => id !== "check_mse" && id !== "check_descend");
  const { points, tasks, repairs } = await marks("cheat", notebook);
  assert.equal(points, tasks.mse);
  assert.ok(tasks.mse === 2 || tasks.mse === 0, "a broken Array.prototype may cost the cheat its own work, never earn more");
  assert.deepEqual(repairs, ["deleted check_mse", "edited check_gradient", "deleted check_descend"]);
});
