import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compileCell } from "../../../kernel/cell/index.js";
import { parseNotebook } from "../../../lessons/format/index.js";
import { projectRoot } from "../../support/root.js";
import { openNotebook, plain } from "../session/support.js";

const folder = join(projectRoot, "test/fixtures/notebooks");
const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb")).sort();

test("there are notebooks to run", () => assert.ok(names.length > 0));

for (const name of names) {
  test(`the notebook ${name} runs from top to bottom, type-checked, and shows the value of every cell that ends in one`, async (t) => {
    const notebook = parseNotebook(readFileSync(join(folder, name), "utf8"));
    assert.deepEqual(notebook.metadata["kernelspec"], { name: "lyceum", display_name: "TypeScript (Lyceum)", language: "typescript" });
    const cells = notebook.cells.filter((cell) => cell.cell_type === "code");
    assert.ok(cells.length > 0, "no code cell");
    const { run, events } = openNotebook(t, { check: true });
    const failures: string[] = [];
    for (const { id, source } of cells) {
      const { status, result, error } = await run(source, { cellId: id });
      if (status !== "ok") failures.push(`${id}: ${plain(error?.traceback)}`);
      else if (compileCell(source).hasResult && !result?.data["text/plain"]) failures.push(`${id} ends in a value, and shows none`);
    }
    assert.deepEqual(failures, []);
    assert.deepEqual(events.filter((event) => event.type === "error" || event.type === "respawn"), [], "something went wrong between the cells");
  });
}
