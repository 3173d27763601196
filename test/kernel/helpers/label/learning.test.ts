import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { random } from "../../../../kernel/helpers/data/random.js";
import * as label from "../../../../kernel/helpers/label/index.js";

/** Functions of known accuracy and coverage, independent given the class. */
function votesOf(skills: readonly number[], { items = 2000, coverage = 0.7, seed = 1, classes = 2 } = {}) {
  const draw = random(seed);
  const truth = Array.from({ length: items }, () => draw.integer(0, classes - 1));
  const votes = truth.map((right) => skills.map((skill) => (draw.uniform() > coverage ? null : draw.uniform() < skill ? right : (right + draw.integer(1, classes - 1)) % classes)));
  return { truth, matrix: { functions: skills.map((_, j) => `rule ${j}`), classes: Array.from({ length: classes }, (_, k) => k), votes } };
}

test("the label model finds how good each function is without the truth, and beats the majority where functions differ in quality", () => {
  const skills = [0.95, 0.6, 0.6, 0.6, 0.55];
  const { truth, matrix } = votesOf(skills, { items: 5000 });
  const fit = label.labelModel(matrix, { truth });
  fit.accuracies.forEach((accuracy, j) => assert.ok(Math.abs(accuracy - skills[j]!) < 0.04, `function ${j}: ${accuracy}`));
  assert.equal(fit.comparison.beatsMajority, true);
  assert.ok(fit.comparison.accuracy! > fit.comparison.majorityAccuracy! + 0.03, JSON.stringify(fit.comparison));
});

test("where the label model does not beat the majority vote, it says so and names both figures", () => {
  const { truth, matrix } = votesOf([0.8, 0.8, 0.8], { items: 300, coverage: 1 });
  const fit = label.labelModel(matrix, { truth });
  assert.equal(fit.comparison.beatsMajority, false);
  assert.match(fit.warnings.join(), /does not beat the majority vote on 300 items of known class \(0\.\d+ against 0\.\d+\): use the majority/);
  assert.equal(label.labelModel(matrix).comparison.beatsMajority, null);
});

test("items that no function covers keep the class balance", () => {
  const { matrix } = votesOf([0.9, 0.9, 0.9], { items: 50 });
  const fit = label.labelModel({ ...matrix, votes: [...matrix.votes, [null, null, null]] }, { classBalance: [0.25, 0.75] });
  assert.ok(Math.abs(fit.probabilities.at(-1)![0]! - 0.25) < 1e-9);
});

test("the label model refuses what it cannot identify, by name", () => {
  const { matrix } = votesOf([0.9, 0.8], { items: 5 });
  assert.throws(() => label.labelModel(matrix), /expected at least 3 labelling functions, got 2: with fewer, accuracies cannot be identified/);
  const three = votesOf([0.9, 0.8, 0.7], { items: 5 }).matrix;
  assert.throws(() => label.labelModel({ ...three, classes: [0] }), /expected at least 2 classes, got 1/);
  assert.throws(() => label.labelModel(three, { classBalance: [0.5, 0.4] }), /expected classBalance to sum to 1, got 0.9/);
  assert.throws(() => label.labelModel(three, { truth: [0] }), /expected truth of length 5 like items, got 1/);
  assert.throws(() => label.labelModel({ ...three, votes: [[null, null, null]] }), /expected at least one vote, got none/);
});

test("a labelling function that fails or gives no class is named with the item", () => {
  const rule = (act: () => unknown) => ({ functions: [label.labelingFunction("odd", act as () => string)] });
  assert.throws(() => label.applyFunctions(["x"], rule(() => { throw new Error("no such word"); })), /function odd failed on item 0: no such word/);
  assert.throws(() => label.applyFunctions(["x"], rule(() => undefined)), /function odd gave undefined for item 0: expected a class, or null to abstain/);
  assert.throws(() => label.applyFunctions([], rule(() => null)), /expected at least one item, got none/);
  assert.throws(() => label.applyFunctions(["x"], { ...rule(() => "c"), classes: ["a", "b"] }), /unknown label: c from function odd for item 0/);
});

test("the summary of labelling functions shows itself as a table", () => {
  const { matrix, truth } = votesOf([0.9, 0.8, 0.7], { items: 20 });
  const shown = (label.analyse(matrix, { truth }) as unknown as Record<symbol, () => { data: Record<string, string> }>)[Symbol.for("Jupyter.display")]!();
  assert.match(shown.data["text/html"]!, /coverage[\s\S]*conflict[\s\S]*rule 2/);
});

test("planted label errors are found, ranked worst first, and clean data gives none", () => {
  const draw = random(7);
  const truth = Array.from({ length: 300 }, () => draw.integer(0, 2));
  const planted = [5, 50, 100, 200];
  const probabilities = truth.map((right, i) => [0, 1, 2].map((k) => (k === right ? (planted.includes(i) ? 0.95 : 0.8 + 0.1 * draw.uniform()) : 0)).map((p, k, row) => (p > 0 ? p : (1 - Math.max(...row)) / 2)));
  assert.deepEqual(label.labelErrors({ labels: truth, probabilities }), []);
  const labels = truth.map((right, i) => (planted.includes(i) ? (right + 1) % 3 : right));
  const found = label.labelErrors({ labels, probabilities });
  assert.deepEqual(found.map(({ index }) => index).sort((a, b) => a - b), planted);
  assert.ok(found.every(({ index, suggested }) => suggested === truth[index]));
  const { joint, noiseRate } = label.confidentJoint({ labels, probabilities });
  assert.ok(Math.abs(joint.flat().reduce((sum, p) => sum + p, 0) - 1) < 1e-12);
  assert.ok(noiseRate > 4 / 300 && noiseRate < 0.04, `${noiseRate}`);
});

test("a class that no item was given has no threshold and counts nowhere", () => {
  const { thresholds, counts } = label.confidentJoint({ labels: ["a", "a"], probabilities: [[0.9, 0.1], [0.2, 0.8]] }, { classes: ["a", "b"] });
  assert.deepEqual([thresholds[1], counts[1]], [null, [0, 0]]);
});

test("predictions that are no probabilities are refused with row and value, wherever they are read", () => {
  for (const read of [label.uncertainty, label.pseudoLabels, (p: number[][]) => label.labelErrors({ labels: [0], probabilities: p }), (p: number[][]) => label.committee([p, p])]) {
    assert.throws(() => read([[0.9, 0.3]]), /sum to 1, got 1.2 in row 0/);
    assert.throws(() => read([[Number.NaN, 1]]), /from 0 to 1 in row 0 of .*, got NaN/);
    assert.throws(() => read([]), /at least one row, got none/);
  }
  assert.throws(() => label.labelErrors({ labels: [0, 1], probabilities: [[0.5, 0.5]] }), /expected probabilities of length 2 like labels, got 1/);
});

test("a TensorFlow.js model and a function are both models, and no tensor is left behind", async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, activation: "softmax", inputShape: [2] })] });
  const items = tf.tensor2d([[1, 2], [3, 4]]);
  const before = tf.memory().numTensors;
  const rows = await label.predictProbabilities(items, { model });
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual([rows.length, rows[0]!.length], [2, 3]);
  assert.deepEqual(await label.predictProbabilities([1], { model: () => [[0.25]] }), [[0.75, 0.25]]);
  await assert.rejects(label.predictProbabilities([1], { model: 3 as never }), /expected model to be a function or to have predict, got 3/);
  items.dispose();
  model.dispose();
});

test("propagation keeps given labels, follows two moons that a line cannot part, and leaves unreachable points without label", () => {
  const draw = random(3);
  const moon = (which: number) => Array.from({ length: 60 }, () => {
    const angle = Math.PI * draw.uniform();
    return which ? [1 - Math.cos(angle), 0.5 - Math.sin(angle)] : [Math.cos(angle), Math.sin(angle)];
  });
  const points = [...moon(0), ...moon(1)];
  const labels = points.map((_, i) => (i === 0 ? "upper" : i === 60 ? "lower" : null));
  const found = label.propagate({ points, labels }, { gamma: 40, tolerance: 1e-9 }).labels;
  const right = found.filter((name, i) => name === (i < 60 ? "upper" : "lower")).length;
  assert.ok(right >= 114, `${right} of 120`);
  assert.deepEqual([found[0], found[60]], ["upper", "lower"]);
  assert.equal(label.propagate({ points: [[0], [1], [1e6]], labels: ["a", "b", null] }).labels[2], null);
  assert.throws(() => label.propagate({ points: [[0], [1]], labels: ["a", null] }), /expected labels of at least 2 classes, got 1/);
  assert.throws(() => label.propagate({ points: [[0], [Number.NaN]], labels: ["a", "b"] }), /expected finite numbers in row 1 of points, got NaN/);
});

test("self-training never changes a person's label, and its curriculum grows to all items", async () => {
  const items = [0, 10, 1, 2, 8, 9];
  const { labels, used } = await label.selfTraining({ items, labels: ["far", "far", null, null, null, null] as (string | null)[] }, { classes: ["near", "far"], rounds: 4, fit: () => (all) => all.map((v) => (v < 5 ? [0.9, 0.1] : [0.2, 0.8])) });
  assert.deepEqual(labels, ["far", "far", "near", "near", "far", "far"]);
  assert.deepEqual(used, [1, 2, 3, 4]);
  await assert.rejects(label.selfTraining({ items, labels: items.map(() => null) }, { classes: ["a"], fit: () => () => [] }), /expected at least one labelled item, got none/);
  assert.throws(() => label.pseudoLabels([[0.5, 0.5]], { threshold: 0.9, share: 0.5 }), /expected threshold or share, got both/);
});

test("k-center choices halve no cluster: every cloud gets a point before any gets two", () => {
  const draw = random(5);
  const points = [[0, 0], [20, 0], [0, 20], [20, 20]].flatMap(([x, y]) => Array.from({ length: 25 }, () => [x! + draw.normal(), y! + draw.normal()]));
  for (const chosen of [label.kCenter(points, { count: 4 }), label.clusterSample(points, { count: 4 })]) assert.deepEqual(new Set(chosen.map((i) => Math.floor(i / 25))), new Set([0, 1, 2, 3]));
  assert.ok(label.kCenter(points, { count: 3, labelled: [0] }).every((i) => i >= 25));
});

test("choosing as many points as there are gives each once, even where all coincide; one too many is refused", () => {
  const points = [[1, 1], [1, 1], [1, 1]];
  for (const choose of [label.kCenter, label.clusterSample]) {
    assert.deepEqual([...choose(points, { count: 3 })].sort(), [0, 1, 2]);
    assert.throws(() => choose(points, { count: 3, labelled: [0] }), /expected count <= 2, the number of unlabelled points, got 3/);
  }
  assert.throws(() => label.kCenter(points, { count: 1, labelled: [9] }), /expected labelled indices below 3, got 9/);
  assert.throws(() => label.selectTop([1, 2], { count: 3 }), /expected count <= 2, the number of scores, got 3/);
});

test("reports name the annotator who disagrees and put the disputed item first", () => {
  const votes = [["a", "a", "b"], ["b", "b", "a"], ["a", "a", "a"], ["b", "b", null]];
  const people = label.annotatorReport(votes, { truth: ["a", "b", "a", null] });
  assert.deepEqual(people.map(({ labels, accuracy }) => [labels, accuracy]), [[4, 1], [4, 1], [3, 1 / 3]]);
  assert.equal(people[2]!.agreement, 1 / 3);
  // Nobody is compared with their own vote.
  assert.deepEqual(label.annotatorReport([["a", "b"]]).map((row) => row.agreement), [0, 0]);
  assert.equal(label.itemReport(votes)[0]!.item, 0);
  assert.equal(label.itemReport(votes).at(-1)!.entropy, 0);
});

test("with a strong prior the label model takes every function to be right 7 times in 10", () => {
  const { matrix } = votesOf([0.9, 0.9, 0.5], { items: 30, classes: 3 });
  for (const accuracy of label.labelModel(matrix, { strength: 1e6 }).accuracies) assert.ok(Math.abs(accuracy - 0.7) < 1e-3, `${accuracy}`);
});

test("a class that is never confidently its own keeps one count on the diagonal of the joint", () => {
  const { counts, joint } = label.confidentJoint({ labels: [0, 0, 1, 1], probabilities: [[0.9, 0.1], [0.9, 0.1], [0.95, 0.05], [0.9, 0.1]] });
  assert.deepEqual(counts[1], [2, 0]);
  joint[1]!.forEach((share, k) => assert.ok(Math.abs(share - [1 / 3, 1 / 6][k]!) < 1e-12));
});
