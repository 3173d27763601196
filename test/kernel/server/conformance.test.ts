import { test } from "node:test";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lyceumSpec, python, writeSpecs } from "../../support/jupyter.js";
import { projectRoot } from "../../support/root.js";

test("jupyter_kernel_test passes with every applicable sample, none skipped", async (t) => {
  const folder = writeSpecs(mkdtempSync(join(tmpdir(), "lyceum-conformance-")), { lyceum_under_test: lyceumSpec });
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const report = await new Promise<string>((resolve) => {
    const environment = { ...process.env, JUPYTER_PATH: folder, LYCEUM_TEST_KERNEL: "lyceum_under_test", LYCEUM_HISTORY: join(folder, "history.jsonl") };
    execFile(python, [join(projectRoot, "test/kernel/server/jupyter_kernel_test_lyceum.py")], { env: environment, timeout: 180_000, killSignal: "SIGTERM" }, (_error, stdout, stderr) => resolve(stdout + stderr));
  });
  assert.match(report, /Ran 13 tests/, report);
  assert.match(report, /^OK$/m, report);
  assert.doesNotMatch(report, /skipped/, report);
});
