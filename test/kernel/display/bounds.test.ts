import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect, toBundle } from "../../../kernel/display/index.js";

const limit = 2_000_000;
const size = async (value: unknown) => JSON.stringify(await toBundle(value)).length;

test("however large a value is, what is shown of it stays below 2 MB", async () => {
  const wide = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`key${i}`, i]));
  let deep: unknown = 1;
  for (let i = 0; i < 20_000; i++) deep = i % 2 ? [deep] : { deep };
  const dag: unknown[] = [];
  let level: unknown = "leaf";
  for (let i = 0; i < 60; i++) level = [level, level];
  dag.push(level);
  const values = [
    "x".repeat(20_000_000), 10n ** 20_000n, wide, deep, dag, Array.from({ length: 1_000_000 }, (_, i) => i),
    Array.from({ length: 3000 }, () => "y".repeat(20_000)), new Map(Array.from({ length: 100_000 }, (_, i) => [{ i }, "z".repeat(500)])),
    new Float64Array(2_000_000), Array.from({ length: 300_000 }, (_, i) => ({ a: i, b: "w".repeat(50), c: null })),
    Array.from({ length: 50 }, () => Object.fromEntries(Array.from({ length: 1500 }, (_, i) => ["n".repeat(300) + i, "v".repeat(5000)]))),
    new Error("m".repeat(5_000_000)), { ["k".repeat(5_000_000)]: 1 }, new Map([["k".repeat(5_000_000), 1]]), Symbol("s".repeat(5_000_000)),
    new RegExp("r".repeat(100_000)), Object.defineProperty(() => 1, "name", { value: "n".repeat(5_000_000) }),
    { data: new Uint8ClampedArray(1500 * 1500 * 4).map((_, i) => (i * 2654435761) >>> 13), width: 1500, height: 1500 },
    new (named("C".repeat(5_000_000)))(),
  ];
  for (const [i, value] of values.entries()) {
    const start = performance.now();
    assert.ok((await size(value)) < limit, `value ${i}`);
    assert.ok(performance.now() - start < 10_000, `value ${i} took too long`);
  }
});

test("without Node's help, too, text reads as Node writes it and a circle is named", () => {
  const ring: Record<string, unknown> = { list: [1, "two"], f() {}, get x() { return 1; } };
  ring.self = ring;
  assert.deepEqual(inspect(ring), { text: "{ list: [ 1, 'two' ], f: [Function: f], x: [Getter], self: [Circular] }", truncated: false });
});

test("random nested values never fail to be shown, and always have a text", async () => {
  const random = generator(7);
  for (let i = 0; i < 200; i++) {
    const value = randomValue(random, 6);
    const { data } = await toBundle(value);
    assert.equal(typeof data["text/plain"], "string");
    assert.ok(JSON.stringify(data).length < limit);
    assert.ok(inspect(value).text.length < limit);
  }
});

test("objects that fight back are shown as far as they allow", async () => {
  const no = () => {
    throw new Error("trap");
  };
  const hostile = [
    new Proxy({}, { get: no, has: no, ownKeys: no, getOwnPropertyDescriptor: no, getPrototypeOf: no }),
    new Proxy([], { get: no, ownKeys: no, getOwnPropertyDescriptor: no, getPrototypeOf: no }),
    new Proxy(() => 1, { apply: no, get: no, getPrototypeOf: no }),
    new Proxy({}, { getPrototypeOf: () => new Proxy({}, { getPrototypeOf: no }) }),
    Object.create({ get [Symbol.toStringTag]() { return no(); } }),
    Object.assign(new Error("e"), { toString: no }), { toJSON: no, toString: no, valueOf: no, [Symbol.toPrimitive]: no },
    { shape: [2], dtype: "float32", dataSync: no }, { layers: [1], countParams: no, predict: no }, { data: [{ type: "bar" }], layout: {} },
    { data: [{ type: "scatter", x: 5, y: { a: 1 } }], layout: { xaxis: 7 } }, { columns: { a: [1], b: [1, 2] } },
    Object.setPrototypeOf(new Map(), null), Object.setPrototypeOf(new Date(), null), Object.setPrototypeOf([1, 2], null), Object.setPrototypeOf(function f() {}, null),
  ];
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  for (const value of [...hostile, revoked.proxy, hostile]) assert.equal(typeof (await toBundle(value)).data["text/plain"], "string");
});

const named = (name: string) => Object.defineProperty(class {}, "name", { value: name });

function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

function randomValue(random: () => number, depth: number): unknown {
  const pick = Math.floor(random() * (depth > 0 ? 20 : 11));
  const many = () => Array.from({ length: Math.floor(random() ** 3 * 30) }, () => randomValue(random, depth - 1));
  const text = () => String.fromCharCode(...Array.from({ length: Math.floor(random() * 20) }, () => Math.floor(random() * 65536)));
  const leaves = [() => null, () => undefined, () => random() * 10 ** Math.floor(random() * 40 - 20), text, () => random() > 0.5, () => NaN, () => BigInt(Math.floor(random() * 1e9)),
    () => Symbol(text()), () => new Date(random() * 1e13), () => new Float32Array(Math.floor(random() * 50)), () => new Error(text())];
  if (pick < 11) return leaves[pick]();
  if (pick < 14) return many();
  if (pick < 17) return Object.fromEntries(many().map((v) => [text(), v]));
  if (pick === 17) return new Map(many().map((v) => [randomValue(random, 0), v]));
  if (pick === 18) return new Set(many());
  return Array.from({ length: Math.floor(random() * 6) + 1 }, () => ({ a: randomValue(random, depth - 1), [text()]: randomValue(random, 0) }));
}
