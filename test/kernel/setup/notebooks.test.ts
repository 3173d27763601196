import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { writeNotebooks } from "../../../kernel/setup/notebooks.js";

const lesson = (text: string) => [{ path: "en/05-descent.ipynb", text }];

function workFolder(context: TestContext): string {
  const work = mkdtempSync(join(tmpdir(), "lyceum-work-"));
  context.after(() => rmSync(work, { recursive: true }));
  return work;
}

const read = (work: string, path: string) => readFileSync(join(work, path), "utf8");

test("A second run leaves a student's notebook byte for byte as it is.", (context) => {
  const work = workFolder(context);
  assert.deepEqual(writeNotebooks(work, lesson("one")), [{ path: "en/05-descent.ipynb", what: "written" }]);
  writeFileSync(join(work, "en/05-descent.ipynb"), "my answers");
  assert.deepEqual(writeNotebooks(work, lesson("one")), [{ path: "en/05-descent.ipynb", what: "kept" }]);
  assert.equal(read(work, "en/05-descent.ipynb"), "my answers");
  assert.deepEqual(readdirSync(join(work, "en")), ["05-descent.ipynb"]);
});

test("A changed lesson arrives once, as a new file beside the student's own.", (context) => {
  const work = workFolder(context);
  writeNotebooks(work, lesson("one"));
  writeFileSync(join(work, "en/05-descent.ipynb"), "my answers");
  assert.deepEqual(writeNotebooks(work, lesson("two")), [{ path: "en/05-descent.v2.ipynb", what: "beside" }]);
  assert.deepEqual(writeNotebooks(work, lesson("two")), [{ path: "en/05-descent.v2.ipynb", what: "kept" }]);
  assert.deepEqual(writeNotebooks(work, lesson("three")), [{ path: "en/05-descent.v3.ipynb", what: "beside" }]);
  assert.deepEqual(["", ".v2", ".v3"].map((version) => read(work, `en/05-descent${version}.ipynb`)), ["my answers", "two", "three"]);
});

test("A notebook that the student deleted is written afresh, from the lesson as it is now.", (context) => {
  const work = workFolder(context);
  writeNotebooks(work, lesson("one"));
  rmSync(join(work, "en/05-descent.ipynb"));
  assert.deepEqual(writeNotebooks(work, lesson("two")), [{ path: "en/05-descent.ipynb", what: "written" }]);
  assert.deepEqual(writeNotebooks(work, lesson("two")), [{ path: "en/05-descent.ipynb", what: "kept" }]);
});

test("A work folder whose record was lost is not filled with copies.", (context) => {
  const work = workFolder(context);
  writeNotebooks(work, lesson("one"));
  writeFileSync(join(work, "en/05-descent.ipynb"), "my answers");
  rmSync(join(work, ".lyceum"), { recursive: true });
  assert.deepEqual(writeNotebooks(work, lesson("one")), [{ path: "en/05-descent.ipynb", what: "kept" }]);
  assert.equal(read(work, "en/05-descent.ipynb"), "my answers");
});
