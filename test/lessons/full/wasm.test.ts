import assert from "node:assert/strict";
import { basename } from "node:path";
import { test } from "node:test";
import { loadLesson } from "../../../lessons/checks/node/load.js";
import { lessonFolders } from "../../../lessons/format/node/folders.js";
import { walkSolutions, withSession } from "../walk.js";

for (const folder of (await lessonFolders()).filter((path) => basename(path).startsWith(process.env.LYCEUM_LESSON ?? ""))) {
  test(`the solution of lesson ${basename(folder)} runs top to bottom on WebAssembly and passes every check`, { timeout: 900_000 }, async (t) => {
    const checked = await loadLesson(folder);
    const walked = await withSession("wasm", (session) => walkSolutions(checked, session, false));
    const seconds = walked.reduce((sum, cell) => sum + cell.seconds, 0);
    t.diagnostic(`${walked.length} cells in ${seconds.toFixed(1)} s`);
    // Four minutes on two free cores (curriculum); the machine that tests may be busy.
    assert.ok(seconds < 720, `its cells take ${seconds.toFixed(0)} s`);
  });
}
