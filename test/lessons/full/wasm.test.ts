import assert from "node:assert/strict";
import { basename } from "node:path";
import { test } from "node:test";
import { loadLesson } from "../../../lessons/checks/node/load.js";
import { lessonFolders } from "../../../lessons/format/node/folders.js";
import { reviewSolutions } from "../../../lessons/author/run/solutions.js";
import { withSession } from "../../../lessons/author/run/session.js";

for (const folder of (await lessonFolders()).filter((path) => basename(path).startsWith(process.env.LYCEUM_LESSON ?? ""))) {
  test(`the solution of lesson ${basename(folder)} runs top to bottom on WebAssembly and passes every check`, { timeout: 900_000 }, async (t) => {
    const checked = await loadLesson(folder);
    const { findings, cells, seconds } = await withSession("wasm", (session) => reviewSolutions(checked, session, { wrong: false }));
    t.diagnostic(`${cells.length} cells in ${seconds.toFixed(1)} s`);
    assert.deepEqual(findings.map(({ text }) => text), []);
    // Four minutes on two free cores (curriculum); the machine that tests may be busy.
    assert.ok(seconds < 720, `its cells take ${seconds.toFixed(0)} s`);
  });
}
