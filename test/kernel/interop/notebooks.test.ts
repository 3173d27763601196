import { test } from "node:test";
import assert from "node:assert/strict";
import { startKernel } from "../../support/jupyter.js";
import { codeCells, seen, startTslab } from "./support.js";

const notebooks = { display: "every kind of display", language: "redeclared names, classes, enums, functions", "files-and-waiting": "files, promises, async loops, require" };

for (const [name, what] of Object.entries(notebooks)) {
  test(`A notebook written for tslab runs unchanged, and shows in Lyceum what it shows in tslab: ${what}.`, async (t) => {
    const [tslab, lyceum] = await Promise.all([startTslab({ test: t }), startKernel({ test: t, timeout: 60_000 })]);
    const cells = codeCells(name);
    assert.ok(cells.length >= 7);
    for (const code of cells) {
      const theirs = seen(await tslab.execute(code));
      const ours = seen(await lyceum.execute(code));
      assert.equal(theirs.status, "ok", `tslab: ${code}\n${theirs.stderr}`);
      assert.deepEqual(ours, theirs, code);
    }
  });
}
