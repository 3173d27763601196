import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../../support/root.js";

test("the models of Jupyter's own widgets are those of its schema", () => {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-widgets-"));
  try {
    const written = join(folder, "models.ts");
    execFileSync(process.execPath, [join(projectRoot, "dist/kernel/helpers/widgets/node/generate.js"), join(projectRoot, "node_modules/@jupyter-widgets/schema/jupyterwidgetmodels.latest.json"), written]);
    assert.equal(readFileSync(written, "utf8"), readFileSync(join(projectRoot, "kernel/helpers/widgets/stock/models.ts"), "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
