import assert from "node:assert/strict";
import { test } from "node:test";
import { CellSyntaxError, compileCell } from "../../../kernel/cell/index.js";
import { lower } from "../../../kernel/cell/node/lower.js";

/** The cell, with ‸ where the error is reported; its message. */
const errors: [string, string | RegExp][] = [
  ["let a = 1\nlet ‸a = 2", "'a' is declared twice in this cell"],
  ["const a: number = 1; function ‸a() {}", "'a' is declared twice in this cell"],
  ["let x: Array<number> = [1], y = 2, ‸x = 3", "'x' is declared twice in this cell"],
  ["import a from 'b'\nclass ‸a {}", "'a' is declared twice in this cell"],
  ["const x = (1 +‸", "The cell ends too early"],
  ["x = ‸= 2", "Unexpected '='"],
  ["let ‸1a", /^Unexpected '1a'/],
  ["let ok = 1\n‸)", "Unexpected ')'"],
  ["'\u{1d4b3}\u{1d4b3}'; a ‸b", "Unexpected 'b', expected ';'"],
  ["let one = 1\r\nlet two = ‸;", "Unexpected ';'"],
  ["const f = (x: number) => {\n  return x +\n‸}", "Unexpected '}'"],
  ["xs.map(async <T,>(x: T): Promise<T> => {\n  let y = ‸)\n})", "Unexpected ')'"],
  ["if (a < b && c > d ‸{", "Unexpected '{', expected ')'"],
  ["let s = ‸'abc\nlet t", "This string is not closed on its line"],
  ["let ok = 1 /* a */\n‸return ok", "'return' can only stand inside a function"],
  ["interface A { b: string }\ntype B = A;\nlet v: B = {} as B; ‸v++ = 1", /assign/i],
  ["const ‸undefined = 1", "'undefined' is a value of the language and cannot be declared: choose another name"],
  ["let ‸__lyceum__ = 1", "'__lyceum__' belongs to the notebook and cannot be declared: choose another name"],
  ["enum E { A }\nfunction f(a: number, ‸a: number) {}", /^Argument name clash|declared twice/],
  ["class A {\n  @dec m() {}\n}\nlet q = 1; let ‸q = 2", /already been declared|declared twice/],
  ["let v: number = 1; { let k: string; let ‸k }", "'k' is declared twice in this cell"],
];

for (const [marked, message] of errors) {
  test(`The error in ${JSON.stringify(marked)} is found at its place and told in plain words.`, () => {
    const offset = marked.indexOf("‸");
    const source = marked.replace("‸", "");
    assert.throws(() => compileCell(source, { lower }), (error) => {
      assert.ok(error instanceof CellSyntaxError, String(error));
      const before = source.slice(0, offset).split(/\r\n|\n/);
      assert.deepEqual({ line: error.line, column: error.column, offset: error.offset }, { line: before.length, column: before.at(-1)!.length, offset });
      if (typeof message === "string") assert.equal(error.message, message);
      else assert.match(error.message, message);
      return true;
    });
  });
}

test("Without a translator, what needs one is refused by name and place.", () => {
  assert.throws(() => compileCell("let a = 1\nnamespace N { export const b = 1 }"), { name: "SyntaxError", line: 2, column: 0, message: /'namespace' cannot run here/ });
  assert.throws(() => compileCell("@dec class A {}"), { message: /'decorator' cannot run here/ });
});
