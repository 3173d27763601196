import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { fairness } from "../../../../kernel/index.js";
import { people } from "./people.js";

test("generalised entropy is 0 for equal benefits, grows with inequality, and is continuous in alpha at 0 and 1", () => {
  for (const alpha of [-1, 0, 0.5, 1, 2, 3]) assert.equal(fairness.generalizedEntropyIndex({ benefits: [2, 2, 2], alpha }), 0);
  for (const alpha of [0.5, 1, 2]) assert.ok(fairness.generalizedEntropyIndex({ benefits: [0, 4], alpha }) > fairness.generalizedEntropyIndex({ benefits: [1, 3], alpha }));
  for (const alpha of [0, 1]) assert.ok(Math.abs(fairness.generalizedEntropyIndex({ benefits: [1, 2, 5], alpha }) - fairness.generalizedEntropyIndex({ benefits: [1, 2, 5], alpha: alpha + 1e-6 })) < 1e-5);
});

test("corners: Theil's index is ln n where one has all, alpha 0 is infinite where one has nothing, nobody having anything is NaN", () => {
  assert.ok(Math.abs(fairness.theilIndex({ benefits: [0, 0, 0, 5] }) - Math.log(4)) < 1e-12);
  assert.equal(fairness.generalizedEntropyIndex({ benefits: [0, 1], alpha: 0 }), Infinity);
  assert.ok(Number.isNaN(fairness.theilIndex({ benefits: [0, 0] })));
});

test("the between-group part is at most the whole, and all of it where each person is a group", () => {
  const { truth, predicted, group } = people(60, 3);
  const whole = fairness.theilIndex({ truth, predicted });
  assert.ok(fairness.betweenGroupEntropyIndex({ truth, predicted, group, alpha: 1 }) <= whole);
  assert.ok(Math.abs(fairness.betweenGroupEntropyIndex({ truth, predicted, group: truth.map((_, i) => i), alpha: 1 }) - whole) < 1e-12);
});

test("consistency is 1 for a constant prediction, and counting a point as its own neighbour raises it", () => {
  const { rows, predicted } = people(40, 4);
  assert.equal(fairness.consistency({ rows, predicted: rows.map(() => 1) }), 1);
  const distance = (i: number, j: number) => Math.hypot(...rows[i].map((value, d) => value - rows[j][d]));
  const gaps = rows.map((_, i) => {
    const nearest = rows.map((__, j) => j).sort((a, b) => distance(i, a) - distance(i, b)).slice(0, 4);
    return Math.abs(predicted[i] - nearest.reduce((sum, j) => sum + predicted[j], 0) / 4);
  });
  assert.ok(Math.abs(fairness.consistency({ rows, predicted, neighbours: 4 }) - (1 - gaps.reduce((a, b) => a + b, 0) / gaps.length)) < 1e-12);
  assert.ok(fairness.consistency({ rows, predicted }) > fairness.consistency({ rows, predicted, countSelf: false }));
});

test("a model that never reads the column has no counterfactual flips; one that is the column flips everybody", async () => {
  const { rows } = people(50, 5, ["a", "b"]);
  assert.equal((await fairness.counterfactualFlips({ model: (table) => table.map(([skill]) => Number(skill > 0)), rows, column: 1 })).rate, 0);
  const all = await fairness.counterfactualFlips({ model: { predict: async (table: number[][]) => table.map((row) => row[1]) }, rows, column: 1 });
  assert.equal(all.rate, 1);
  assert.deepEqual(all.changes.map(({ from, to, meanChange }) => [from, to, meanChange]), [[1, 0, -1], [0, 1, 1]]);
});

test("a TensorFlow.js model can be asked for flips, and leaves no tensor behind", async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], activation: "sigmoid" })] });
  model.setWeights([tf.tensor2d([[0], [4]]), tf.tensor1d([-2])]);
  const before = tf.memory().numTensors;
  const found = await fairness.counterfactualFlips({ model, rows: [[1, 0], [2, 1], [3, 0]], column: 1 });
  assert.equal(tf.memory().numTensors, before);
  assert.equal(found.rate, 1);
  model.dispose();
});

test("flips refuse a column that is not there, a single value, and a model that answers too few rows or NaN", async () => {
  const rows = [[0, 1], [1, 1]];
  const model = (table: number[][]) => table.map(() => 1);
  await assert.rejects(() => fairness.counterfactualFlips({ model, rows, column: 5 }), /expected column < 2, got 5/);
  await assert.rejects(() => fairness.counterfactualFlips({ model, rows, column: 1 }), /expected at least 2 values, got 1/);
  await assert.rejects(() => fairness.counterfactualFlips({ model: () => [1], rows, column: 0 }), /expected 2 predictions from model, one a row, got 1/);
  await assert.rejects(() => fairness.counterfactualFlips({ model: () => [Number.NaN, 1], rows, column: 0 }), /expected finite predictions from model, got NaN in row 0/);
});

test("scores that are the true chances are calibrated in every group, and overstated scores have a bias above 0", () => {
  const scores = Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? 0.25 : 0.75));
  const truth = scores.map((score, i) => Number(score === 0.75 ? i % 4 !== 3 || Math.floor(i / 4) % 4 === 0 : Math.floor(i / 4) % 4 === 0));
  const group = scores.map((_, i) => (i < 100 ? "a" : "b"));
  const found = fairness.calibration({ truth, scores, group });
  for (const name of ["a", "b"]) assert.ok(found[name].bins.every(({ rows }) => rows === 0 || rows >= 25));
  const raised = fairness.calibration({ truth, scores: scores.map((score) => score + 0.2), group });
  assert.ok(raised.a.bias > 0.15 + found.a.bias);
  assert.ok(Math.abs(fairness.calibrationParityDifference({ truth, scores, group }) - Math.abs(found.a.expectedCalibrationError - found.b.expectedCalibrationError)) < 1e-12);
});

test("the impossibility relation holds for the figures of every real classifier, and any one of the four gives back from the others", () => {
  for (const seed of [1, 2, 3]) {
    const { truth, predicted } = people(300, seed);
    const { overall: o } = fairness.byGroup({ truth, predicted, group: truth.map(() => "all"), metrics: ["baseRate", "precision", "falsePositiveRate", "falseNegativeRate"] });
    const rates = { positivePredictiveValue: o.precision, falsePositiveRate: o.falsePositiveRate, falseNegativeRate: o.falseNegativeRate };
    for (const name of Object.keys(rates) as (keyof typeof rates)[]) {
      const { [name]: missing, ...given } = rates;
      assert.ok(Math.abs(fairness.errorRateRelation({ baseRate: o.baseRate, ...given })[name] - missing) < 1e-12, name);
    }
  }
});

test("equal base rates or a perfect prediction let all measures agree; otherwise one is forced apart, and figures no classifier has are refused", () => {
  assert.equal(fairness.impossibility({ baseRates: { a: 0.3, b: 0.3 }, positivePredictiveValue: 0.8, falseNegativeRate: 0.1 }).difference, 0);
  assert.equal(fairness.impossibility({ baseRates: { a: 0.3, b: 0.6 }, positivePredictiveValue: 1, falseNegativeRate: 0 }).difference, 0);
  assert.ok(fairness.impossibility({ baseRates: { a: 0.3, b: 0.6 }, positivePredictiveValue: 0.8, falseNegativeRate: 0.1 }).difference > 0.2);
  assert.throws(() => fairness.errorRateRelation({ baseRate: 0.9, positivePredictiveValue: 0.5, falseNegativeRate: 0 }), /no classifier has these: falsePositiveRate would be 9/);
  assert.throws(() => fairness.errorRateRelation({ baseRate: 0.5, falseNegativeRate: 0 }), /expected two of .*, got 1/);
  assert.throws(() => fairness.errorRateRelation({ baseRate: 1, positivePredictiveValue: 0.5, falseNegativeRate: 0 }), /expected baseRate above 0 and below 1, got 1/);
});
