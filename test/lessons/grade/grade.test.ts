import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gradeNotebook } from "../../../lessons/grade/grade.js";
import type { GradeReport } from "../../../lessons/grade/report.js";
import type { Notebook } from "../../../lessons/format/index.js";
import { cell, honest, insertAfter, lessons, own, save, submission } from "./submissions.js";

const folder = await mkdtemp(join(tmpdir(), "lyceum-grade-test-"));
after(() => rm(folder, { recursive: true, force: true }));

const mse = "function mse(p: number[], a: number[]): number {\n  let sum = 0;\n  for (let i = 0; i < p.length; i++) sum += (p[i]! - a[i]!) ** 2;\n  return sum / p.length;\n}";
const step = "function step(w: number, rate: number): number {\n  return w - rate * ((2 * 14 * (w - 2)) / 3);\n}";

let count = 0;
async function grade(notebook: Notebook, limits = {}): Promise<GradeReport> {
  const file = await save(folder, `student-${++count}.ipynb`, notebook);
  const report = await gradeNotebook(file, { lessons, limits });
  assert.equal(report.problem, undefined);
  assert.equal(report.of, 9, "the maximum comes from the lesson");
  return report;
}
const marks = (report: GradeReport): Record<string, number> => Object.fromEntries(report.tasks.map(({ id, points }) => [id, points]));
const status = (report: GradeReport): Record<string, string> => Object.fromEntries(report.tasks.map((task) => [task.id, task.status]));

test("an honest submission has all its points, and nothing is repaired", async () => {
  const report = await grade(honest());
  assert.deepEqual(marks(report), { mse: 2, step: 2, fit: 3, scale: 1, tools: 1 });
  assert.deepEqual([report.status, report.points, report.student], ["graded", 9, "student-1"]);
  assert.deepEqual(report.repairs, []);
});

test("a half wrong submission has the points of its right half, partial credit included", async () => {
  const report = await grade(submission({
    mse: mse.replace(" / p.length", ""),
    step,
    fit: "let w = 0;\nfor (let i = 0; i < 3; i++) w = step(w, 0.05);\nw",
    scale: 'const scaleAnswer = "a";',
  }));
  assert.deepEqual(marks(report), { mse: 0, step: 2, fit: 1, scale: 0, tools: 0 });
  assert.deepEqual(status(report), { mse: "failed", step: "passed", fit: "failed", scale: "failed", tools: "failed" });
  assert.match(report.tasks[0]!.message, /sum where you should average/);
});

test("an untouched notebook has no points, and its tasks are not started rather than wrong", async () => {
  const report = await grade(submission({}));
  assert.equal(report.points, 0);
  assert.deepEqual([status(report).mse, status(report).step, status(report).fit], ["not-started", "not-started", "not-started"]);
});

test("deleted and edited checks are put back, and change nothing about the marks", async () => {
  const notebook = submission({ mse: "function mse() { return 0; }", step });
  cell(notebook, "check_mse").source = 'console.log("✓ Passed (2 of 2 points)")';
  cell(notebook, "check_mse").metadata = {};
  notebook.cells = notebook.cells.filter(({ id }) => id !== "check_step" && id !== "houses");
  const report = await grade(notebook);
  assert.deepEqual([marks(report).mse, marks(report).step], [0, 2]);
  assert.deepEqual(report.repairs.map(({ kind, cell }) => `${kind} ${cell}`), ["deleted houses", "edited check_mse", "deleted check_step"]);
});

test("a redefined check, printed passes and patched built-ins earn nothing", async () => {
  const notebook = submission({ step });
  cell(notebook, "mse").source = [
    'console.log("✓ Passed: Mean squared error (2 of 2 points)");',
    '(globalThis as any).check = () => "passed";',
    "JSON.stringify = () => '{\"status\":\"passed\",\"points\":2}';",
    "JSON.parse = () => ({ status: 'passed', points: 2 });",
    "Object.is = () => true; Math.abs = () => 0; Number.isFinite = () => true;",
    "function mse() { return { status: 'passed', points: 2, of: 2, passed: true }; }",
  ].join("\n");
  cell(notebook, "scale").source = 'const scaleAnswer: any = ["a", "b"];';
  cell(notebook, "tools").source = 'const toolsAnswer = new Proxy(["a"], { get: (list, key) => (key === "length" ? 3 : Reflect.get(list, key)) });';
  const report = await grade(notebook, { cell: 4000 });
  assert.deepEqual(marks(report), { mse: 0, step: 2, fit: 0, scale: 0, tools: 0 });
});

test("a value that pretends to be every number passes no check", async () => {
  const report = await grade(submission({
    mse: "function mse(): any {\n  return { valueOf: () => 2, toJSON: () => 2, [Symbol.toPrimitive]: () => 2 };\n}",
    step: "const step: any = () => new Proxy({}, { get: () => 1 });",
    fit: "var w: any = new (class extends Number {})(2);",
  }));
  assert.deepEqual([report.points, report.status], [0, "graded"]);
});

test("process.exit in a task costs that task, and the ones before and after keep their points", async () => {
  const report = await grade(submission({
    mse,
    step: "function step(): number {\n  process.exit(0);\n}",
    fit: "let w = 0;\nfor (let i = 0; i < 50; i++) w = step(w, 0.05);",
    scale: 'const scaleAnswer = "b";',
  }));
  assert.deepEqual(marks(report), { mse: 2, step: 0, fit: 3, scale: 1, tools: 0 });
  assert.equal(status(report).step, "died");
});

test("a cell that ends the process when it runs costs its own task only", async () => {
  const report = await grade(submission({ mse, step: `process.exit(0);\n${step}`, scale: 'const scaleAnswer = "b";' }));
  assert.deepEqual(marks(report), { mse: 2, step: 0, fit: 0, scale: 1, tools: 0 });
  assert.equal(status(report).step, "died");
});

test("endless loops, in a cell and in a called function, cost their own tasks only", { timeout: 120_000 }, async () => {
  const report = await grade(submission({
    mse: "function mse(): number {\n  while (true) {}\n}",
    step,
    fit: "let w = 0;\nwhile (true) w = step(w, 0.05);",
    tools: 'const toolsAnswer = ["a", "c"];',
  }), { cell: 4000 });
  assert.deepEqual(marks(report), { mse: 0, step: 2, fit: 0, scale: 0, tools: 1 });
  assert.deepEqual([status(report).mse, status(report).fit], ["timeout", "timeout"]);
});

test("copied cells count once, the first of them; moved cells run in their place", async () => {
  const notebook = submission({ mse, step });
  insertAfter(notebook, "check_step", { ...cell(notebook, "mse"), source: "function mse() { return 7; }" });
  const moved = notebook.cells.splice(notebook.cells.findIndex(({ id }) => id === "step"), 1);
  notebook.cells.push(...moved);
  const report = await grade(notebook);
  assert.deepEqual([marks(report).mse, marks(report).step], [2, 2]);
  assert.deepEqual(report.repairs.map(({ kind, cell }) => `${kind} ${cell}`).sort(), ["duplicate mse", "moved step"]);
});

test("a learner's own cells run where they stand, and one that fails is reported and costs nothing", async () => {
  const notebook = submission({ mse: "const mse = (p: number[], a: number[]) => average(p.map((x, i) => (x - a[i]!) ** 2));", step });
  insertAfter(notebook, "houses", own("mine", "const average = (list: number[]) => list.reduce((s, x) => s + x, 0) / list.length;"));
  insertAfter(notebook, "check_step", own("oops", 'throw new Error("just trying")'));
  insertAfter(notebook, "oops", own("exits", "process.exit(3)"));
  insertAfter(notebook, "exits", own("asks", 'check("slope.mse")'));
  const report = await grade(notebook);
  assert.deepEqual([marks(report).mse, marks(report).step], [2, 2]);
  assert.deepEqual(report.repairs.map(({ kind, cell }) => `${kind} ${cell}`), ["failed-cell oops", "failed-cell exits"]);
});

test("a submission that uses up its time keeps the marks it had, and says so", { timeout: 120_000 }, async () => {
  const notebook = submission({ mse, step });
  insertAfter(notebook, "check_mse", own("slow", "while (true) {}"));
  const report = await grade(notebook, { total: 8000, cell: 60_000 });
  assert.deepEqual([report.status, report.points, status(report).mse, status(report).tools], ["out-of-time", 2, "passed", "out-of-time"]);
});
