import assert from "node:assert/strict";
import { test } from "node:test";
import { analyzeCell, constantsAfter } from "../../../kernel/cell/index.js";
import { openNotebook } from "./notebook.js";

const refused = { name: "TypeError", message: "Assignment to constant variable 'limit'." };

const writes = ["limit = 2", "limit += 1", "limit++", "--limit", "[limit] = [2]", "({ limit } = { limit: 2 })", "({ limit = 3 } = {})", "({ a: limit } = { a: 2 })",
  "({ ...limit } = {})", "[...limit] = [1]", "for (limit of [2]) ;", "for (limit in { a: 1 }) ;", "limit &&= 2", "const write = () => { limit = 2 }; write()",
  "let other\nlimit = 2", "if (true) limit = 2", "(limit) = 2", "class A { static { limit = 2 } }"];

for (const write of writes) {
  test(`A const cannot be changed by \`${write.replace("\n", "; ")}\`, in its own cell or a later one.`, async () => {
    const notebook = openNotebook();
    await notebook.run("const limit = 1");
    await assert.rejects(notebook.run(write), refused);
    await assert.rejects(notebook.run(`const limit = 1; ${write}`), refused);
    assert.equal(await notebook.run("limit"), 1);
  });
}

test("Names of an import cannot be assigned.", async () => {
  const notebook = openNotebook();
  await assert.rejects(notebook.run("import { limit } from 'data:text/javascript,export const limit = 1'\nlimit = 2"), refused);
});

test("An assignment that does not happen is not refused.", async () => {
  const notebook = openNotebook();
  await notebook.run("const limit = 1");
  assert.equal(await notebook.run("limit ??= 2; limit ||= 3; limit"), 1);
});

test("The value to assign is computed before the refusal, as the language has it.", async () => {
  const notebook = openNotebook();
  await assert.rejects(notebook.run("const limit = 1; limit = log('computed')"), refused);
  assert.deepEqual(notebook.logged, ["computed"]);
});

test("An inner variable of the same name can be assigned.", async () => {
  const notebook = openNotebook();
  await notebook.run("const limit = 1");
  const inner = ["{ let limit = 0; limit = 2 }", "for (let limit = 0; limit < 2; limit++) ;", "((limit) => { limit = 2 })(0)", "function f({ limit = 1 }) { limit++ }; f({})",
    "try { throw 1 } catch (limit) { limit = 2 }", "(function () { if (true) { var limit = 1 } limit = 2 })()", "switch (1) { case 1: let limit; limit = 2 }",
    "for (let limit of [1]) limit = 2", "class B { static { var limit = 1; limit = 2 } }", "let o = { limit: 1 }; o.limit = 2", "(() => { let [limit, ...rest] = [1]; limit++; rest = [] })()"];
  for (const text of inner) await notebook.run(text);
  assert.equal(await notebook.run("limit"), 1);
});

test("A name declared again by let can be assigned, in that cell and in later ones.", async () => {
  const notebook = openNotebook();
  await notebook.run("const limit = 1");
  assert.equal(await notebook.run("let limit = 1; limit++; limit"), 2);
  assert.equal(await notebook.run("limit = 5; limit"), 5);
});

test("constantsAfter adds the names a cell makes constant and drops those it declares otherwise.", () => {
  assert.deepEqual([...constantsAfter(new Set(["a"]), analyzeCell("let a; const b = 1"))], ["b"]);
  assert.deepEqual([...constantsAfter(new Set(["a"]), analyzeCell("interface a {}"))], ["a"]);
});
