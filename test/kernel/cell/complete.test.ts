import assert from "node:assert/strict";
import { test } from "node:test";
import { isComplete } from "../../../kernel/cell/index.js";

const incomplete: [string, string][] = [
  ["function f() {", "  "], ["x = ", "  "], ["foo(", "  "], ["foo(1,\n", "  "], ["[1, 2", "  "], ["`abc", ""], ["`abc ${1", "  "], ["/* note", ""], ["if (x)", "  "],
  ["class A {\n  m() {", "    "], ["for (const x of [1]) {", "  "], ["a +", "  "], ["a.", "  "], ["const f = (a: number) =>", "  "], ["let x: ", "  "], ["interface A {", "  "],
  ["type A = ", "  "], ["import { a", "  "], ["import { a } from", "  "], ["const el = <div>", "  "], ["@dec", "  "], ["try {\n}", "  "], ["switch (a) {\n  case 1:", "  "],
  ["const o = {\n  a: [", "    "], ["enum E { A,", "  "], ["while (true", "  "], ["async function f(", "  "], ["await", "  "], ["namespace N {", "  "], ["do {\n} while (", "  "], ["const a", "  "], ["xs.map((x: number): number => {", "  "], ["fit(1, {\n  each: (x: number) => {", "    "], ["foo<A>(", "  "],
];
for (const [text, indent] of incomplete) {
  test(`${JSON.stringify(text)} waits for more, indented by ${indent.length}.`, () => assert.deepEqual(isComplete(text), { status: "incomplete", indent }));
}

const invalid = ["let 1a", ")", "let a; let a", "foo(]", "'abc", "x = = 2", "return 1", "a b", "class { }", "let x = 1;\n}", "break", "1 = 2", "/abc", "let undefined = 1", "function f() { } }", "{ a: }"];
for (const text of invalid) test(`${JSON.stringify(text)} is invalid: no further line can save it.`, () => assert.deepEqual(isComplete(text), { status: "invalid" }));

const complete = ["", "  \n", "// note", "1", "let x = 1", "function f() {}", "{ a: 1, b: 2 }", "if (x) { }", "`a ${1} b`", "const f = <T,>(x: T) => x", "@dec class A {}", "namespace N {}",
  "using a = b", "{ using a = b }", "<div/>", "import a from 'b'", "let 变量 = 1", "await x", "class A { accessor b = 1 }"];
for (const text of complete) test(`${JSON.stringify(text)} is complete.`, () => assert.deepEqual(isComplete(text), { status: "complete" }));
