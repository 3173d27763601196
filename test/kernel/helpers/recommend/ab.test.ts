import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../../../kernel/helpers/data/random.js";
import { abTest } from "../../../../kernel/helpers/recommend/index.js";

const near = (actual: number, expected: number, within: number) => assert.ok(Math.abs(actual - expected) <= within, `expected ${expected}, got ${actual}`);
const draw = random(11);
const normals = (n: number, mean = 0) => Array.from({ length: n }, () => mean + draw.normal());

test("a test of anything but two variants is refused, and says which it got", () => {
  const one = { control: [1, 2] };
  for (const ask of [() => abTest.means(one), () => abTest.bootstrap(one), () => abTest.alwaysValid(one, { tau: 1 }), () => abTest.cuped({ control: { metric: [1, 2], before: [1, 2] } }), () => abTest.proportions({ control: { successes: 1, trials: 2 } })])
    assert.throws(ask, /expected two variants, got 1 \(control\)/);
  assert.throws(() => abTest.means({ a: [1, 2], b: [1, 2], c: [1, 2] }), /expected two variants, got 3 \(a, b, c\)/);
  assert.throws(() => abTest.sampleRatio({ a: 5 }), /expected at least two variants, got 1 \(a\)/);
});

test("NaN, empty lists and impossible counts are refused by name", () => {
  assert.throws(() => abTest.means({ a: [1, 2], b: [1, Number.NaN] }), /expected finite numbers in b, got NaN at index 1/);
  assert.throws(() => abTest.means({ a: [1], b: [1, 2] }), /expected at least 2 numbers in a, got 1/);
  assert.throws(() => abTest.proportions({ a: { successes: 11, trials: 10 }, b: { successes: 1, trials: 10 } }), /expected successes of a from 0 to trials = 10, got 11/);
  assert.throws(() => abTest.proportions({ a: { successes: 0, trials: 0 }, b: { successes: 1, trials: 10 } }), /expected trials of a to be a whole number >= 1, got 0/);
  assert.throws(() => abTest.cuped({ a: { metric: [1, 2, 3], before: [1, 2] }, b: { metric: [1, 2], before: [1, 2] } }), /expected before of length 3 like metric, got 2/);
  assert.throws(() => abTest.cuped({ a: { metric: [1, 2], before: [1, 1] }, b: { metric: [1, 2], before: [1, 1] } }), /expected before to vary, got one value \(1\)/);
  assert.throws(() => abTest.holm([0.1, Number.NaN]), /expected p-values from 0 to 1, got NaN at index 1/);
  assert.throws(() => abTest.alwaysValid({ a: normals(20), b: normals(20) }, { tau: 1 }), /expected at least 100 numbers in a \(from\), got 20/);
  assert.throws(() => abTest.alwaysValid({ a: normals(200), b: normals(200) }, { tau: 0 }), /expected tau > 0, got 0/);
  assert.throws(() => abTest.sampleSize({ effect: 0 }), /expected effect not 0: no number of users shows that nothing is there/);
  assert.throws(() => abTest.sampleSize({ effect: 0.1, power: 0.01 }), /expected power above alpha = 0.05, got 0.01/);
  assert.throws(() => abTest.groupSequential([0.5, 0.5]), /expected looks to rise from above 0 to at most 1, got 0.5 after 0.5/);
  assert.throws(() => abTest.bootstrap({ a: [1, 2], b: [3, 4] }, { statistic: () => Number.NaN }), /expected statistic to give a finite number, got NaN/);
});

test("swapping the variants turns every difference, interval and statistic round and keeps the p-value", () => {
  const [a, b] = [normals(40), normals(30, 0.4)];
  const pairs = [
    [abTest.means({ a, b }), abTest.means({ b, a })],
    ...(["newcombe", "wald"] as const).map((interval) => [{ a: { successes: 9, trials: 50 }, b: { successes: 20, trials: 60 } }].flatMap(({ a, b }) => [abTest.proportions({ a, b }, { interval }), abTest.proportions({ b, a }, { interval })])),
  ];
  for (const [forth, back] of pairs) {
    near(forth!.difference, -back!.difference, 1e-12);
    near(forth!.statistic, -back!.statistic, 1e-12);
    near(forth!.pValue, back!.pValue, 1e-12);
    near(forth!.interval[0], -back!.interval[1], 1e-12);
    near(forth!.interval[1], -back!.interval[0], 1e-12);
  }
  const greater = abTest.means({ a, b }, { alternative: "greater" }).pValue;
  near(greater + abTest.means({ a, b }, { alternative: "less" }).pValue, 1, 1e-12);
});

test("intervals hold the truth as often as they say, for means, rates and resampled users", () => {
  const runs = 600;
  let [mean, rate, again] = [0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const held = ({ interval: [low, high] }: { interval: readonly [number, number] }, truth: number) => Number(low <= truth && truth <= high);
    mean += held(abTest.means({ a: normals(15), b: normals(25, 1).map((value) => 1 + 3 * (value - 1)) }), 1);
    const successes = (n: number, p: number) => Array.from({ length: n }, () => Number(draw.uniform() < p)).reduce((sum, one) => sum + one, 0);
    rate += held(abTest.proportions({ a: { successes: successes(80, 0.1), trials: 80 }, b: { successes: successes(80, 0.3), trials: 80 } }), 0.2);
    if (run < 200) again += held(abTest.bootstrap({ a: normals(40), b: normals(40, 0.5) }, { samples: 300, seed: run + 1 }), 0.5);
  }
  // Standard error 0.009, and 0.015 for the bootstrap, which is known to be a little narrow.
  near(mean / runs, 0.95, 0.03);
  near(rate / runs, 0.95, 0.03);
  near(again / 200, 0.94, 0.05);
});

test("the size that is planned has the power that was asked for, in the formula and in experiments", () => {
  for (const test of ["z", "t"] as const) for (const alternative of ["different", "greater"] as const) {
    const { exact, first, second } = abTest.sampleSize({ effect: 0.3, power: 0.9 }, { test, alternative, ratio: 2 });
    near(abTest.power({ effect: 0.3, n: exact }, { test, alternative, ratio: 2 }), 0.9, 1e-8);
    assert.ok(first >= exact && first < exact + 1 && second >= 2 * exact);
  }
  const { first } = abTest.sampleSize({ effect: 0.8, power: 0.8 }, { test: "t" });
  let seen = 0;
  for (let run = 0; run < 800; run++) if (abTest.means({ a: normals(first), b: normals(first, 0.8) }).pValue < 0.05) seen += 1;
  near(seen / 800, 0.8, 0.05);
  near(abTest.power({ effect: 0, n: 50 }), 0.05, 1e-9);
});

test("peeking at the plain test raises false alarms far above alpha; planned looks and the always-valid test keep it", () => {
  const [once, peeked, group, valid] = abTest.peeking({ runs: 2000, looks: 20, perLook: 50, seed: 3 }).map(({ decided }) => decided);
  // Standard error 0.005.
  near(once!, 0.05, 0.02);
  assert.ok(peeked! > 0.2, `${peeked}`);
  near(group!, 0.05, 0.02);
  assert.ok(valid! < 0.06, `${valid}`);
  const effect = abTest.peeking({ runs: 300, looks: 20, perLook: 50, effect: 0.2, seed: 3 });
  assert.ok(effect[2]!.decided > 0.95 && effect[3]!.decided > 0.8);
  assert.ok(effect[2]!.users < effect[0]!.users && effect[3]!.users < effect[0]!.users);
});

test("always-valid p-values only fall, their intervals hold the truth at every look at once, and rates of 0 and 1 do as well", () => {
  let held = 0;
  for (let run = 0; run < 150; run++) {
    const bits = (p: number) => Array.from({ length: 600 }, () => Number(draw.uniform() < p));
    const { pValue, lower, upper } = abTest.alwaysValid({ a: bits(0.3), b: bits(0.4) }, { tau: 0.1 });
    assert.ok(pValue.every((p, at) => at === 0 || p <= pValue[at - 1]!));
    held += Number(lower.every((low, at) => low <= 0.1 && 0.1 <= upper[at]!));
  }
  // At least 0.95 less three standard errors.
  assert.ok(held / 150 > 0.9, `${held / 150}`);
  const constant = abTest.alwaysValid({ a: new Array(120).fill(1), b: new Array(120).fill(1) }, { tau: 0.1 });
  assert.deepEqual([constant.pValue.at(-1), constant.upper.at(-1), constant.stop], [1, Number.POSITIVE_INFINITY, undefined]);
});

test("group sequential boundaries are those that ldbounds publishes, spend alpha to the last digit, and one look is the plain test", () => {
  const z = (looks: number | number[], spending: "obrienFleming" | "pocock") => abTest.groupSequential(looks, { spending }).map((look) => Number(look.z.toFixed(4)));
  assert.deepEqual(z(5, "obrienFleming"), [4.8769, 3.357, 2.6803, 2.2898, 2.031]);
  assert.deepEqual(z(5, "pocock"), [2.438, 2.4268, 2.4102, 2.3966, 2.386]);
  assert.deepEqual(z(1, "obrienFleming"), [1.96]);
  for (const alpha of [0.01, 0.05, 0.2]) near(abTest.groupSequential([0.1, 0.7, 1], { alpha }).at(-1)!.spent, alpha, 1e-12);
});

test("CUPED keeps the difference in expectation and takes away exactly correlation² of the variance", () => {
  const before = normals(4000);
  const metric = before.map((value, at) => 2 * value + draw.normal() + (at < 2000 ? 0 : 0.2));
  const half = (list: number[], second: boolean) => list.slice(second ? 2000 : 0, second ? 4000 : 2000);
  const result = abTest.cuped({ a: { metric: half(metric, false), before: half(before, false) }, b: { metric: half(metric, true), before: half(before, true) } });
  const variance = (list: number[]) => {
    const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
    return list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (list.length - 1);
  };
  near(variance([...result.adjusted["a"]!, ...result.adjusted["b"]!]) / variance(metric), 1 - result.varianceReduction, 1e-9);
  near(result.varianceReduction, 0.8, 0.03);
  near(result.test.difference, 0.2, 0.1);
  const width = ({ interval }: { interval: readonly [number, number] }) => interval[1] - interval[0];
  near(width(result.test) / width(result.unadjusted), Math.sqrt(0.2), 0.05);
});

test("a broken split is found, a planned uneven one is not taken for broken", () => {
  assert.equal(abTest.sampleRatio({ a: 10000, b: 10600 }).mismatch, true);
  assert.equal(abTest.sampleRatio({ a: 10000, b: 20050 }, { ratio: [1, 2] }).mismatch, false);
  assert.throws(() => abTest.sampleRatio({ a: 1, b: 1 }, { ratio: [1] }), /expected ratio of 2 numbers like counts, got 1/);
});

test("Holm is never below Benjamini-Hochberg, both keep the order of the p-values and never fall below them", () => {
  const p = Array.from({ length: 30 }, () => draw.uniform() ** 3);
  const [strict, mild] = [abTest.holm(p), abTest.benjaminiHochberg(p)];
  p.forEach((one, i) => {
    assert.ok(strict[i]! >= mild[i]! && mild[i]! >= one && strict[i]! <= 1);
    p.forEach((other, j) => assert.ok(one > other || (strict[i]! <= strict[j]! && mild[i]! <= mild[j]!)));
  });
  assert.deepEqual(abTest.holm([0.02]), [0.02]);
});

test("the plots tell their numbers: power reaches 0.8 at the planned size, and the running interval marks the decision", () => {
  const figure = abTest.powerCurve({ effects: { shift: 0.25 }, most: 400 });
  const trace = figure.data[0] as { x: number[]; y: number[] };
  const planned = abTest.sampleSize({ effect: 0.25 }).first;
  assert.equal(trace.x.find((_, at) => trace.y[at]! >= 0.8)! >= planned, true);
  assert.ok(trace.x.filter((n) => n < planned).every((n) => trace.y[trace.x.indexOf(n)]! < 0.8));
  const result = abTest.alwaysValid({ control: normals(400), treatment: normals(400, 0.6) }, { tau: 0.3 });
  assert.match(abTest.runningInterval(result).layout.meta!.description!, new RegExp(`Difference of treatment and control with always-valid intervals from 100 to 400 users a variant; decided at ${result.stop}`));
});
