import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { withSession } from "../../../lessons/author/run/session.js";
import { reviewSolutions } from "../../../lessons/author/run/solutions.js";
import { loadLesson } from "../../../lessons/checks/node/load.js";
import { lessonsFolder } from "../../../lessons/format/node/folders.js";

/** The test of one lesson on the engine that runs anywhere, in Chinese: its code is the English one but for words. */
export function runsOnWebAssembly(name: string): void {
  test(`the solution of lesson ${name}, in Chinese, runs top to bottom on WebAssembly, its results are as promised, and it passes every check`, { timeout: 900_000 }, async (t) => {
    const checked = await loadLesson(join(lessonsFolder(), name));
    const { findings, cells, seconds } = await withSession("wasm", (session) => reviewSolutions(checked, session, { wrong: false, language: "zh" }), "zh");
    t.diagnostic(`${cells.length} cells in ${seconds.toFixed(1)} s`);
    assert.deepEqual(findings.map(({ text }) => text), []);
    // Four minutes on two free cores (curriculum); the machine that tests may be busy.
    assert.ok(seconds < 720, `its cells take ${seconds.toFixed(0)} s`);
  });
}
