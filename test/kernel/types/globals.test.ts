import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { answer, type Request } from "../../../kernel/types/compiler.js";
import { notebookGlobals } from "../../../kernel/types/index.js";
import { createNativeCompiler } from "../../../kernel/types/native/compiler.js";
import { createNodeHost } from "../../../kernel/types/node/host.js";
import { modulesFile, preludeFile } from "../../../kernel/types/project.js";
import { helperNames } from "../../../kernel/runner/special.js";
import { codes, openNotebook } from "./notebook.js";

test("every global of the runner has a type, none is listed twice", () => {
  const names = notebookGlobals.map(({ name }) => name);
  assert.deepEqual(names.length, new Set(names).size);
  for (const name of ["tf", "display", "clear", "page", "check", "comms", "prompt", "confirm", "alert", "getpass", "tslab", "require", ...helperNames]) assert.ok(names.includes(name), name);
});

test("the declarations of the globals have no errors, and TensorFlow's are read only when asked for", async () => {
  const directory = mkdtempSync(join(tmpdir(), "lyceum-types-"));
  const host = createNodeHost(directory);
  const read: string[] = [];
  const compiler = await createNativeCompiler({ ...host, readFile: (path) => (read.push(path), host.readFile(path)) });
  try {
    const ask = (file: string, heavy: boolean) => answer(host, compiler, { layout: { slots: [], heavy }, changes: {}, query: { kind: "check", file } } satisfies Request).diagnostics;
    assert.deepEqual(ask(preludeFile, false), []);
    assert.deepEqual(read.filter((path) => path.includes("@tensorflow")), []);
    // A declaration file's own errors are only shown where skipLibCheck is off; these imports would be missing.
    assert.deepEqual(ask(preludeFile, true), []);
    assert.deepEqual(ask(modulesFile, true), []);
    assert.ok(read.some((path) => path.includes("@tensorflow/tfjs-core")));
  } finally {
    compiler.close();
    rmSync(directory, { recursive: true });
  }
});

test("the helpers are typed as globals and under the names they are imported by", async (t) => {
  const book = openNotebook();
  t.after(() => book.close());
  for (const cell of [
    "const parts = data.split([1, 2, 3, 4], { test: 0.25, seed: 1 });",
    'import { data as again, plot as draw } from "lyceum"; import { split } from "lyceum/data"; import type { Split } from "lyceum/data"; const s: Split<number> = split([1], { seed: 1 }); again.split([1], { seed: 1 })',
    'import * as tslab from "tslab"; tslab.display.html("<b>a</b>"); tslab.newDisplay().text("b")',
  ]) assert.deepEqual((await book.run(cell)).map(({ message }) => message), [], cell);
  assert.deepEqual(codes(await book.check("data.spli")), [2551]);
  assert.deepEqual(codes(await book.check("comms.open(1)")), [2345]);
});
