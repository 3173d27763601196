import assert from "node:assert/strict";
import { test } from "node:test";
import { openNotebook, plain } from "./support.js";

test("A stack shows the learner's lines only, across cells", async (t) => {
  const notebook = openNotebook(t);
  await notebook.run("function half(n: number): number {\n  if (n < 0) throw new RangeError(`expected n >= 0, got ${n}`);\n  return n / 2;\n}");
  const { error } = await notebook.run("const numbers: number[] = [4, -1];\nnumbers.map((n) => half(n))");
  assert.equal(error?.kind, "thrown");
  assert.equal(error?.ename, "RangeError");
  assert.equal(error?.evalue, "expected n >= 0, got -1");
  assert.equal(
    plain(error?.traceback),
    [
      "RangeError: expected n >= 0, got -1",
      "Cell [1], line 2",
      "  1 | function half(n: number): number {",
      "> 2 |   if (n < 0) throw new RangeError(`expected n >= 0, got ${n}`);",
      "    |                    ^",
      "  3 |   return n / 2;",
      "    at half (Cell [1]:2:20)",
      "    at Cell [2]:2:20",
      "    at Cell [2]:2:9",
    ].join("\n"),
  );
});

test("Frames after an await, in classes and in lowered cells point to the learner's text", async (t) => {
  const notebook = openNotebook(t);
  const { error } = await notebook.run(`function mark(value: unknown, context: unknown) {}
class Model {
  @mark
  async fit(): Promise<void> {
    await null;
    throw new Error("no data");
  }
}
await new Model().fit()`);
  const text = plain(error?.traceback);
  assert.match(text, /Cell \[1\], line 6/);
  assert.match(text, /fit \(Cell \[1\]:6:11\)/);
  assert.match(text, /at Cell \[1\]:9:\d+$/m);
});

test("The cause of an error and the parts of an AggregateError are shown", async (t) => {
  const notebook = openNotebook(t);
  const cause = plain((await notebook.run(`throw new Error("outer", { cause: new TypeError("inner") })`)).error?.traceback);
  assert.match(cause, /Error: outer[^]*\[cause\] TypeError: inner/);
  const many = plain((await notebook.run(`await Promise.any([Promise.reject(new Error("one")), Promise.reject(new Error("two"))])`)).error?.traceback);
  assert.match(many, /AggregateError[^]*\[1\] Error: one[^]*\[2\] Error: two/);
});

test("What is thrown need not be an error", async (t) => {
  const notebook = openNotebook(t);
  for (const [code, evalue] of Object.entries({ "throw 4": "4", 'throw "text"': "'text'", "throw null": "null", "throw undefined": "undefined", "throw { a: 1n }": "{ a: 1n }", "throw 5n": "5n", "throw -0": "-0", 'throw Symbol("s")': "Symbol(s)" })) {
    const { status, error } = await notebook.run(code);
    assert.equal(status, "error");
    assert.equal(error?.ename, "Thrown value");
    assert.equal(error?.evalue, evalue);
  }
});

test("A class of errors speaks with its own name, and its fields are shown", async (t) => {
  const notebook = openNotebook(t);
  const { error } = await notebook.run(`class ShapeError extends Error { constructor(public want: number[]) { super("wrong shape") } }\nthrow new ShapeError([2, 3])`);
  assert.equal(error?.ename, "ShapeError");
  assert.match(plain(error?.traceback), /want: \[ 2, 3 \]/);
});

test("An error object that fights back does not break the session", async (t) => {
  const notebook = openNotebook(t);
  const { error } = await notebook.run(`throw Object.defineProperty(new Error("x"), "message", { get() { throw new Error("no") } })`);
  assert.equal(error?.kind, "thrown");
  assert.equal(await notebook.value("1"), "1");
});

test("A printed error has the learner's frames too", async (t) => {
  const notebook = openNotebook(t);
  await notebook.run(`const e = new Error("seen"); console.log(e.stack)`);
  assert.equal(notebook.printed("cell-1"), "Error: seen\n    at Cell [1]:1:11\n");
});

test("A syntax error names line and column before anything ran", async (t) => {
  const notebook = openNotebook(t);
  await notebook.run("let ran = false");
  const { error } = await notebook.run("ran = true;\nconst = 5");
  assert.equal(error?.kind, "syntax");
  assert.match(plain(error?.traceback), /Cell \[2\], line 2\n.*\n> 2 \| const = 5\n {4}\|\s+\^/);
  assert.equal(await notebook.value("ran"), "false");
});

test("A type error stops the cell before any side effect, with frame, plain words and suggestion", { timeout: 60_000 }, async (t) => {
  const notebook = openNotebook(t, { check: true });
  await notebook.run(`const word = "abc"; let ran = false`);
  const { error } = await notebook.run(`ran = true; console.log("no");\nword.lenght`);
  assert.equal(error?.kind, "type");
  assert.equal(error?.ename, "TypeScript error");
  assert.match(plain(error?.traceback), /lenght[^]*Cell \[2\], line 2\n[^]*\^{6}[^]*length/);
  assert.deepEqual(notebook.events, []);
  assert.equal(await notebook.value("ran"), "false");
});

test("Many type errors are one report of at most five frames and the number of the rest", { timeout: 60_000 }, async (t) => {
  const notebook = openNotebook(t, { check: true });
  const { error } = await notebook.run(Array.from({ length: 8 }, (_, i) => `const x${i}: string = ${i};`).join("\n"));
  const text = plain(error?.traceback);
  assert.equal(text.match(/Cell \[1\], line/g)?.length, 5);
  assert.match(text, /3 more errors/);
});

test("Types are known across cells, and a redeclared name has its new type", { timeout: 60_000 }, async (t) => {
  const notebook = openNotebook(t, { check: true });
  await notebook.run("let x = 4");
  assert.equal((await notebook.run("x.toUpperCase()")).error?.kind, "type");
  await notebook.run(`let x = "now text"`);
  assert.equal(await notebook.value("x.toUpperCase()"), "'NOW TEXT'");
});

test("The words for people come in Chinese too", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t, { language: "zh" });
  assert.match(plain((await notebook.run("process.exit(2)")).error?.traceback), /所有变量已丢失/);
});
