import assert from "node:assert/strict";
import { test } from "node:test";
import type { StudentAnswer, StudentQuestion } from "../../../kernel/session/contract.js";
import type { Check, Student, Teller, Verdict } from "../../../lessons/checks/contract.js";
import { defineCheck, runCheck } from "../../../lessons/checks/index.js";
import { messageOf } from "../../../lessons/checks/words.js";

/** A check worth 3 points around this body. */
const check = (run: (student: Student, t: Teller) => unknown): Check =>
  defineCheck({ id: "x", points: 3, title: { en: "X", zh: "甲" }, hints: [{ en: "a", zh: "甲" }, { en: "b", zh: "乙" }], wrong: [], run: run as Check["run"] });

/** The student's side, as answers by name: what a session says is data, so data stands in for it here. */
const side = (answers: Record<string, StudentAnswer>) => ({
  ask: (question: StudentQuestion): Promise<StudentAnswer> => Promise.resolve(answers[`${question.ask} ${question.name}`] ?? { status: "missing", message: "not defined" }),
});
const ok = (value: unknown): StudentAnswer => ({ status: "ok", value });
const meaning = { en: "Well done.", zh: "很好。" };
const summary = ({ status, points }: Verdict): string => `${status} ${points}`;

test("only the verdict that t.pass made passes: silence, other objects, and thrown values do not", async () => {
  const verdicts = await Promise.all([
    runCheck(check((_, t) => t.pass(meaning)), side({})),
    runCheck(check(() => undefined), side({})),
    runCheck(check(() => ({ status: "passed", points: 3, of: 3 })), side({})),
    runCheck(check((_, t) => void t.pass(meaning)), side({})),
    runCheck(check(() => true), side({})),
    runCheck(check(() => { throw new TypeError("x is undefined"); }), side({})),
    runCheck(check((_, t) => { throw t.pass(meaning); }), side({})),
  ]);
  assert.deepEqual(verdicts.map(summary), ["passed 3", "crashed 0", "crashed 0", "crashed 0", "crashed 0", "crashed 0", "crashed 0"]);
});

test("each way of not answering is a status of that name, and costs nothing but the points", async () => {
  for (const status of ["missing", "threw", "timeout", "too-large", "unsupported", "died"] as const) {
    const verdict = await runCheck(check(async (student, t) => {
      await student.call("f", []);
      return t.pass(meaning);
    }), side({ "call f": { status, message: "because" } }));
    assert.equal(summary(verdict), `${status} 0`);
    for (const language of ["en", "zh"] as const) assert.match(messageOf(verdict, language), /f/);
  }
});

test("a check that never ends is a timeout", async () => {
  assert.equal(summary(await runCheck(check(() => new Promise(() => {})), side({}), { time: 50 })), "timeout 0");
});

test("an untouched stub is not started, whatever its comments and blanks; a begun one is checked", async () => {
  const stub = { id: "x", source: "function f() {\n  // TODO: here\n  return NaN;\n}", names: ["f"] };
  const run = (answers: Record<string, StudentAnswer>) => runCheck(check((_, t) => t.pass(meaning)), side(answers), { stub });
  const translated = ok("function f() {\n\n  // 待完成\n  return NaN; }");
  assert.equal(summary(await run({ "source x": translated, "source f": translated })), "not-started 0");
  assert.equal(summary(await run({ "source x": ok("function f() {\n  return 1;\n}") })), "passed 3");
  assert.equal(summary(await run({ "source x": translated, "source f": ok("function f() { return 1; }") })), "passed 3", "solved in a cell of their own");
});

test("partial credit is the sum of the parts that hold, with the first reason; parts that do not add up are the check's fault", async () => {
  const parts = (worth: number) => check(async (_, t) => {
    await t.part(1, () => void t.number(1, { what: "a" }));
    await t.part(worth, () => void t.number("no", { what: "b" }));
    return t.pass(meaning);
  });
  const verdict = await runCheck(parts(2), side({}));
  assert.equal(summary(verdict), "failed 1");
  assert.match(messageOf(verdict, "en"), /^b is the text "no"\./);
  assert.equal(summary(await runCheck(parts(1), side({}))), "crashed 0");
});

/** What each assertion says when it fails, in both languages. */
const sentences: [name: string, body: (t: Teller) => unknown, en: RegExp, zh: RegExp][] = [
  ["number", (t) => t.number(undefined, { what: "f(1)" }), /^f\(1\) is nothing \(undefined\)\. It should be a finite number\. Is a return missing\?/, /^f\(1\) 是空的（undefined）。应该是一个有限的数。是不是漏了 return？/],
  ["close", (t) => t.close(2.5, 2.25, { what: "loss", tolerance: 0.01 }), /^loss is 2\.5\. It should agree with my own computation on the same input within 0\.01\./, /误差不超过 0\.01/],
  ["between", (t) => t.between(7, 0, 1, { what: "rate" }), /^rate is 7\. It should lie between 0 and 1\./, /应该在 0 和 1 之间/],
  ["finite", (t) => t.finite([[1, 2], [3, NaN]], { what: "w" }), /^w holds NaN at \[1, 1\]\./, /w 在 \[1, 1\] 处是 NaN/],
  ["shape", (t) => t.shape([[1], [2]], [null, 3], { what: "w" }), /^w is of shape \[2, 1\]\. Its shape should be \[n, 3\]\./, /形状应该是 \[n, 3\]/],
  ["allClose", (t) => t.allClose([1, 2, 9], [1, 2, 3], { what: "w" }), /^w: 1 of 3 numbers differ from mine, the first at \[2\], where it is 9\./, /第一个在 \[2\]/],
  ["equal", (t) => t.equal({ a: [1, 2] }, { a: [1, 3] }, { what: "rows" }), /^rows differs from mine at \.a\[1\]\./, /rows 在 \.a\[1\] 处/],
];

for (const [name, body, en, zh] of sentences) {
  test(`t.${name} says in both languages what it saw and what it expected, and not the answer`, async () => {
    const verdict = await runCheck(check((_, t) => [body(t), t.pass(meaning)][1]), side({}));
    assert.equal(verdict.status, "failed");
    assert.match(messageOf(verdict, "en"), en);
    assert.match(messageOf(verdict, "zh"), zh);
    assert.doesNotMatch(messageOf(verdict, "en"), /2\.25|\b3\b(?!\]| numbers)/);
  });
}

test("assertions accept arrays, typed arrays and tensors alike", async () => {
  const tensor = { kind: "tensor", dtype: "float32", shape: [2, 1], values: new Float32Array([1, 2]) };
  const verdict = await runCheck(check((_, t) => {
    t.allClose([1, 2], new Float32Array([1, 2]), { what: "a" });
    t.allClose(tensor, [[1], [2]], { what: "b" });
    t.shape(tensor, [2, null], { what: "c" });
    t.equal(new Map([["a", [1]]]), new Map([["a", [1]]]), { what: "d" });
    return t.pass(meaning);
  }), side({}));
  assert.equal(verdict.status, "passed", messageOf(verdict, "en"));
});
