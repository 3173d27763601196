import assert from "node:assert/strict";
import { test } from "node:test";
import * as explain from "../../../kernel/helpers/explain/index.js";
import * as fairness from "../../../kernel/helpers/fairness/index.js";
import * as label from "../../../kernel/helpers/label/index.js";

const group = ["a", "a", "b", "b"];
const background = [[1, 5], [2, 5], [3, 5], [4, 5]];
const first = (rows: number[][]) => rows.map(([a]) => a!);
const models = [label.dawidSkene, label.oneCoin, label.glad, label.mace] as const;

test("one class: what needs two says so, what does not has its value", async () => {
  const labels = [1, 1, 1, 1];
  const rows = [[1], [2], [3], [4]];
  assert.throws(() => fairness.reweighing({ labels, group }), /expected at least 2 classes in labels, got 1/);
  await assert.rejects(fairness.exponentiatedGradient({ rows, labels, group }), /expected both classes in labels, got only 1/);
  await assert.rejects(fairness.gridSearch({ rows, labels, group }), /expected both classes in labels, got only 1/);
  assert.throws(() => fairness.thresholdOptimizer({ scores: [0.1, 0.2, 0.3, 0.4], truth: labels, group, constraint: "demographicParity" }), /expected both classes in group a, got only 1/);
  assert.throws(() => fairness.rejectOption({ scores: [0.1, 0.2, 0.3, 0.4], truth: labels, group, privileged: "a" }), /expected both classes in truth, got only 1/);
  assert.equal(fairness.demographicParityDifference({ predicted: labels, group }), 0);
  assert.equal(fairness.multiclass({ predicted: ["x", "x", "x", "x"], group }).worst["selectionRate"]!.difference, 0);
  for (const model of [label.majorityVote, ...models]) assert.deepEqual(model([["a", "a"], ["a", "a"]]).labels, ["a", "a"]);
  assert.equal(label.krippendorffAlpha([["a", "a"], ["a", "a"]]), 1);
  assert.ok(Number.isNaN(label.fleissKappa([["a", "a"], ["a", "a"]])) && Number.isNaN(label.cohenKappa([["a", "a"], ["a", "a"]])));
  assert.throws(() => label.propagate({ points: [[0], [1]], labels: ["a", null] }), /expected labels of at least 2 classes, got 1/);
  await assert.rejects(explain.permutationImportance(first, { x: background, y: [1, 1, 1, 1] }), /expected y to vary for r2, got 1 throughout/);
});

test("an empty group is warned of, a privileged one that is not there is refused", () => {
  const { warnings } = fairness.byGroup({ truth: [1, 0, 1], predicted: [1, 1, 0], group: { sex: ["m", "m", "f"], town: ["x", "y", "x"] }, metrics: ["accuracy"] });
  assert.deepEqual(warnings.filter(({ kind }) => kind === "emptyGroup").map(({ group: name }) => name), ["f|y"]);
  assert.throws(() => fairness.disparateImpact({ predicted: [1, 0, 1, 0], group, privileged: "z" }), /expected privileged to be one of "a", "b", got "z"/);
  assert.throws(() => fairness.byGroup({ truth: [], predicted: [], group: [], metrics: ["accuracy"] }), /expected at least one value in group, got none/);
});

test("NaN is refused with its place", async () => {
  assert.throws(() => fairness.demographicParityDifference({ predicted: [1, NaN, 1, 0], group }), /expected predicted without missing values, got NaN at index 1/);
  assert.throws(() => fairness.disparateImpactRepair({ rows: [[1], [NaN], [1], [1]], group }), /expected finite numbers in rows, got NaN in row 1, column 0/);
  assert.throws(() => fairness.calibration({ truth: [1, 0, 1, 1], scores: [0.1, NaN, 0.3, 0.4], group }), /expected scores from 0 to 1, got NaN at index 1/);
  await assert.rejects(explain.limeTable(first, [NaN, 5], { background }), /expected finite numbers in x, got NaN in row 0, column 0/);
  await assert.rejects(explain.counterfactuals(first, [NaN, 5], { background }), /expected finite numbers in x, got NaN/);
  assert.throws(() => explain.slicSegments({ data: [NaN], width: 1, height: 1 }), /expected finite numbers in data, got NaN at index 0/);
  for (const model of [label.majorityVote, ...models, label.krippendorffAlpha]) assert.throws(() => model([[NaN, 1], [1, 1]]), /expected a label that is a string, number or boolean in row 0, column 0, got NaN/);
  assert.throws(() => label.uncertainty([[NaN, 1]]), /expected probabilities from 0 to 1 in row 0 of probabilities, got NaN/);
});

test("a constant feature matters nothing and harms nothing; its curve needs a grid", async () => {
  assert.deepEqual((await explain.shapley(first, [[1, 5]], { background })).values, [[-1.5, 0]]);
  assert.equal((await explain.limeTable(first, [1, 5], { background, samples: 200 })).terms.find(({ feature }) => feature === 1)!.weight, 0);
  assert.deepEqual(fairness.disparateImpactRepair({ rows: [[1], [1], [1], [1]], group }).rows, [[1], [1], [1], [1]]);
  await assert.rejects(explain.partialDependence(first, background, { feature: 1 }), /expected column x1 to vary, got 5 throughout: give a grid/);
});

test("a cyclic graph is refused with the way round", () => assert.throws(() => explain.dag([["a", "b"], ["b", "a"]]), /expected a graph without cycles, got a -> b -> a/));

test("a single annotator cannot be weighed or agree; the majority is then what they said", () => {
  const alone = [["a"], ["b"], ["a"]];
  for (const model of models) assert.throws(() => model(alone), /expected at least 2 annotators, got 1/);
  for (const compare of [label.krippendorffAlpha, label.cohenKappa, label.annotatorReport]) assert.throws(() => compare(alone), /expected at least 2 annotators, got 1/);
  assert.throws(() => label.fleissKappa(alone), /expected 2 or more labels an item, got 1/);
  assert.deepEqual(label.majorityVote(alone).labels, ["a", "b", "a"]);
});

test("a label never used has no probability beyond its prior, and the models say that nobody used it", () => {
  const votes = [["a", "a", "b"], ["b", "b", "b"], ["a", "b", "a"]];
  for (const model of models) {
    const { labels, warnings, probabilities } = model(votes, { classes: ["a", "b", "c"] });
    assert.deepEqual(labels, ["a", "b", "a"]);
    assert.ok(warnings.includes("no annotator used c"));
    assert.ok(probabilities.every((row) => Math.abs(row.reduce((a, b) => a + b, 0) - 1) < 1e-9));
  }
  const { thresholds, joint } = label.confidentJoint({ labels: [0, 0, 1], probabilities: [[0.8, 0.1, 0.1], [0.7, 0.2, 0.1], [0.1, 0.8, 0.1]] });
  assert.deepEqual([thresholds[2], joint[2]], [null, [0, 0, 0]]);
});
