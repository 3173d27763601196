import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { explain } from "../../../kernel/types/index.js";
import { explanations } from "../../../kernel/types/explanations.js";
import { openNotebook, type Notebook } from "./notebook.js";

/** A learner's mistake, the number the compiler gives it, and words that must be in ours. */
const mistakes: [source: string, code: number, words: RegExp][] = [
  ["elsewhere + 1", 2304, /^Nothing is called elsewhere/],
  ["const total = 1; totl", 2552, /^Nothing is called totl/],
  ["const n: number = 'a'", 2322, /string does not fit where number/],
  ["[1].lenght", 2551, /lenght is not a property of this value; length is/],
  ["({ a: 1 }).b", 2339, /has no b/],
  ["Math.sqrt('4')", 2345, /wants number here and gets string/],
  ["Math.sqrt()", 2554, /takes 1 argument\(s\) and gets 0/],
  ["const c = 1; c = 2", 2588, /^c is fixed/],
  ["const m = Math.random() > 2 ? null : 'a'; m.length", 18047, /^m may be missing/],
  ["const m = [1].find(Boolean); m.toFixed()", 18048, /^m may be missing/],
  ["/a/.exec('b').length", 2531, /^This value may be missing/],
  ["const a = [1, 2", 1005, /never closed. Add \]/],
  ["f(1 2)", 1005, /comma between items/],
  ["const s = 'abc", 1002, /closing quote/],
  ["const s = `abc", 1160, /closing backtick/],
  ["const a = ;", 1109, /A value is missing/],
  ["const f = () => { return 1 }}", 1128, /one closing bracket too many/],
  ["const a = 2b", 1351, /cannot begin with a digit/],
  ["const o = 1;\no.", 1003, /name of a property/],
  ["const k: number", 1155, /needs its value at once/],
  ["const s = “a”", 1127, /curly quotes/],
  ["function f(x) { return x }", 7006, /parameter x has no type/],
  ["import a from './none.ts'", 2307, /no file \.\/none\.ts/],
  ["import a from 'none-such'", 2307, /npm install none-such$/],
  ["import a from '@none/such/part'", 2307, /npm install @none\/such$/],
  ["import { nothing } from 'node:fs'", 2305, /fs does not offer/],
  ["const a = 1; const a = 2", 2451, /defines a twice/],
  ["true + 1", 2365, /^\+ cannot combine a boolean with a number/],
  ["'a' * 2", 2362, /needs numbers on both sides/],
  ["2 * 'a'", 2363, /needs numbers on both sides/],
  ["if ((1 as number) === ('a' as string)) {}", 2367, /never be equal/],
  ["[1].concat('a')", 2769, /No version of this function/],
  ["const p: { x: number; y: number } = { x: 1 }", 2741, /lacks the property y/],
  ["const p: { x: number; y: number; z: number } = { x: 1 }", 2739, /demands: y, z/],
  ["const p: number[] = {}", 2740, /demands: length, pop/],
  ["const p: { x: number } = { x: 1, why: 2 }", 2353, /have no why/],
  ["function f() { await 1 }", 1308, /Write async before it/],
  ["1, 2", 2695, /left of the comma/],
  ["early; const early = 1", 2448, /used above the line/],
  ["let late: number; late + 1", 2454, /may still have no value/],
  ["function f(): number {}", 2355, /promises a value/],
  ["function f(x: number): number { if (x) return 1 }", 2366, /promises a value/],
  ["(1)()", 2349, /not a function/],
  ["class A {} A()", 2348, /with new/],
  ["for (const x of 5) {}", 2488, /Only lists/],
  ["const pair: [number, number] = [1, 2]; pair[2]", 2493, /begin at 0/],
  ["document.title", 2584, /exists in web pages/],
  ["interface I {} const i = I", 2693, /^I is a type/],
  ["const v = 1; const w: v = 1", 2749, /typeof v/],
  ["class A { n: number }", 2564, /n has no value/],
  ["const o = { a: 1 }; const k: string = 'a'; o[k]", 7053, /key is not known/],
  ["(JSON.parse('1') as unknown).a", 2571, /Nothing is known/],
  ["return 1", 1108, /last expression is the result/],
  ["const n: number = Promise.resolve(1)", 2322, /promise of number.*await/],
  ["Promise.resolve('a').length", 2339, /still a promise/],
  ["const n: number = tf.scalar(1)", 2322, /tensor stands where number/],
  ["tf.tensor([1]) + 1", 2365, /^\+ cannot combine/],
  ["tf.scalar(1) * 2", 2362, /a\.mul\(b\)/],
  ["const t: tf.Tensor2D = tf.tensor([1]).sum() as tf.Tensor", 2322, /number of dimensions/],
  ["const t: tf.Tensor = 1", 2322, /tf\.scalar/],
];

let book: Notebook;
before(() => (book = openNotebook()));
after(() => book.close());

for (const [source, code, words] of mistakes) {
  test(`the mistake ${JSON.stringify(source)} is told in plain words`, async () => {
    // Facts by hand: the cell's own analysis refuses some of these texts before the type service sees them.
    const facts = { declares: [], references: source.includes("tf.") ? ["tf"] : [], imports: [], noCheck: false };
    const [found] = await book.types.check({ source, facts });
    assert.equal(found?.code, code, found?.message);
    assert.match(found!.plain ?? "nothing", words);
    const chinese = explain(code, found!.message, "zh");
    assert.match(chinese!, /[\u4e00-\u9fff]/);
    for (const text of [found!.plain!, chinese!]) {
      assert.doesNotMatch(text, /\{\d\}/);
      assert.ok(text.length < 180, text);
    }
  });
}

test("every explanation has at most two sentences in both languages, and both name the same things", () => {
  for (const { en, zh } of explanations) {
    assert.ok(en.split(/[.?!](?= [A-Z]|$)/).filter(Boolean).length <= 2, en);
    assert.ok(zh.split("。").filter(Boolean).length <= 2, zh);
    assert.deepEqual(new Set(zh.match(/\{\d\}/g)), new Set(en.match(/\{\d\}/g)), en);
  }
});

test("an error without better words has none", () => assert.equal(explain(99999, "Something else.", "en"), undefined));
