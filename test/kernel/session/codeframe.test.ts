import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { codeFrame } from "../../../kernel/session/codeframe.js";

const frame = (source: string, line: number, column: number, length?: number): string[] =>
  codeFrame({ label: "Cell [1]", source, line, column, length }, (n) => `line ${n}`).map(stripVTControlCharacters);

test("A code frame shows two lines before, one after, and marks the place", () => {
  assert.deepEqual(frame("a\nb\nc\ndef ghi\ne\nf", 4, 5, 3), ["Cell [1], line 4", "  2 | b", "  3 | c", "> 4 | def ghi", "    |     ^^^", "  5 | e"]);
});

test("The mark stands right after tabs and wide characters, and stays within the line", () => {
  assert.equal(frame("\tx", 1, 2)[2], "    | \t^");
  assert.equal(frame("'梯度' + y", 1, 8)[2], "    |          ^");
  assert.equal(frame("abc", 1, 2, 500)[2], "    |  ^^");
});

test("A place outside the text gives its line only", () => {
  assert.deepEqual(frame("a", 9, 1), ["Cell [1], line 9"]);
});
