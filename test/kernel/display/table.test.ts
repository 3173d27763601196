import assert from "node:assert/strict";
import { test } from "node:test";
import { toBundle } from "../../../kernel/display/index.js";

const views = async (value: unknown) => (await toBundle(value)).data as Record<string, string>;

test("records are a table with size, column types, missing counts and the first rows", async () => {
  const rows = Array.from({ length: 1460 }, (_, i) => ({ id: i, price: i === 3 ? NaN : i * 1.5, street: i % 2 ? "Pave" : null, sold: i > 5 }));
  const { "text/html": html, "text/plain": text } = await views(rows);
  assert.match(html, /<caption>1,460\u00a0rows\u00a0x\u00a04\u00a0columns;\u00a0showing\u00a0first\u00a010\u00a0rows<\/caption>/);
  assert.match(html, /<th scope="col" align="right"><div align="right">price<br><small>number, 1 missing<\/small>/);
  assert.match(html, /<th scope="col" align="left"><div align="left">street<br><small>text, 730 missing<\/small>/);
  assert.match(html, /<th scope="col" align="left"><div align="left">sold<br><small>true\/false<\/small>/);
  assert.match(html, /<td align="right"><div align="right">1\.5<\/div><\/td><td align="left"><div align="left">Pave</);
  assert.match(html, /<i>missing<\/i>/);
  assert.equal(html.match(/<th scope="row"/g)?.length, 10);
  assert.match(text, /^1,460 rows x 4 columns; showing first 10 rows\n/);
  assert.match(text, /\n +1 +1\.5 +Pave +false\n/);
});

test("columns by name, and names with rows, are tables too", async () => {
  for (const value of [
    { columns: { x: new Float32Array([1, 2.25]), y: ["p", "q"] } },
    { columns: ["x", "y"], rows: [[1, "p"], [2.25, "q"]] },
    { columns: ["x", "y"], rows: [{ x: 1, y: "p" }, { x: 2.25, y: "q" }] },
  ]) {
    assert.match((await views(value))["text/plain"], /^2 rows x 2 columns\n +x +y\nnumber +text\n +1 +p\n +2\.25 +q$/);
  }
});

test("lists of other objects are not pressed into a table", async () => {
  for (const value of [[], [1, 2], [{ a: { b: 1 } }], [{}], [{ a: 1 }, 5], [new (class A { a = 1; })()], { columns: 3 }]) {
    assert.equal((await views(value))["text/html"], undefined);
  }
});

test("a wide table says how many columns are not shown", async () => {
  const wide = [Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`c${i}`, i]))];
  const { "text/html": html } = await views(wide);
  assert.match(html, /first\u00a030\u00a0columns/);
  assert.equal(html.match(/<th scope="col"/g)?.length, 31);
});
