import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CellSyntaxError, compileCell } from "../../../kernel/cell/index.js";
import { lower } from "../../../kernel/cell/node/lower.js";
import { projectRoot } from "../../support/root.js";

const folder = join(projectRoot, "test/fixtures/cell");

// A difference is written beside the snapshot as NAME-changed.json; a person looks at it and renames it.
for (const file of readdirSync(join(folder, "input"))) {
  test(`The cell ${file} compiles to its snapshot.`, () => {
    const found = `${JSON.stringify(snapshot(readFileSync(join(folder, "input", file), "utf8").replace(/\n$/, "")), undefined, 2)}\n`;
    const path = join(folder, "output", file.replace(/\.tsx?$/, ".json"));
    const changed = path.replace(/\.json$/, "-changed.json");
    const expected = existsSync(path) ? readFileSync(path, "utf8") : "";
    if (found === expected) return rmSync(changed, { force: true });
    writeFileSync(changed, found);
    assert.equal(found, expected, `see ${changed}`);
  });
}

test("Every snapshot has its cell.", () => {
  const inputs = readdirSync(join(folder, "input")).map((file) => file.replace(/\.tsx?$/, ""));
  const outputs = readdirSync(join(folder, "output")).filter((file) => !file.includes("-changed")).map((file) => file.replace(/\.json$/, ""));
  assert.deepEqual(outputs.filter((name) => !inputs.includes(name)), []);
});

/** As a person reads it: one line of code a string. */
function snapshot(source: string): object {
  try {
    const { facts, scripts, hasResult } = compileCell(source, { lower, constants: new Set(["earlierConstant"]), shadowed: new Set() });
    return {
      declares: facts.declares.map(({ name, kind, typeOnly }) => `${kind} ${name}${typeOnly ? " (type only)" : ""}`),
      references: facts.references.join(" "), imports: facts.imports, noCheck: facts.noCheck, hasResult,
      scripts: scripts.map(({ code, prefix, map }) => ({ prefix: code.slice(0, prefix), lines: code.slice(prefix).split(/\r?\n/), ...(map !== undefined && { mapped: true }) })),
    };
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    const { message, line, column, offset } = error;
    return { error: message, line, column, offset };
  }
}
