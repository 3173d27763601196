import assert from "node:assert/strict";
import { test } from "node:test";
import { splitMix64 } from "../../../../kernel/helpers/data/generator.js";
import { random } from "../../../../kernel/helpers/data/random.js";

const seeds = Array.from({ length: 10_000 }, (_, seed) => seed);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Pearson's statistic over twenty equal bins: 43.8 is passed once in a thousand. */
function unevenness(values: readonly number[]): number {
  const counts = new Array<number>(20).fill(0);
  for (const value of values) counts[Math.floor(value * 20)]! += 1;
  const expected = values.length / 20;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (x: readonly number[], y: readonly number[], mx: number, my: number): number => x.reduce((sum, value, at) => sum + (value - mx) * (y[at]! - my), 0);
  return product(a, b, meanA, meanB) / Math.sqrt(product(a, a, meanA, meanA) * product(b, b, meanB, meanB));
}

test("SplitMix64 gives the numbers of its reference program", () => {
  const next = splitMix64(1234567n);
  assert.deepEqual([next(), next(), next()], [6457827717110365317n, 3203168211198807973n, 9817491932198370423n]);
});

test("the first numbers of ten thousand small seeds are spread evenly, and seeds side by side have nothing in common", () => {
  const draws = seeds.map((seed) => {
    const { uniform } = random(seed);
    return [uniform(), uniform(), uniform()] as const;
  });
  for (const at of [0, 1, 2] as const) {
    const values = draws.map((draw) => draw[at]);
    assert.ok(unevenness(values) < 43.8, `draw ${at}: ${unevenness(values)}`);
    for (const apart of [1, 2, 16]) assert.ok(Math.abs(correlation(values.slice(apart), values.slice(0, -apart))) < 0.04, `draw ${at}, seeds ${apart} apart`);
  }
  assert.ok(Math.abs(correlation(draws.map(([first]) => first), draws.map(([, second]) => second))) < 0.04);
});

test("the first normal number of each seed is standard normal", () => {
  const values = seeds.map((seed) => random(seed).normal());
  assert.ok(Math.abs(mean(values)) < 0.04, `${mean(values)}`);
  assert.ok(Math.abs(mean(values.map((value) => value ** 2)) - 1) < 0.06);
  for (const [limit, share] of [[1, 0.6827], [2, 0.9545]] as const) assert.ok(Math.abs(mean(values.map((value) => Number(Math.abs(value) < limit))) - share) < 0.02, `${limit}`);
});

test("a seed gives the same numbers each time, negative and large seeds too", () => {
  for (const seed of [0, -1, 42, 2 ** 31, Number.MAX_SAFE_INTEGER]) assert.deepEqual([random(seed).uniform(), random(seed).integer(1, 1000)], [random(seed).uniform(), random(seed).integer(1, 1000)]);
  const firsts = [0, -1, 1, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER].map((seed) => random(seed).uniform());
  assert.equal(new Set(firsts).size, firsts.length);
  assert.throws(() => random(0.5), /expected an integer seed, got 0.5/);
});
