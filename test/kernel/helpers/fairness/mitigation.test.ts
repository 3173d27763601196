import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { fairness } from "../../../../kernel/index.js";
import { people, warned } from "./people.js";

const near = (actual: number, expected: number, tolerance = 1e-9) => assert.ok(Math.abs(actual - expected) <= tolerance, `expected ${expected}, got ${actual}`);

test("after reweighing, the weighted base rate is the same in every group and the total weight is what it was", () => {
  for (const seed of [1, 2, 3]) {
    const { truth, group, weights: before } = people(120, seed);
    for (const weights of [undefined, before]) {
      const found = fairness.reweighing({ labels: truth, group, ...(weights && { weights }) });
      near(fairness.demographicParityDifference({ predicted: truth, group, weights: found.weights }), 0, 1e-12);
      near(found.weights.reduce((a, b) => a + b, 0), (weights ?? truth.map(() => 1)).reduce((a, b) => a + b, 0), 1e-9);
    }
  }
});

test("reweighing takes several classes, says when a group lacks a class, and refuses one class", () => {
  const found = fairness.reweighing({ labels: ["x", "y", "z", "x", "y", "z"], group: ["a", "a", "a", "b", "b", "b"] });
  assert.deepEqual(found.weights, [1, 1, 1, 1, 1, 1]);
  const { value, messages } = warned(() => fairness.reweighing({ labels: [1, 1, 0], group: ["a", "a", "b"] }));
  assert.ok(Number.isNaN(value.factors.b["1"]));
  assert.match(messages.join(), /group b has no row of class 1/);
  assert.throws(() => fairness.reweighing({ labels: [1, 1], group: ["a", "b"] }), /expected at least 2 classes in labels, got 1/);
});

test("a full repair gives every group the same distribution and keeps the order within each; level 0 changes nothing", () => {
  const { rows, group } = people(150, 4);
  const { rows: repaired, transform } = fairness.disparateImpactRepair({ rows, group });
  const before = fairness.distributionParityDifference({ predicted: rows.map(([x]) => x), group });
  const after = fairness.distributionParityDifference({ predicted: repaired.map(([x]) => x), group });
  assert.ok(before > 0.3 && after < 0.05, `${before} to ${after}`);
  for (let i = 0; i < rows.length; i++) for (let j = 0; j < i; j++) if (group[i] === group[j] && rows[i][0] < rows[j][0]) assert.ok(repaired[i][0] <= repaired[j][0]);
  assert.deepEqual(fairness.disparateImpactRepair({ rows, group, level: 0 }).rows, rows.map((row) => [...row]));
  const alone = fairness.disparateImpactRepair({ rows, group: rows.map(() => "all") }).rows;
  rows.forEach((row, i) => row.forEach((value, j) => near(alone[i][j], value, 1e-12)));
  assert.deepEqual(fairness.disparateImpactRepair({ rows: [[5], [5], [5]], group: ["a", "a", "b"] }).rows, [[5], [5], [5]], "a constant column stays");
  assert.deepEqual(transform(rows, group), repaired);
  assert.throws(() => transform([[1, 1, 1]], ["z"]), /expected group to be one of a, b, c, got z/);
  assert.throws(() => fairness.disparateImpactRepair({ rows, group, level: 2 }), /expected level from 0 to 1, got 2/);
});

test("after correlation removal no feature is correlated with a sensitive one, also where sensitive columns repeat or are constant", () => {
  const { rows } = people(100, 5);
  const extended = rows.map(([a, s, b]) => [a, s, b, 2 * s, 7]);
  for (const sensitive of [[1, 3, 4], [1, 3]]) for (const column of [0, 1]) {
    const { rows: cleaned } = fairness.correlationRemover({ rows: extended, sensitive });
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const [x, s] = [cleaned.map((row) => row[column]), rows.map((row) => row[1])];
    near(mean(x.map((value, i) => (value - mean(x)) * (s[i] - mean(s)))), 0, 1e-12);
  }
  assert.throws(() => fairness.correlationRemover({ rows, sensitive: [9] }), /expected sensitive < 3, got 9/);
  assert.throws(() => fairness.correlationRemover({ rows: [[1]], sensitive: [0] }), /expected a column that is not sensitive, got none/);
});

test("combinatorial repair gives only values that occur, the same to every group at level 1, and new values go as the nearest known one", () => {
  const rows = [[1], [2], [4], [3], [5], [9], [5]];
  const names = ["a", "a", "a", "b", "b", "b", "b"];
  const found = fairness.disparateImpactRepair({ rows, group: names, method: "combinatorial" });
  assert.deepEqual(found.rows, [[1], [2], [4], [1], [2], [4], [2]]);
  assert.deepEqual(found.transform([[3], [6], [100], [-100]], ["b", "b", "b", "a"]), [[1], [2], [4], [1]]);
  assert.deepEqual(fairness.disparateImpactRepair({ rows, group: names, method: "combinatorial", level: 0 }).rows, rows);
  assert.throws(() => fairness.disparateImpactRepair({ rows, group: names, method: "other" as "geometric" }), /unknown method: other/);
});

test("logistic regression: a weight of 2 is the row twice, separable data stay finite, a constant feature does no harm, one class is refused", () => {
  const { rows, truth } = people(60, 6);
  const doubled = fairness.logistic().fit([...rows, ...rows], [...truth, ...truth]);
  fairness.logistic().fit(rows, truth, rows.map(() => 2)).coefficients.forEach((value, j) => near(value, doubled.coefficients[j], 1e-8));
  const separable = fairness.logistic().fit([[0, 5], [1, 5], [2, 5]], [0, 1, 1]);
  assert.ok(separable.converged && separable.coefficients.every(Number.isFinite));
  assert.throws(() => fairness.logistic().fit([[0], [1]], [1, 1]), /expected both classes in labels, got only 1/);
  assert.throws(() => fairness.logistic().fit([[0], [1]], [1, 2]), /expected labels 0 and 1, got 2 at index 1/);
  assert.throws(() => fairness.logistic({ penalty: -1 }), /expected penalty >= 0, got -1/);
});

test("exponentiated gradient keeps the bound for every constraint, on data where a plain model breaks it", async () => {
  const { rows, truth: labels, group } = people(160, 7, ["a", "b"]);
  for (const constraint of ["demographicParity", "equalizedOdds", "truePositiveRateParity", "falsePositiveRateParity", "errorRateParity"] as const) {
    const found = await fairness.exponentiatedGradient({ rows, labels, group, constraint, differenceBound: 0.03, iterations: 25 });
    assert.ok(found.violation <= 0.03 + 0.01, `${constraint}: ${found.violation}`);
    near(found.predictors.reduce((sum, { weight }) => sum + weight, 0), 1, 1e-9);
    // What it says of itself is what the chances of its decisions give.
    const chances = await found.predictProba(rows);
    near(chances.reduce((sum, chance, i) => sum + Math.abs(chance - labels[i]), 0) / rows.length, found.error);
    const of = { demographicParity: [0, 1], equalizedOdds: [0, 1], truePositiveRateParity: [1], falsePositiveRateParity: [0], errorRateParity: [0, 1] }[constraint];
    const values = constraint === "errorRateParity" ? chances.map((chance, i) => Math.abs(chance - labels[i])) : chances;
    const parts = constraint === "equalizedOdds" ? [[0], [1]] : [of];
    const violations = parts.map((part) => {
      const those = rows.flatMap((_, i) => (part.includes(labels[i]) ? [i] : []));
      const { spread } = fairness.byGroup({ predicted: those.map((i) => values[i]), group: those.map((i) => group[i]), metrics: ["meanPrediction"] });
      return spread.meanPrediction.differenceToOverall;
    });
    near(Math.max(...violations), found.violation);
  }
  const plain = await fairness.exponentiatedGradient({ rows, labels, group, differenceBound: 1 });
  assert.ok(plain.violation > 0.06, String(plain.violation));
});

test("the randomised classifier's chances are those of its draws, and the same seed draws the same", async () => {
  const { rows, truth: labels, group } = people(100, 8, ["a", "b"]);
  const found = await fairness.exponentiatedGradient({ rows, labels, group, iterations: 10 });
  const chances = await found.predictProba(rows);
  const draws = await Promise.all(Array.from({ length: 200 }, (_, seed) => found.predict(rows, { seed })));
  assert.deepEqual(await found.predict(rows, { seed: 3 }), draws[3]);
  // Hoeffding: 100 * 200 draws, off by 0.03 with a chance below 1e-15.
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  near(mean(draws.map(mean)), mean(chances), 0.03);
  assert.deepEqual(await found.predictDeterministic(rows), chances.map((chance) => Number(chance > 0.5)));
});

test("an asynchronous learner, and a ratio bound, work in reductions; a wrong learner and wrong options are named", async () => {
  const { rows, truth: labels, group } = people(80, 9, ["a", "b"]);
  const learner: fairness.Learner = { fit: async (...examples) => fairness.logistic().fit(...examples) };
  const found = await fairness.exponentiatedGradient({ rows, labels, group, learner, ratioBound: 0.9, iterations: 10 });
  const rate = fairness.byGroup({ truth: labels, predicted: await found.predictProba(rows), group, metrics: ["meanPrediction"] });
  for (const name of ["a", "b"]) assert.ok(rate.groups[name].meanPrediction >= 0.9 * rate.overall.meanPrediction - 0.03);
  await assert.rejects(() => fairness.exponentiatedGradient({ rows, labels, group, learner: { fit: () => (table: number[][]) => table.map(() => 2) } }), /expected predictions of the learner from 0 to 1, got 2 in row 0/);
  await assert.rejects(() => fairness.exponentiatedGradient({ rows, labels, group, constraint: "equality" as never }), /unknown constraint: equality/);
  await assert.rejects(() => fairness.exponentiatedGradient({ rows, labels: labels.map(() => 1), group }), /expected both classes in labels, got only 1/);
  await assert.rejects(() => fairness.exponentiatedGradient({ rows, labels, group, ratioBound: 0.9, differenceBound: 0.1 }), /expected differenceBound or ratioBound, got both/);
});

test("grid search holds the plain model in its middle, and its best is no worse on the chosen trade", async () => {
  const { rows, truth: labels, group } = people(120, 10, ["a", "b"]);
  const found = await fairness.gridSearch({ rows, labels, group, gridSize: 9, constraintWeight: 0.5 });
  const plain = fairness.logistic().fit(rows, labels);
  near(found.points[4].error, plain.predict(rows).filter((value, i) => value !== labels[i]).length / rows.length, 1e-12);
  for (const { error, violation } of found.points) assert.ok(found.best.error + found.best.violation <= error + violation);
  assert.ok(found.best.violation < found.points[4].violation);
  const three = people(90, 2);
  assert.ok((await fairness.gridSearch({ rows: three.rows, labels: three.truth, group: three.group, gridSize: 6 })).points.length >= 6);
  await assert.rejects(() => fairness.gridSearch({ rows, labels, group: rows.map(() => "a") }), /expected at least 2 groups with rows, got 1/);
});

test("threshold optimisation makes the constrained rate equal in expectation for every constraint", () => {
  const { scores, truth, group } = people(240, 11);
  const metric = { demographicParity: [], truePositiveRateParity: [1], falsePositiveRateParity: [0], equalizedOdds: [0, 1] } as const;
  for (const constraint of Object.keys(metric) as (keyof typeof metric)[]) {
    const policy = fairness.thresholdOptimizer({ scores, truth, group, constraint });
    const chances = policy.predictProba({ scores, group });
    for (const label of constraint === "demographicParity" ? [undefined] : metric[constraint]) {
      const rates = ["a", "b", "c"].map((name) => {
        const rows = group.flatMap((one, i) => (one === name && (label === undefined || truth[i] === label) ? [chances[i]] : []));
        return rows.reduce((a, b) => a + b, 0) / rows.length;
      });
      near(Math.max(...rates) - Math.min(...rates), 0, 1e-9);
    }
  }
});

test("without randomness a policy has one threshold a group, its gap is the one measured, and it needs no seed", () => {
  const { scores, truth, group } = people(240, 12);
  for (const constraint of ["demographicParity", "equalizedOdds"] as const) {
    const policy = fairness.thresholdOptimizer({ scores, truth, group, constraint, randomized: false });
    const predicted = policy.predict({ scores, group });
    const measured = constraint === "demographicParity" ? fairness.demographicParityDifference({ predicted, group }) : fairness.equalizedOddsDifference({ truth, predicted, group });
    near(measured, policy.gap);
    assert.ok(policy.gap <= 0.05);
  }
  const few = { scores: [0.1, 0.9, 0.1, 0.5, 0.9], truth: [0, 1, 0, 1, 1], group: ["a", "a", "b", "b", "b"], randomized: false };
  assert.equal(fairness.thresholdOptimizer({ ...few, tolerance: 0 }).gap, 0);
  const loose = fairness.thresholdOptimizer({ ...few, tolerance: 0.2 });
  near(loose.gap, 1 / 6);
  assert.equal(loose.objective, 1);
  // Half of each group: 5 of 6 right. Nobody or everybody would be as equal, and worse; three of four in b would be all right, and unequal.
  near(fairness.thresholdOptimizer({ scores: [0.1, 0.9, 0.1, 0.3, 0.6, 0.9], truth: [0, 1, 0, 1, 1, 1], group: ["a", "a", "b", "b", "b", "b"], randomized: false, tolerance: 0 }).objective, 5 / 6);
  const random = fairness.thresholdOptimizer({ scores, truth, group });
  assert.throws(() => random.predict({ scores, group }), /expected a seed: this policy decides by chance/);
  assert.deepEqual(random.predict({ scores, group, seed: 1 }), random.predict({ scores, group, seed: 1 }));
  assert.throws(() => random.predictProba({ scores: [0.5], group: ["z"] }), /expected group to be one of a, b, c, got z/);
  assert.throws(() => fairness.thresholdOptimizer({ scores: [0.1, 0.2, 0.3], truth: [1, 1, 0], group: ["a", "a", "b"] }), /expected both classes in group a, got only 1/);
  assert.throws(() => fairness.thresholdOptimizer({ scores, truth, group, constraint: "equalizedOdds", objective: "selectionRate" }), /expected objective accuracy or balancedAccuracy for equalizedOdds, got selectionRate/);
});

test("the reject option changes only decisions near the threshold, and meets its bound where it says so", () => {
  const { scores, truth, group } = people(200, 13, ["a", "b"]);
  const found = fairness.rejectOption({ scores, truth, group, privileged: "b", thresholds: 40, margins: 20 });
  const predicted = found.predict({ scores, group });
  assert.ok(found.satisfied);
  near(fairness.statisticalParityDifference({ predicted, group, privileged: "b" }), found.metric);
  assert.ok(Math.abs(found.metric) <= 0.05);
  predicted.forEach((value, i) => {
    const distance = Math.abs(scores[i] - found.threshold);
    if (distance > found.margin + 1e-12) assert.equal(value, Number(scores[i] > found.threshold));
    else if (distance < found.margin - 1e-12) assert.equal(value, Number(group[i] === "a"), "in the margin the unprivileged are selected");
  });
  assert.ok(found.margin > 0);
  assert.throws(() => fairness.rejectOption({ scores: [2, 0], truth: [1, 0], group: ["a", "b"], privileged: "b" }), /expected scores from 0 to 1, got 2 at index 0/);
});

test("equalised-odds post-processing gives three groups the same rates in expectation, with no fewer errors than before", async () => {
  const { predicted, truth, group } = people(240, 14);
  const found = await fairness.equalizedOdds({ truth, predicted, group });
  const chances = found.predictProba({ predicted, group });
  for (const [label, rate] of [[1, found.truePositiveRate], [0, found.falsePositiveRate]] as const) for (const name of ["a", "b", "c"]) {
    const rows = group.flatMap((one, i) => (one === name && truth[i] === label ? [chances[i]] : []));
    near(rows.reduce((a, b) => a + b, 0) / rows.length, rate, 1e-7);
  }
  assert.ok(found.error >= predicted.filter((value, i) => value !== truth[i]).length / truth.length - 1e-9);
  near((await fairness.equalizedOdds({ truth, predicted: truth, group })).error, 0, 1e-9);
  await assert.rejects(() => fairness.equalizedOdds({ truth: [1, 1, 0], predicted: [1, 0, 0], group: ["a", "a", "b"] }), /expected both classes in group a, got only 1/);
});

test("adversarial debiasing lowers the difference that a plain model has, repeats with its seed, and leaves no tensor behind", async () => {
  const { rows, truth: labels, group } = people(300, 15, ["a", "b"]);
  await fairness.adversarialDebiasing({ rows, labels, group, epochs: 1, seed: 1 });
  const before = tf.memory().numTensors;
  const options = { rows, labels, group, epochs: 80, learningRate: 0.05, batchSize: 300, seed: 2 };
  const plain = await fairness.adversarialDebiasing({ ...options, strength: 0 });
  const fair = await fairness.adversarialDebiasing({ ...options, strength: 1 });
  const gap = (model: { predictProba(rows: number[][]): number[] }) => fairness.byGroup({ predicted: model.predictProba(rows), group, metrics: ["meanPrediction"] }).spread.meanPrediction.difference;
  assert.ok(gap(plain) > 0.15 && gap(fair) < gap(plain) / 2, `${gap(plain)} to ${gap(fair)}`);
  const again = await fairness.adversarialDebiasing({ ...options, epochs: 3, hidden: 4, constraint: "equalizedOdds" });
  assert.deepEqual((await fairness.adversarialDebiasing({ ...options, epochs: 3, hidden: 4, constraint: "equalizedOdds" })).loss, again.loss);
  assert.equal(tf.memory().numTensors, before);
  await assert.rejects(() => fairness.adversarialDebiasing({ ...options, group: rows.map(() => "a") }), /expected at least 2 groups, got 1/);
  await assert.rejects(() => fairness.adversarialDebiasing({ ...options, labels: rows.map(() => 0) }), /expected both classes in labels, got only 0/);
});
