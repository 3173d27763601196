import assert from "node:assert/strict";
import { test } from "node:test";
import { CodecError, decode, encode, isFunctionMark, type CodecProblem } from "../../../lessons/checks/codec.js";
import { askTensor } from "../../../lessons/checks/index.js";

const round = (value: unknown): unknown => decode(encode(value));
const refuses = (action: () => unknown, problem: CodecProblem, words: RegExp): void =>
  assert.throws(action, (error: Error) => error instanceof CodecError && error.problem === problem && words.test(error.message) ? true : assert.fail(`${error}`));

test("every kind of plain value arrives as it left", () => {
  const values = [
    null, undefined, true, "", "中文 \u0000 \ud83d\ude00 \ud800", 0, -0, 1.5, NaN, Infinity, -Infinity, 2n ** 70n, -1n,
    [1, [2, undefined]], { a: 1, "key with space": { b: null } }, new Map<unknown, unknown>([[1, "a"], [{ k: 1 }, [2]]]), new Set([1, "1"]),
    new Date(86_400_000), new Float32Array([1, NaN]), new Uint8Array([0, 255]), new BigInt64Array([-1n]), new Float64Array(0),
  ];
  for (const value of values) assert.deepStrictEqual(round(value), value);
  assert.ok(Number.isNaN((round(new Date(NaN)) as Date).getTime()));
});

test("a part of a typed array sends that part only", () => {
  const whole = new Float32Array([1, 2, 3, 4]);
  assert.deepStrictEqual(round(whole.subarray(1, 3)), new Float32Array([2, 3]));
});

test("a tensor arrives with its shape, type and values", () => {
  assert.deepStrictEqual(round(askTensor([1, 2, 3, 4, 5, 6], [2, 3])), { kind: "tensor", dtype: "float32", shape: [2, 3], values: new Float32Array([1, 2, 3, 4, 5, 6]) });
  const words = { dtype: "string", shape: [2], dataSync: () => ["a", "b"] };
  assert.deepStrictEqual(round(words), { kind: "tensor", dtype: "string", shape: [2], values: ["a", "b"] });
});

test("a function arrives as its name, and an object cannot pretend to be one", () => {
  const model = round({ predict: (x: number) => x, fake: { kind: "function", name: "predict" } }) as { predict: unknown; fake: unknown };
  assert.deepEqual([isFunctionMark(model.predict), isFunctionMark(model.fake)], [true, false]);
});

test("what cannot cross is refused by its place", () => {
  const cyclic: Record<string, unknown> = { list: [] };
  (cyclic["list"] as unknown[]).push(cyclic);
  refuses(() => encode(cyclic), "cycle", /^value\.list\[0\] refers back to value$/);
  refuses(() => encode({ loss: Promise.resolve(1) }), "unsupported", /value\.loss is a promise: is an await missing\?/);
  refuses(() => encode([Symbol("x")]), "unsupported", /value\[0\] is a symbol/);
  refuses(() => encode({ pattern: /x/ }), "unsupported", /value\.pattern is a RegExp/);
  refuses(() => encode({ ["__proto__"]: 1 }), "unsupported", /__proto__/);
  refuses(() => encode("x".repeat(101), { size: 100 }), "too-large", /larger|longer/);
  refuses(() => encode(new Float64Array(1e6), { size: 1e6 }), "too-large", /larger/);
  refuses(() => encode(new Array(1e9), { size: 1e5 }), "too-large", /larger/);
  let deep: unknown = 1;
  for (let level = 0; level < 1000; level++) deep = [deep];
  refuses(() => encode(deep), "too-deep", /deeper than 64/);
});

test("the same object twice is no cycle", () => {
  const shared = { x: 1 };
  assert.deepStrictEqual(round([shared, shared]), [{ x: 1 }, { x: 1 }]);
});

test("text that no encoder wrote is refused, and changes no prototype", () => {
  const hostile = [
    "", "{", "{}", '{"__proto__":{"passed":true}}', '["{","__proto__",["{","passed",true]]', '["{","constructor"]', '["{",1,2]', '["?"]', "[]", "[[]]", '["constructor"]',
    '["toString"]', '["__proto__"]', '["n","7"]', '["n"]', '["i","0x1"]', `["i","${"9".repeat(10_001)}"]`, '["d","now"]', '["m",1]', '["b","float32","AAA="]', '["b","float33",""]', '["b","uint8","****"]',
    '["t","float32",[2],"AAAA"]', '["t","float32",[-1],""]', '["t","float32",[1e300,1e300],""]', '["t","float32",{"length":1},""]', '["t","constructor",[0],""]', '["t","string",[2],["a",1]]', '["e","E"]', '["f",{}]', '["u",1]',
    "[".repeat(100_000), `${'["[",'.repeat(5000)}1${"]".repeat(5000)}`,
  ];
  for (const text of hostile) assert.throws(() => decode(text), CodecError, text.slice(0, 60));
  assert.equal(({} as { passed?: unknown }).passed, undefined);
  for (const value of [undefined, null, 7, {}, ["u"]]) assert.throws(() => decode(value), CodecError);
  refuses(() => decode(`"${"x".repeat(200)}"`, { size: 100 }), "too-large", /at most 100/);
});

test("10,000 damaged texts are either refused or read, and never end otherwise", () => {
  const seeds = [{ a: [1, -0, NaN, { b: "x" }], m: new Map([[1, 2n]]), t: askTensor([1, 2], [2]) }, [new Date(5), new Set(["q"]), new Uint8Array([1, 2, 3])]].map((value) => encode(value));
  const alphabet = '[]{}",:0123456789-+eEtfnulbsmid\\u_ AZ=/';
  let state = 12345;
  const random = (below: number): number => ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) % below);
  let read = 0;
  for (let round = 0; round < 10_000; round++) {
    let text = seeds[round % seeds.length]!;
    for (let edits = 1 + random(4); edits > 0; edits--) {
      const at = random(text.length);
      const kind = random(3);
      text = text.slice(0, at) + (kind === 0 ? "" : alphabet[random(alphabet.length)]!) + text.slice(kind === 2 ? at : at + 1);
    }
    try {
      decode(text);
      read++;
    } catch (error) {
      assert.ok(error instanceof CodecError, `${text}: ${error}`);
    }
  }
  assert.ok(read > 100 && read < 9000, `${read} of 10,000 were still readable`);
});
