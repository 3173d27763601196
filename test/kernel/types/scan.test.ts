import assert from "node:assert/strict";
import { test } from "node:test";
import { declaredNames, enclosingCall, identifierStart, mask } from "../../../kernel/types/scan.js";

const declared = (source: string): string[] => [...declaredNames(source)].sort();

test("names that unfinished code declares are found", () => {
  assert.deepEqual(declared("const a = 1, b = f(2, 3); let c\nvar d; c."), ["a", "b", "c", "d"]);
  assert.deepEqual(declared("const { a, b: c, ...d } = x; const [e, [f]] = y"), ["a", "c", "d", "e", "f"]);
  assert.deepEqual(declared("async function f(x) {} class C<T> {} enum E {} interface I {} type T = 1; namespace N {}"), ["C", "E", "I", "N", "T", "f"]);
  assert.deepEqual(declared('import a, { b as c, type D } from "x"\nimport * as e from "y"'), ["D", "a", "c", "e"].sort());
});

test("names inside functions, texts and comments are not the cell's", () => {
  assert.deepEqual(declared("function f() { const inner = 1; in"), ["f"]);
  assert.deepEqual(declared("// const a = 1\n/* let b */ 'const c = 1'; `let d = ${'const e'}`"), []);
});

test("texts and comments are blanked, code inside a template is not", () => {
  const source = "f('a(', `b ${c} d`) // e";
  const { code, strings } = mask(source);
  assert.equal(code.length, source.length);
  assert.equal(code.replace(/\s+/g, " ").trim(), "f(' ', ` ${c} `)");
  assert.deepEqual(strings, [{ start: 3, end: 5, quote: "'" }]);
});

test("the call around an offset is found through nested brackets, and a condition is no call", () => {
  const at = (marked: string) => enclosingCall(marked.replace("|", ""), marked.indexOf("|"));
  assert.equal(at("tf.tensor([1, 2], |"), "tf.tensor".length);
  assert.equal(at("f(g(1), [|"), "f".length);
  assert.equal(at("f<number>(|"), "f".length);
  assert.equal(at("if (|"), undefined);
  assert.equal(at("f('(') + |"), undefined);
});

test("an identifier may hold any letter", () => assert.equal(identifierStart("a + größe", 9), 4));
