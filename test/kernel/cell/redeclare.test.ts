import assert from "node:assert/strict";
import { test } from "node:test";
import { openNotebook } from "./notebook.js";

const forms = {
  var: "var NAME = 'VALUE'",
  let: "let NAME = 'VALUE'",
  const: "const NAME = 'VALUE'",
  "const by pattern": "const { NAME } = { NAME: 'VALUE' }",
  function: "function NAME() { return 'VALUE' }",
  "async generator": "async function* NAME() { yield 'VALUE' }",
  class: "class NAME { static value = 'VALUE' }",
  enum: "enum NAME { value = 'VALUE' }",
  namespace: "namespace NAME { export const value = 'VALUE' }",
  import: "import { NAME } from 'data:text/javascript,export const NAME = \"VALUE\"'",
  using: "using NAME = { value: 'VALUE', [Symbol.dispose]() {} }",
};
const read = "typeof NAME === 'string' ? NAME : NAME.value ?? (await (NAME().next?.() ?? { value: NAME() })).value";

for (const [first, firstText] of Object.entries(forms)) {
  test(`A name declared by ${first} can be declared again in every form, and later cells see the new value.`, async () => {
    for (const [second, secondText] of Object.entries(forms)) {
      const notebook = openNotebook({ Symbol });
      const fill = (text: string, value: string) => text.replaceAll("NAME", "thing").replaceAll("VALUE", value);
      await notebook.run(fill(firstText, "one"));
      assert.equal(await notebook.run(fill(read, "")), "one", `${first} itself`);
      await notebook.run(fill(secondText, "two"));
      assert.equal(await notebook.run(fill(read, "")), "two", `${first}, then ${second}`);
    }
  });
}

test("Running the same cell twice works for every form.", async () => {
  for (const text of Object.values(forms)) {
    const notebook = openNotebook({ Symbol });
    const cell = text.replaceAll("NAME", "again").replaceAll("VALUE", "x");
    await notebook.run(cell);
    await notebook.run(cell);
    assert.equal(await notebook.run(read.replaceAll("NAME", "again")), "x");
  }
});

test("A let or var without a value starts again as undefined.", async () => {
  const notebook = openNotebook();
  await notebook.run("let a = 1; var b = 2");
  assert.deepEqual(await notebook.run("let a; var b; `${a} ${b}`"), "undefined undefined");
});

test("A function of an earlier cell sees the new value of a name that is declared again.", async () => {
  const notebook = openNotebook();
  await notebook.run("const rate = 1; function show() { return rate }");
  await notebook.run("let rate = 2");
  assert.equal(await notebook.run("show()"), 2);
});

test("A cell that failed halfway can be corrected and run again.", async () => {
  const notebook = openNotebook();
  await assert.rejects(notebook.run("const data = missing.value; const after = 1"), /missing is not defined/);
  assert.equal(await notebook.run("const data = 5; const after = 1; data + after"), 6);
});
