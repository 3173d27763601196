import assert from "node:assert/strict";
import { test } from "node:test";
import * as lyceum from "../../../kernel/index.js";
import { rooms } from "../../support/examples.js";
import { codeCells, notebookNames, readFixture } from "../../support/notebooks.js";
import { openNotebook, plain } from "../session/support.js";

test("there are notebooks to run", () => assert.ok(notebookNames.length > 0));

for (const name of notebookNames) {
  test(`the notebook ${name} runs from top to bottom, type-checked, and shows the value of every cell that ends in one`, async (t) => {
    const notebook = readFixture(name);
    assert.deepEqual(notebook.metadata["kernelspec"], { name: "lyceum", display_name: "TypeScript (Lyceum)", language: "typescript" });
    const cells = codeCells(notebook);
    assert.ok(cells.length > 0, "no code cell");
    const { run, events } = openNotebook(t, { check: true });
    const failures: string[] = [];
    for (const { id, source, hasResult } of cells) {
      const { status, result, error } = await run(source, { cellId: id });
      if (status !== "ok") failures.push(`${id}: ${plain(error?.traceback)}`);
      else if (hasResult && !result?.data["text/plain"]) failures.push(`${id} ends in a value, and shows none`);
    }
    assert.deepEqual(failures, []);
    assert.deepEqual(events.filter((event) => event.type === "error" || event.type === "respawn"), [], "something went wrong between the cells");
  });
}

test("the notebooks use every public function of the helpers", () => {
  const used = new Set(notebookNames.flatMap((name) => codeCells(readFixture(name)).flatMap(({ source }) => source.match(/[A-Za-z_$][\w$]*/g) ?? [])));
  const unused = (names: object, path: string): string[] =>
    Object.entries(names).flatMap(([name, value]) => (typeof value === "function" ? (used.has(name) ? [] : [`${path}.${name}`]) : isNamespace(value) ? unused(value, `${path}.${name}`) : []));
  assert.deepEqual(rooms.flatMap((room) => unused((lyceum as Record<string, object>)[room] ?? {}, room)), []);
});

const isNamespace = (value: unknown): value is object => Object.prototype.toString.call(value) === "[object Module]";
