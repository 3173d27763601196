import assert from "node:assert/strict";
import { test } from "node:test";
import * as data from "../../../../kernel/helpers/data/index.js";
import { chooseBands } from "../../../../kernel/helpers/data/duplicates/bands.js";

test("rows are equal only with equal types, and missing equals missing", () => {
  const rows = [{ a: 1, b: null }, { a: "1", b: null }, { a: 1, b: undefined }, { a: 1, b: "" }, { a: 1, b: Number.NaN }];
  assert.deepEqual(data.duplicates(rows).groups, [[0, 2, 4]]);
  assert.deepEqual(data.duplicates([{ d: new Date(5) }, { d: new Date(5) }]).count, 1);
  assert.deepEqual(data.duplicates(rows, { columns: ["b"] }).count, 3);
  assert.equal(data.duplicates(data.table(rows.map(({ a }) => ({ a: String(a) }))).filter((row) => row.a === "1")).unique.numRows(), 1, "of a filtered table only what is seen");
});

test("the estimated similarity lies within its standard error of the exact one: no bias over many sets, few beyond 3 errors", () => {
  const draw = data.random(1);
  for (const hashes of [64, 256]) {
    let off = 0;
    let far = 0;
    const rounds = 200;
    for (let round = 0; round < rounds; round++) {
      const size = draw.integer(20, 300);
      const shared = draw.integer(1, size);
      const a = new Set(Array.from({ length: size }, (_, at) => `w${round} ${at}`));
      const b = new Set(Array.from({ length: size }, (_, at) => `w${round} ${at + size - shared}`));
      const exact = data.jaccard(a, b);
      const estimate = data.minHashSimilarity(data.minHash(a, { hashes, seed: round }), data.minHash(b, { hashes, seed: round }));
      const error = Math.sqrt((exact * (1 - exact)) / hashes);
      off += (estimate - exact) / (error || 1);
      if (Math.abs(estimate - exact) > 3 * error + 1e-9) far += 1;
    }
    assert.ok(Math.abs(off / Math.sqrt(rounds)) < 3, `bias of ${off / rounds} standard errors`);
    assert.ok(far <= 4, `${far} of ${rounds} beyond 3 standard errors`);
  }
});

test("bands are chosen as datasketch chooses them (equal weights, 128 numbers)", () => {
  for (const [threshold, bands, rows] of [[0.5, 25, 5], [0.8, 9, 13], [0.9, 5, 25]] as const) assert.deepEqual(chooseBands(128, threshold, 0.5), { bands, rows });
});

test("planted near duplicates are found with the promised recall, and every pair found is one", () => {
  const draw = data.random(12);
  const words = Array.from({ length: 400 }, (_, at) => `word${at}`);
  const sentence = () => Array.from({ length: 40 }, () => words[draw.integer(0, 399)]!);
  const texts: string[] = [];
  for (let at = 0; at < 150; at++) {
    const one = sentence();
    const other = [...one];
    other[draw.integer(0, 39)] = "changed";
    texts.push(one.join(" "), other.join(" "));
  }
  for (let at = 0; at < 200; at++) texts.push(sentence().join(" "));
  const { pairs, recall, compared } = data.nearDuplicates(texts, { threshold: 0.8, seed: 2 });
  const truth = texts.slice(0, 300).flatMap((_, at) => (at % 2 === 0 && data.jaccard(data.shingles(texts[at]!), data.shingles(texts[at + 1]!)) >= 0.8 ? [at] : []));
  assert.ok(truth.length > 100, String(truth.length));
  assert.ok(pairs.every(({ a, b, similarity }) => b === a + 1 && a % 2 === 0 && similarity >= 0.8));
  assert.ok(recall > 0.75 && pairs.length / truth.length >= recall, `${pairs.length} of ${truth.length}, ${recall}`);
  assert.ok(compared < 2000, `${compared} of 124,750 pairs`);
});

test("near duplicates of rows and of Chinese texts are found, and mixed input is named", () => {
  const texts = ["今天天气很好，我们去公园散步吧", "今天天气很好，我们去公园散步", "完全不同的一句话在这里"];
  assert.deepEqual(data.nearDuplicates(texts, { shingle: 2, threshold: 0.7 }).groups, [[0, 1]]);
  const houses = [{ street: "12 Main Street, Springfield", price: 100 }, { street: "99 Oak Avenue, Shelbyville", price: 5 }, { street: "12 Main Stret, Springfield", price: 100 }];
  assert.deepEqual(data.nearDuplicates(houses, { threshold: 0.6, shingle: 3 }).groups, [[0, 2]]);
  assert.throws(() => data.nearDuplicates([{ a: 1 }, "x"] as object[]), /expected a record in row 1 like in the others, got "x"/);
  assert.throws(() => data.nearDuplicates(texts, { threshold: 1 }), /expected threshold above 0 and below 1, got 1/);
});

test("rows of numbers that almost agree are all found: the same as comparing each with each", () => {
  const draw = data.random(6);
  const rows = Array.from({ length: 120 }, () => ({ x: draw.integer(0, 12) + draw.normal() * 0.1, y: draw.integer(0, 12) + draw.normal() * 0.1 }));
  const deviation = (name: "x" | "y") => {
    const mean = rows.reduce((sum, row) => sum + row[name], 0) / rows.length;
    return Math.sqrt(rows.reduce((sum, row) => sum + (row[name] - mean) ** 2, 0) / (rows.length - 1));
  };
  const [dx, dy] = [deviation("x"), deviation("y")];
  const near = rows.flatMap((a, i) => rows.flatMap((b, j) => (i < j && Math.abs(a.x - b.x) / dx <= 0.05 && Math.abs(a.y - b.y) / dy <= 0.05 ? [`${i}-${j}`] : [])));
  const found = data.nearRows(rows, { tolerance: 0.05 }).pairs.map(({ a, b }) => `${a}-${b}`);
  assert.ok(near.length > 10);
  assert.deepEqual([...found].sort(), [...near].sort());
});
