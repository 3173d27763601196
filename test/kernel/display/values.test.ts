import assert from "node:assert/strict";
import { test } from "node:test";
import { toBundle } from "../../../kernel/display/node/index.js";

const plain = async (value: unknown) => (await toBundle(value)).data["text/plain"];
const html = async (value: unknown) => (await toBundle(value)).data["text/html"] as string | undefined;

test("primitives, functions and built-in objects read as Node prints them", async () => {
  const cases: [unknown, string][] = [
    [1, "1"], [-0, "-0"], [10n, "10n"], [true, "true"], [null, "null"], [undefined, "undefined"], [Symbol("s"), "Symbol(s)"],
    ["a", "'a'"], ["it's", `"it's"`], ["two\nlines", "'two\\nlines'"], [[1, "x"], "[ 1, 'x' ]"], [{ a: { b: 1 } }, "{ a: { b: 1 } }"],
    [function f() {}, "[Function: f]"], [class A {}, "[class A]"], [class B extends Map {}, "[class B extends Map]"],
    [new Map([["k", 1]]), "Map(1) { 'k' => 1 }"], [new Set([1]), "Set(1) { 1 }"], [new Date(0), "1970-01-01T00:00:00.000Z"], [/x/g, "/x/g"],
    [new Uint8Array([1, 2]), "Uint8Array(2) [ 1, 2 ]"], [Object.create(null), "[Object: null prototype] {}"],
  ];
  for (const [value, expected] of cases) assert.equal(await plain(value), expected);
});

test("a class instance is named by its class and its accessors are named, never called", async () => {
  let calls = 0;
  class Account {
    balance = 3;
    get secret() {
      calls++;
      throw new Error("called");
    }
  }
  const trap = Object.defineProperties({}, {
    ...Object.fromEntries(["data", "layout", "shape", "dtype", "columns", "rows", "layers", "then", "width", "x"].map((key) => [key, { enumerable: true, get: () => calls++ }])),
    [Symbol.for("Jupyter.display")]: { get: () => calls++ },
  });
  assert.equal(await plain(new Account()), "Account { balance: 3 }");
  assert.match(String(await plain(trap)), /shape: \[Getter\]/);
  await toBundle([trap, trap]);
  assert.equal(calls, 0);
});

test("a value that contains itself is shown with a mark instead of an endless loop", async () => {
  const ring: Record<string, unknown> = { name: "ring", deep: { a: { b: { c: { d: {} } } } } };
  ring.self = ring;
  assert.match(String(await plain(ring)), /\[Circular/);
  assert.match((await html(ring))!, /\[Circular\]/);
});

test("what the text leaves out can be opened in a tree of plain HTML without scripts", async () => {
  const rows = Array.from({ length: 250 }, (_, i) => [i, { deep: { deeper: { deepest: { value: `end ${i}` } } } }]);
  const { data } = await toBundle(rows);
  assert.match(String(data["text/plain"]), /\.\.\. 150 more/);
  const tree = String(data["text/html"]);
  assert.match(tree, /<details open><summary>.*Array\(250\)/);
  assert.match(tree, /\[100 \.\.\. 199\]/);
  assert.match(tree, /end 7/);
  assert.doesNotMatch(tree, /<script|\son\w+=|style=/);
  assert.equal(tree.match(/<details/g)?.length, tree.match(/<\/details>/g)?.length);
});

test("text of the learner cannot become markup", async () => {
  const evil = `<img src=x onerror=alert(1)>"'&`;
  const key = `<b>${evil}`;
  const values = [{ [key]: { a: { b: { c: { d: evil } } } } }, [{ [key]: evil }, { [key]: evil }], new Map([[evil, { a: { b: { c: { d: 1 } } } }]])];
  for (const value of values) {
    const markup = await html(value);
    assert.ok(markup);
    assert.doesNotMatch(markup, /<img/);
    assert.match(markup, /&lt;img src=x/);
  }
});

test("an error shows its message, the learner's frames and what caused it", async () => {
  const error = new RangeError("too far", { cause: new TypeError("inner", { cause: "a word" }) });
  error.stack = "RangeError: too far\n    at f (Cell [3]:2:7)\n    at process.next (node:internal/process:1:1)";
  assert.equal(await plain(error), [
    "RangeError: too far", "    at f (Cell [3]:2:7)", "  caused by TypeError: inner",
    ...(error.cause as Error).stack!.split("\n").slice(1).filter((line) => !/\bnode:/.test(line)).map((line) => `  ${line}`),
    "    caused by 'a word'",
  ].join("\n"));
});

test("a promise is shown as its value, and a rejected one rejects", async () => {
  assert.equal(await plain(Promise.resolve(Promise.resolve([1]))), "[ 1 ]");
  await assert.rejects(toBundle(Promise.reject(new Error("no"))), /no/);
});

const show = Symbol.for("Jupyter.display");

test("an object with Symbol.for(\"Jupyter.display\") shows itself, from its class too, at once or later", async () => {
  class Card {
    [show]() {
      return { "text/html": "<b>card</b>" };
    }
  }
  assert.deepEqual((await toBundle(new Card())).data, { "text/html": "<b>card</b>", "text/plain": "Card {}" });
  const later = { [show]: async () => ({ data: { "text/markdown": "*m*", "text/plain": "m" }, metadata: { a: 1 } }) };
  assert.deepEqual(await toBundle(later), { data: { "text/markdown": "*m*", "text/plain": "m" }, metadata: { a: 1 } });
});

test("a display method that fails or answers nonsense leaves the plain view and says why", async () => {
  for (const [method, reason] of [
    [() => { throw new Error("broken"); }, /failed with Error: broken/],
    [async () => { throw new Error("broken"); }, /failed with Error: broken/],
    [() => 5, /expected MIME types by name/],
  ] as const) {
    const text = String(await plain({ a: 1, [show]: method }));
    assert.match(text, /a: 1/);
    assert.match(text, reason);
  }
});

test("bytes of a picture are shown as that picture, told by their first bytes", async () => {
  const cases: [number[], string][] = [
    [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], "image/png"], [[0xff, 0xd8, 0xff, 0xe0], "image/jpeg"],
    [[...Buffer.from("GIF89a")], "image/gif"], [[...Buffer.from("RIFF....WEBP")], "image/webp"],
  ];
  for (const [bytes, type] of cases) {
    assert.equal((await toBundle(new Uint8Array(bytes))).data[type], Buffer.from(bytes).toString("base64"));
  }
  assert.deepEqual(Object.keys((await toBundle(new Uint8Array([1, 2, 3]))).data), ["text/plain"]);
});

test("elements of any document model are shown by their markup", async () => {
  class Element {
    get outerHTML() {
      return "<p>hi</p>";
    }
    getAttribute() {
      return null;
    }
  }
  assert.deepEqual((await toBundle(new Element())).data, { "text/html": "<p>hi</p>", "text/plain": "<p>hi</p>" });
});
