import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { Finding } from "../../lessons/author/finding.js";
import { reviewSolutions } from "../../lessons/author/run/solutions.js";
import { reviewStubs } from "../../lessons/author/run/stubs.js";
import { withSession } from "../../lessons/author/run/session.js";
import { reviewText } from "../../lessons/author/text/review.js";
import { loadLesson } from "../../lessons/checks/node/load.js";
import { lessonsFolder } from "../../lessons/format/node/folders.js";

const told = (findings: readonly Finding[]): string[] => findings.filter(({ level }) => level === "error").map(({ kind, text }) => `${kind}: ${text}`);

/** The tests of one lesson: a folder's name, or the path of a lesson that is none of the course's own. */
export function keepsItsPromises(name: string, folder = join(lessonsFolder(), name)): void {
  const whole = folder === join(lessonsFolder(), name);

  test(`lesson ${name} keeps every promise that can be read: tasks and mistakes, both languages, the field's words, what the curriculum wants, live links`, async (t) => {
    const checked = await loadLesson(folder);
    assert.equal(name.slice(3), checked.lesson.id, "the folder is NN-id");
    const findings = reviewText(checked);
    for (const { level, text } of findings) if (level === "warning") t.diagnostic(`${name}: ${text}`);
    // The fixture is a small lesson, not a whole one.
    assert.deepEqual(told(findings.filter(({ kind }) => whole || !["tasks", "reading"].includes(kind))), []);
  });

  test(`a learner who has not begun lesson ${name} sees no type error and no failed check`, { timeout: 300_000 }, async () => {
    const checked = await loadLesson(folder);
    assert.deepEqual(told(await withSession("tensorflow", (session) => reviewStubs(checked, session))), []);
  });

  test(`the solution of lesson ${name} runs top to bottom on TensorFlow, its results are as promised, it passes every check, and each known mistake is caught`, { timeout: 480_000 }, async (t) => {
    const checked = await loadLesson(folder);
    const { findings, cells, seconds, results } = await withSession("tensorflow", (session) => reviewSolutions(checked, session));
    t.diagnostic(`${name}: ${cells.length} cells in ${seconds.toFixed(1)} s`);
    for (const { value, from, to, got } of results) t.diagnostic(`${name}: ${value} = ${got} (${from} to ${to})`);
    assert.deepEqual(told(findings), []);
    // One minute on two free cores (curriculum); the machine that tests may be busy.
    assert.ok(seconds < 180, `its cells take ${seconds.toFixed(0)} s`);
  });
}
