import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test, type TestContext } from "node:test";
import { findPlace } from "../../../kernel/setup/place.js";
import { findPython, makeEnvironment } from "../../../kernel/setup/python.js";
import { projectRoot } from "../../support/root.js";

/** A program that answers as a Python of that version would. */
function python(context: TestContext, answer: string): string {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-python-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "python");
  writeFileSync(file, `#!/bin/sh\n[ "$1" = -c ] && echo "${answer}" || { echo "No module named venv" >&2; exit 1; }\n`);
  chmodSync(file, 0o755);
  return file;
}

test("Without Python the package to install is named.", async () => {
  await assert.rejects(findPython(["/no/such/python"]), /JupyterLab needs Python 3\.10 or newer; found no Python\.\nInstall it with: .*python.*\nthen run the same command again\./);
});

test("A Python that is too old is named with its version.", async (context) => {
  await assert.rejects(findPython([python(context, "3 9 1")]), /found only Python 3\.9\./);
});

test("A Python that TensorFlow has packages for is preferred to a newer one.", async (context) => {
  const [newer, fitting] = [python(context, "3 15 1"), python(context, "3 12 1")];
  assert.equal((await findPython([newer, fitting])).command, fitting);
  assert.equal((await findPython([newer])).command, newer);
});

test("A Python without its venv module is named with the package that brings it, unless another tool makes environments.", async (context) => {
  const bare = python(context, "3 11 0");
  const [path, wish] = [process.env.PATH, process.env.LYCEUM_PYTHON];
  context.after(() => {
    process.env.PATH = path;
    if (wish === undefined) delete process.env.LYCEUM_PYTHON;
  });
  process.env.PATH = ["/bin", "/usr/bin"].join(delimiter);
  process.env.LYCEUM_PYTHON = bare;
  const place = findPlace(projectRoot, join(tmpdir(), "lyceum-no-such-venv"));
  await assert.rejects(makeEnvironment(place), /Python 3\.11 is there, but cannot make an environment.*\n[^]*Install it with: .*(python3\.11-venv|python)/);
});
