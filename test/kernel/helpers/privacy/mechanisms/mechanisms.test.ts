import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as privacy from "../../../../../kernel/helpers/privacy/index.js";
import { gaussianDelta } from "../../../../../kernel/helpers/privacy/mechanisms/analytic.js";
import { projectRoot } from "../../../../support/root.js";
import { assertFits, folded, tally } from "./chi-square.js";

test("the low bits of a naive floating-point sum tell neighbours apart with certainty; ours are all on one grid and tell nothing", () => {
  /** Haney et al. 2022: near 0, 1 + noise is always a multiple of 2^-53, noise alone seldom is. */
  const surelyZero = (output: number): boolean => Math.abs(output) < 0.25 && !Number.isInteger(output * 2 ** 53);
  const bits = new Uint32Array(2);
  const naive = (value: number): number => {
    crypto.getRandomValues(bits);
    return value + (bits[1]! & 1 ? 1 : -1) * Math.log((bits[0]! + 0.5) / 2 ** 32);
  };
  const hits = (draw: (value: number) => number, value: number): number => Array.from({ length: 4000 }, () => draw(value)).filter(surelyZero).length;
  assert.ok(hits(naive, 0) > 200);
  assert.equal(hits(naive, 1), 0);
  const ours = (value: number): number => privacy.laplace(value, { epsilon: 1, sensitivity: 1 }).value;
  assert.equal(hits(ours, 0), 0);
  assert.equal(hits(ours, 1), 0);
});

test("the lowest eight bits of a release are as evenly spread whatever the value was", () => {
  for (const value of [0, 1, 0.1, 1 / 3, 1000.789]) {
    const { grid } = privacy.laplace(value, { epsilon: 1, sensitivity: 1 });
    const lows = Array.from({ length: 4000 }, () => Number(BigInt(privacy.laplace(value, { epsilon: 1, sensitivity: 1 }).value / grid) & 255n));
    assertFits(tally(lows, 0, 255), Array.from({ length: 256 }, () => 4000 / 256), String(value));
  }
});

test("Laplace releases of neighbouring counts follow the formula, and its ratio is at most e^epsilon everywhere", () => {
  const epsilon = 0.7;
  const at = (value: number) => tally(Array.from({ length: 20000 }, () => privacy.laplace(value, { epsilon, sensitivity: 1, grid: 1 }).value), -5, 15);
  for (const value of [5, 6]) assertFits(at(value), folded((k) => Math.exp(-Math.abs(k - value) * epsilon), -5, 15).map((p) => p * 20000), String(value));
  const [one, other] = [5, 6].map((value) => folded((k) => Math.exp(-Math.abs(k - value) * epsilon), -5, 15));
  assert.ok(one!.every((p, k) => Math.abs(Math.log(p / other![k]!)) <= epsilon + 1e-9));
});

test("a value is rounded to the nearest multiple of the grid, before the noise", () => {
  // With epsilon 100 a noise other than 0 has probability e^-100.
  for (const [value, rounded] of [[2.6, 3], [2.4, 2], [-2.6, -3], [1e300, 1e300]] as const) assert.equal(privacy.laplace(value, { epsilon: 100, sensitivity: 1, grid: 1 }).value, rounded);
  assert.equal(privacy.laplace(0.3, { epsilon: 100, sensitivity: 0.25, grid: 0.25 }).value, 0.25);
  assert.equal(privacy.laplace(0, { epsilon: 1, sensitivity: 1.5, grid: 1 }).scale, 2);
});

test("rounding the sensitivity to the grid adds no noise, however small or large epsilon is", () => {
  for (const epsilon of [1e-300, 1e-200, 1e-13, 1e-6, 1, 1e6, 1e100]) {
    const { scale, value } = privacy.laplace(0, { epsilon, sensitivity: 0.3 });
    assert.ok(Math.abs(scale / (0.3 / epsilon) - 1) < 1e-11, `${epsilon}: ${scale}`);
    // Beyond 50 scales: e^-50.
    assert.ok(Math.abs(value) <= 50 * scale, String(epsilon));
    for (const noiseMultiplier of [1e-3, 1, 1e15]) assert.ok(Math.abs(privacy.gaussian(0, { noiseMultiplier, sensitivity: 0.3 }).scale / (0.3 * noiseMultiplier) - 1) < 1e-11);
  }
});

test("the noise on fine grids has the width of the formula too", () => {
  const sizes = Array.from({ length: 10000 }, () => Math.abs(privacy.laplace(3.3, { epsilon: 0.5, sensitivity: 2 }).value - 3.3));
  // P[|noise| > 4 t] = e^-t: bins of one e-fold each, for scale 4.
  assertFits(tally(sizes.map((size) => Math.floor(size / 4)), 0, 5), Array.from({ length: 6 }, (_, t) => 10000 * (Math.exp(-t) - (t === 5 ? 0 : Math.exp(-t - 1)))), "laplace");
  const gauss = privacy.gaussian(Array.from({ length: 5000 }, () => 7), { noiseMultiplier: 2, sensitivity: 1.5 });
  assert.ok(Math.abs(gauss.scale - 3) < 1e-6);
  const squares = gauss.value.reduce((sum, value) => sum + ((value - 7) / gauss.scale) ** 2, 0);
  // Chi-square of 5000 degrees: deviation 100; 7 deviations.
  assert.ok(Math.abs(squares - 5000) < 700, String(squares));
});

test("the Gaussian's noise is the least that keeps delta, and larger than the classical formula where that one is wrong", () => {
  const { cases } = JSON.parse(readFileSync(join(projectRoot, "test/oracles/dp-calibrate.json"), "utf8")) as { cases: { input: Record<string, unknown>; expected: { sigma: number } }[] };
  for (const { input, expected } of cases.filter(({ input: { kind } }) => kind === "analytic-gaussian")) {
    const { epsilon, delta } = input as { epsilon: number; delta: number };
    const { event } = privacy.gaussian(0, { epsilon, delta, sensitivity: 3 });
    assert.ok(Math.abs(event.noiseMultiplier / expected.sigma - 1) < 1e-8, `${epsilon} ${delta}: ${event.noiseMultiplier}`);
    assert.ok(gaussianDelta(event.noiseMultiplier, epsilon) <= delta && gaussianDelta(event.noiseMultiplier * 0.9999, epsilon) > delta);
  }
  const far = privacy.gaussian(0, { epsilon: 20, delta: 1e-5, sensitivity: 1 }).event.noiseMultiplier;
  assert.ok(far > Math.sqrt(2 * Math.log(1.25e5)) / 20);
  assert.ok(Math.abs(gaussianDelta(Math.sqrt(2 * Math.log(1.25e5)) / 50, 50) - 0.59) < 0.01);
});

test("the discrete Gaussian's exact delta is the continuous one's where sigma is many steps", () => {
  const sigma = 3.730631634816;
  const steps = 2000;
  const exact = privacy.discreteGaussianDistribution({ sigma: sigma * steps }).delta({ epsilon: 1, sensitivity: steps });
  assert.ok(Math.abs(exact / 1e-5 - 1) < 2e-3, String(exact));
});

test("the exponential mechanism, report noisy max and randomized response choose as often as their formulas say", () => {
  const utilities = [1, 3, 2.5, 0];
  const options = { epsilon: 1, sensitivity: 1 };
  const chosen = Array.from({ length: 10000 }, () => privacy.exponential(utilities, options).index);
  assertFits(tally(chosen, 0, 3), privacy.exponentialProbabilities(utilities, options).map((p) => p * 10000), "exponential");
  const best = Array.from({ length: 6000 }, () => privacy.reportNoisyMax([0, 2], options).index);
  // Difference of two Laplace of scale 2 beyond 2: (1/2) e^-t (1 + t/2), t = 1.
  const wrong = 0.5 * Math.exp(-1) * 1.5;
  assertFits(tally(best, 0, 1), [6000 * wrong, 6000 * (1 - wrong)], "noisy max");
  const said = privacy.randomizedResponse(Array.from({ length: 10000 }, () => 2), { epsilon: 1, categories: 4 }).value;
  const { keep, other } = privacy.responseProbabilities({ epsilon: 1, categories: 4 });
  assertFits(tally(said, 0, 3), [other, other, keep, other].map((p) => p * 10000), "randomized response");
});

test("unary encoding flips each bit as often as its variant says, and its estimates are unbiased", () => {
  for (const variant of ["symmetric", "optimised"] as const) {
    const n = 8000;
    const { p, q } = privacy.unaryProbabilities({ epsilon: 1.5, variant });
    const { value } = privacy.unaryEncoding(Array.from({ length: n }, () => 1), { epsilon: 1.5, categories: 2, variant });
    for (const [at, chance] of [[0, q], [1, p]] as const) assertFits(tally(value.map((bits) => bits[at]!), 0, 1), [n * (1 - chance), n * chance], variant);
    const estimates = privacy.estimateUnary([0, 1].map((at) => value.reduce((sum, bits) => sum + bits[at]!, 0)), { n, epsilon: 1.5, variant });
    for (const [at, truth] of [[0, 0], [1, 1]] as const) assert.ok(Math.abs(estimates[at]!.frequency - truth) < 7 * estimates[at]!.standardError + 1e-9, variant);
  }
});

test("estimates from randomized responses bring back the true frequencies, and their intervals cover them about as often as they say", () => {
  let covered = 0;
  for (let trial = 0; trial < 200; trial++) {
    const answers = Array.from({ length: 400 }, (_, index) => Number(index % 10 < 3));
    const said = privacy.randomizedResponse(answers, { epsilon: 1, unsafeSeed: trial }).value;
    const [low, high] = privacy.estimateFrequencies(tally(said, 0, 1), { epsilon: 1, confidence: 0.9 })[1]!.interval;
    covered += Number(low <= 0.3 && 0.3 <= high);
  }
  // Fixed seeds: always the same number.
  assert.ok(covered >= 165 && covered <= 195, String(covered));
});

test("sparse vector says above and below rightly far from the threshold, stops after its hits and costs the same however many questions", () => {
  const budget = privacy.budget({ epsilon: 1 });
  const asked = privacy.sparseVector({ epsilon: 1, sensitivity: 1, threshold: 0, hits: 2, budget });
  for (let question = 0; question < 200; question++) assert.equal(asked.above(-5000), false);
  assert.equal(asked.above(5000), true);
  assert.equal(asked.above(5000), true);
  assert.throws(() => asked.above(0), /no hits left: 2 of 2 were above/);
  assert.equal(budget.left.epsilon, 0);
});

test("count, sum, mean, quantile and histogram come near the truth, inside their bounds, at the noise they state", () => {
  const ages = Array.from({ length: 2000 }, (_, index) => 20 + (index % 61));
  assert.ok(Math.abs(privacy.count(ages, { epsilon: 1 }).value - 2000) < 30);
  const total = privacy.sum(ages, { epsilon: 1, bounds: [0, 100] });
  assert.equal(total.scale, 100);
  assert.ok(Math.abs(total.value - ages.reduce((sum, age) => sum + age, 0)) < 30 * total.scale);
  assert.equal(privacy.sum(ages, { epsilon: 2, bounds: [-10, 50], neighbours: "replace" }).scale, 30);
  assert.equal(privacy.sum(ages, { epsilon: 2, bounds: [-10, 5] }).scale, 5);
  for (const neighbours of ["addRemove", "replace"] as const) {
    assert.ok(Math.abs(privacy.mean(ages, { epsilon: 1, bounds: [0, 100], neighbours }).value - 49.8) < 4);
    assert.ok(Math.abs(privacy.quantile(ages, { q: 0.25, epsilon: 1, bounds: [0, 100], neighbours }).value - 35) < 4);
  }
  const empty = privacy.mean([], { epsilon: 1, bounds: [2, 4] }).value;
  assert.ok(empty >= 2 && empty <= 4);
  const { bins, other } = privacy.histogram([1, 5, 10, 11, Number.NaN], { edges: [0, 5, 10], epsilon: 80 });
  assert.deepEqual([bins.map(({ count }) => count), other], [[1, 2], 2]);
});

test("one value out of bounds cannot move a sum by more than the bounds, and sums are exact where floating point is not", () => {
  const many = Array.from({ length: 3000 }, () => 0.1);
  const far = { epsilon: 1e6, bounds: [0, 1] as const };
  assert.ok(Math.abs(privacy.sum([...many, 1e300], far).value - 301) < 1e-3);
  assert.ok(Math.abs(privacy.sum([1e16, 1, -1e16], { epsilon: 1e9, bounds: [-1e16, 1e16], grid: 1 }).value - 1) < 3e8);
});

test("bounds, edges and categories are never taken from the data: leaving them out is refused by name", () => {
  assert.throws(() => privacy.sum([1], { epsilon: 1 } as never), /expected public bounds \[low, high\]: they are never taken from the data, got none/);
  assert.throws(() => privacy.mean([1], { epsilon: 1 } as never), /expected public bounds/);
  assert.throws(() => privacy.quantile([1], { q: 0.5, epsilon: 1 } as never), /expected public bounds/);
  assert.throws(() => privacy.histogram([1], { epsilon: 1 } as never), /expected public edges or categories/);
  assert.throws(() => privacy.sum([1], { epsilon: 1, bounds: [1, 1] }), /expected bounds \[low, high\] with low < high/);
});

test("a release with an argument out of range is refused with its name and value, before the budget pays", () => {
  const budget = privacy.budget({ epsilon: 1 });
  for (const [what, message] of [
    [() => privacy.laplace(1, { epsilon: -1, sensitivity: 1, budget }), /expected epsilon > 0, got -1/],
    [() => privacy.laplace(Number.NaN, { epsilon: 1, sensitivity: 1, budget }), /expected value to be a finite number, got NaN/],
    [() => privacy.laplace([1, Number.NaN], { epsilon: 1, sensitivity: 1, budget }), /got NaN at index 1/],
    [() => privacy.laplace(1, { epsilon: 1, sensitivity: 1, grid: 0.1, budget }), /expected grid to be a power of two, got 0.1/],
    [() => privacy.laplace(1, { epsilon: 1, sensitivity: 1, seed: 1, budget } as never), /unknown option: seed/],
    [() => privacy.gaussian(1, { epsilon: 1, delta: 0, sensitivity: 1, budget }), /expected delta above 0 and below 1, got 0/],
    [() => privacy.gaussian(1, { epsilon: 1, delta: 0.1, noiseMultiplier: 1, sensitivity: 1, budget } as never), /expected either epsilon and delta or noiseMultiplier, got both/],
    [() => privacy.gaussian(1, { noiseMultiplier: 1, sensitivity: 1, budget }), /expected epsilon and delta for a gaussian paid from a budget/],
    [() => privacy.gaussian(1, { noiseMultiplier: 1, sensitivity: 1, grid: 1 }), /expected grid <= 2\^-20 of the noise, got 1/],
    [() => privacy.exponential([], { epsilon: 1, sensitivity: 1, budget }), /expected at least one utility, got none/],
    [() => privacy.randomizedResponse([2], { epsilon: 1, budget }), /expected answers from 0 to 1, got 2 at index 0/],
    [() => privacy.estimateFrequencies([0, 0], { epsilon: 1 }), /expected at least one answer, got none/],
    [() => privacy.quantile([1], { q: 2, epsilon: 1, bounds: [0, 1], budget }), /expected q from 0 to 1, got 2/],
  ] as const) assert.throws(what, message);
  assert.equal(budget.spent.epsilon, 0);
});

test("a budget lists what was spent, refuses what would pass it without taking it, and forgives only rounding", () => {
  const budget = privacy.budget({ epsilon: 1, delta: 1e-6 });
  for (let release = 0; release < 10; release++) privacy.count([1, 2], { epsilon: 0.1, budget });
  assert.equal(budget.expenses.length, 10);
  assert.deepEqual(budget.expenses[0], { epsilon: 0.1, delta: 0, what: "count" });
  assert.throws(() => privacy.count([1], { epsilon: 1e-9, budget }), /budget exceeded: epsilon 0.99\d* of 1 is spent, 1e-9 more is refused/);
  assert.throws(() => budget.spend({ epsilon: 0, delta: 2e-6 }), /budget exceeded: delta 0 of 0.000001/);
  assert.equal(budget.expenses.length, 10);
  assert.throws(() => budget.spend({ epsilon: -0.5 }), /expected epsilon >= 0, got -0.5/);
  assert.throws(() => privacy.budget({ epsilon: 1, delta: 1 }), /expected delta from 0 to below 1, got 1/);
});

test("noise repeats only under the seed that is called unsafe", () => {
  const draw = (unsafeSeed?: number) => privacy.laplace([1, 2, 3], { epsilon: 1, sensitivity: 1, unsafeSeed }).value;
  assert.deepEqual(draw(5), draw(5));
  assert.notDeepEqual(draw(5), draw(6));
  assert.notDeepEqual(draw(), draw());
  assert.throws(() => draw(0.5), /expected unsafeSeed to be a whole number, got 0.5/);
});
