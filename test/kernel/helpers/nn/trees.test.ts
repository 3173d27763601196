import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../../../kernel/helpers/data/random.js";
import * as explain from "../../../../kernel/helpers/explain/index.js";
import * as fairness from "../../../../kernel/helpers/fairness/index.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import { made, share } from "./data.js";

/** Impurity of rows by its definition. */
function impurity(kind: "gini" | "entropy", labels: number[]): number {
  const shares = [...new Set(labels)].map((one) => labels.filter((other) => other === one).length / labels.length);
  return kind === "gini" ? 1 - shares.reduce((sum, p) => sum + p * p, 0) : shares.reduce((sum, p) => sum - p * Math.log2(p), 0);
}

test("the first question of a tree is the best of all that can be asked, by the definition of Gini and entropy", () => {
  for (const criterion of ["gini", "entropy"] as const) for (let seed = 1; seed <= 6; seed++) {
    const draw = random(seed);
    // Few different values: many ties within columns.
    const x = Array.from({ length: 40 }, () => Array.from({ length: 3 }, () => draw.integer(0, 5)));
    const y = x.map((row) => Number(row[0]! + row[1]! + draw.integer(0, 4) > 6));
    const { tree } = nn.decisionTree({ x, y }, { criterion, maxDepth: 1 });
    let best = Infinity;
    for (let feature = 0; feature < 3; feature++) for (let cut = 0.5; cut < 5; cut++) {
      const [left, right] = [y.filter((_, i) => x[i]![feature]! <= cut), y.filter((_, i) => x[i]![feature]! > cut)];
      if (left.length && right.length) best = Math.min(best, (left.length * impurity(criterion, left) + right.length * impurity(criterion, right)) / y.length);
    }
    const got = (tree.cover[1]! * tree.impurity[1]! + tree.cover[2]! * tree.impurity[2]!) / tree.cover[0]!;
    assert.ok(Math.abs(got - best) < 1e-12, `${criterion} ${seed}: ${got} ${best}`);
    assert.ok(Math.abs(tree.impurity[0]! - impurity(criterion, y)) < 1e-12);
  }
});

test("a tree without limits knows its training rows by heart, limits hold in every node, and rows go where thresholds send them", () => {
  const { x, y, number } = made(300, 4, 3, 3);
  const full = nn.decisionTree({ x, y });
  assert.deepEqual(full.predict(x), y);
  const numbers = nn.regressionTree({ x, y: number });
  numbers.predict(x).forEach((value, i) => assert.ok(Math.abs(value - number[i]!) < 1e-12));
  // In whatever unit.
  const tiny = nn.regressionTree({ x, y: number.map((value) => value * 2 ** -60) });
  assert.deepEqual([tiny.tree.feature, tiny.tree.threshold], [numbers.tree.feature, numbers.tree.threshold]);
  const limited = nn.decisionTree({ x, y }, { maxDepth: 4, minSamplesLeaf: 7, minSamplesSplit: 30 });
  assert.ok(limited.depth <= 4);
  const { left, samples, cover } = limited.tree;
  left.forEach((child, node) => assert.ok(child < 0 ? samples[node]! >= 7 : samples[node]! >= 30));
  // Every row is counted at the leaf that it reaches.
  const counted = new Map<number, number>();
  for (const row of x) {
    const leaf = nn.decisionPath(limited, { x: row }).nodes.at(-1)!;
    counted.set(leaf, (counted.get(leaf) ?? 0) + 1);
  }
  for (const [leaf, count] of counted) assert.equal(cover[leaf], count);
  const weak = nn.decisionTree({ x, y }, { minImpurityDecrease: 0.02 });
  const fall = (node: number) => weak.tree.cover[node]! * weak.tree.impurity[node]!;
  weak.tree.left.forEach((l, node) => l >= 0 && assert.ok((fall(node) - fall(l) - fall(weak.tree.right[node]!)) / 300 >= 0.02 - 1e-12));
});

test("exclusive-or is learned though its first question brings nothing, and numbers side by side are told apart", () => {
  const xor = nn.decisionTree({ x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [0, 1, 1, 0] });
  assert.deepEqual(xor.predict([[0, 0], [0, 1], [1, 0], [1, 1]]), [0, 1, 1, 0]);
  const next = 1 + Number.EPSILON;
  assert.deepEqual(nn.decisionTree({ x: [[1], [next]], y: ["a", "b"] }).predict([[1], [next]]), ["a", "b"]);
  const after = next + Number.EPSILON;
  assert.deepEqual(nn.decisionTree({ x: [[next], [after]], y: ["a", "b"] }).predict([[next], [after]]), ["a", "b"]);
  const huge = Number.MAX_VALUE;
  assert.deepEqual(nn.decisionTree({ x: [[0.9 * huge], [huge]], y: ["a", "b"] }).predict([[0.9 * huge], [huge]]), ["a", "b"]);
  assert.deepEqual(nn.decisionTree({ x: [[-Number.MAX_VALUE], [Number.MAX_VALUE]], y: ["a", "b"] }).predict([[-1], [1]]), ["a", "b"]);
});

test("an example that stands on a threshold goes left in predictions, paths and drawings alike", () => {
  const tree = nn.decisionTree({ x: [[0], [1], [2], [3]], y: ["a", "a", "b", "b"] });
  assert.equal(tree.tree.threshold[0], 1.5);
  assert.equal(nn.decisionPath(tree, { x: [1.5] }).steps[0]!.yes, true);
  assert.deepEqual([tree.predict([[1.5]])[0], nn.decisionPath(tree, { x: [1.5] }).predicts, nn.plotTree(tree, { x: [1.5] }).text.includes("yes")], ["a", "a", true]);
});

test("a row of weight two counts as the row given twice, and one of weight zero is not there", () => {
  const { x, y } = made(60, 3, 5);
  const weights = y.map((_, i) => [0, 1, 2][i % 3]!);
  const twice = x.flatMap((row, i) => Array.from({ length: weights[i]! }, () => row));
  const labels = y.flatMap((label, i) => Array.from({ length: weights[i]! }, () => label));
  for (const criterion of ["gini", "entropy"] as const) {
    const [a, b] = [nn.decisionTree({ x, y, weights }, { criterion }), nn.decisionTree({ x: twice, y: labels }, { criterion })];
    assert.deepEqual({ ...a.tree, samples: 0 }, { ...b.tree, samples: 0 });
  }
});

test("growing alpha prunes to ever smaller trees, each named by the path of pruning", () => {
  const { x, y } = made(200, 3, 7, 3);
  const path = nn.pruningPath({ x, y });
  assert.equal(path.leaves.at(-1), 1);
  path.alphas.forEach((alpha, i) => {
    if (i > 0) assert.ok(alpha >= path.alphas[i - 1]! - 1e-12 && path.leaves[i]! < path.leaves[i - 1]! && path.impurities[i]! >= path.impurities[i - 1]! - 1e-12);
    const next = path.alphas[i + 1];
    if (next !== undefined && next - alpha > 1e-9 && alpha > 0) assert.equal(nn.decisionTree({ x, y }, { ccpAlpha: (alpha + next) / 2 }).leaves, path.leaves[i]);
  });
  assert.equal(nn.decisionTree({ x, y }, { ccpAlpha: 1 }).tree.left.length, 1);
});

test("the rows of a table go in as they are, records are predicted by name in any order, and labels come back as they were", () => {
  const rows = [{ age: 20, blood: 90, ill: "no" }, { age: 70, blood: 150, ill: "yes" }, { age: 65, blood: 95, ill: "no" }, { age: 60, blood: 160, ill: "yes" }] as const;
  const tree = nn.decisionTree({ rows, features: ["age", "blood"], target: "ill" });
  const said: ("no" | "yes")[] = tree.predict([{ blood: 155, age: 30 }]);
  assert.deepEqual(said, ["yes"]);
  assert.deepEqual(tree.predict([[30, 155], Float64Array.of(30, 80)]), ["yes", "no"]);
  assert.deepEqual(nn.decisionTree({ x: [[0], [1]], y: [false, true] }).classes, [false, true]);
  assert.deepEqual(nn.decisionTree({ x: [[0], [1], [2], [3], [4]], y: ["b", 10, true, 9, "a"] }).classes, [true, 9, 10, "a", "b"]);
  assert.deepEqual(nn.decisionTree({ x: [[0], [1]], y: ["z", "a"] }, { classes: ["z", "a"] }).predictProba([[0]]), [[1, 0]]);
});

test("a fitted model goes straight into explain and fairness: TreeSHAP adds up to the prediction", async () => {
  const { x, y } = made(150, 3, 9);
  const forest = nn.randomForest({ x, y }, { trees: 12, maxDepth: 4 });
  const rows = x.slice(0, 20);
  const { values, baseValue: base } = explain.treeShap(forest.trees, rows, { output: 1 });
  forest.predictProba(rows).forEach((p, i) => assert.ok(Math.abs(p[1]! - base - values[i]!.reduce((a, b) => a + b, 0)) < 1e-9));
  const importance = await explain.permutationImportance(forest.predict, { x, y }, { metric: "accuracy", seed: 1 });
  assert.ok(importance.mean[0]! > importance.mean[2]!);
  const shap = await explain.kernelShap(forest.predictProba, rows.slice(0, 2), { background: rows, output: 1 });
  assert.equal(shap.values.length, 2);
  const tree = await fairness.gridSearch({ rows: x, labels: y, group: x.map((row) => (row[2]! > 0 ? "a" : "b")), learner: { fit: (rows, labels, weights) => nn.decisionTree({ x: rows, y: labels, weights }, { maxDepth: 2 }) }, gridSize: 3 });
  assert.ok(tree);
  const group = x.map((row) => (row[2]! > 0 ? "a" : "b"));
  assert.ok(fairness.byGroup({ truth: y, predicted: forest.predict(x), group, metrics: ["accuracy"] }).groups["a"]!.accuracy! > 0.8);
});

test("a forest is the same for the same seed, its trees do not depend on how many there are, and rows left out judge it honestly", () => {
  const { x, y, number } = made(400, 6, 11);
  const other = made(400, 6, 12);
  const forest = nn.randomForest({ x, y }, { trees: 40, seed: 3 });
  assert.deepEqual(nn.randomForest({ x, y }, { trees: 40, seed: 3 }).predictProba(x), forest.predictProba(x));
  assert.notDeepEqual(nn.randomForest({ x, y }, { trees: 40, seed: 4 }).predictProba(x), forest.predictProba(x));
  assert.deepEqual(nn.randomForest({ x, y }, { trees: 5, seed: 3 }).trees, forest.trees.slice(0, 5));
  assert.equal(forest.outOfBagRows, 400);
  // As many draws as rows, of which about 1 - 1/e are different.
  for (const { cover, samples } of forest.trees) assert.ok(cover[0] === 400 && samples[0]! > 220 && samples[0]! < 290);
  assert.ok(Math.abs(forest.outOfBagScore! - share(other.y, forest.predict(other.x))) < 0.06);
  assert.ok(share(y, forest.predict(x)) > 0.99);
  assert.deepEqual(forest.importances.map((_, i) => i).sort((a, b) => forest.importances[b]! - forest.importances[a]!).slice(0, 2).sort(), [0, 1]);
  assert.ok(Math.abs(forest.importances.reduce((a, b) => a + b, 0) - 1) < 1e-12);
  const numbers = nn.regressionForest({ x, y: number }, { trees: 30 });
  assert.ok(Math.abs(numbers.outOfBagScore! - nn.regressionReport({ truth: other.number, predicted: numbers.predict(other.x) }).r2) < 0.08);
  // All rows, all features: every tree is the plain tree.
  const plain = nn.randomForest({ x, y }, { trees: 2, bootstrap: false, maxFeatures: "all" });
  assert.deepEqual(plain.trees[1], nn.decisionTree({ x, y }).tree);
  assert.equal(plain.outOfBagScore, undefined);
});

test("the rules of a tree cover every example once and conclude what the tree predicts", () => {
  const { x, y } = made(120, 3, 13, 3);
  const tree = nn.decisionTree({ x, y: y.map((one) => ["low", "middle", "high"][one]!), features: ["a", "b", "c"] }, { maxDepth: 4 });
  const rules = nn.treeRules(tree);
  for (const row of x) {
    const fit = rules.filter(({ conditions }) => conditions.every(({ feature, low, high }) => row[feature]! > low && row[feature]! <= high));
    assert.equal(fit.length, 1);
    assert.equal(fit[0]!.predicts, tree.predict([row])[0]);
    assert.equal(nn.decisionPath(tree, { x: row }).predicts, fit[0]!.predicts);
  }
  assert.equal(rules.reduce((sum, { samples }) => sum + samples, 0), 120);
});

test("the drawing shows each node's question, impurity and rows, keeps to its width, and tells the way of an example", () => {
  const { x, y } = made(150, 2, 15, 3);
  const tree = nn.decisionTree({ x, y: y.map((one) => ["<a>", "<a>b & c", "<a>d"][one]!), features: ["width", "a very long name of a feature that must be cut"] });
  const small = nn.plotTree(tree, { x: [0.1, 0.2], maxDepth: 2 });
  assert.match(small.text, /the example goes: .*; ends at /);
  assert.match(small.html, /gini [\d.]+, n = 150/);
  assert.match(small.html, /&lt;a&gt;/);
  assert.ok(!small.html.includes("<a>"));
  const large = made(2000, 6, 1);
  assert.throws(() => nn.plotTree(nn.decisionTree({ x: large.x, y: large.y })), { message: /^expected at most 127 nodes to draw, got \d+: set maxDepth$/ });
  assert.match(nn.plotTree(nn.regressionTree({ x: [[1], [2]], y: [0, 5] })).html, /mse/);
});

test("boxes of a drawing never overlap, and a full tree of depth 3 fits the width of a notebook", () => {
  const boxes = (html: string) => [...html.matchAll(/<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)" rx/g)].map((match) => match.slice(1).map(Number));
  for (const [seed, maxDepth] of [[3, 3], [4, 4], [5, 5], [6, 3]] as const) {
    const { x, y } = made(200, 3, 12, seed);
    const { html } = nn.plotTree(nn.decisionTree({ x, y }, { maxDepth }));
    const all = boxes(html);
    assert.ok(all.length > 4);
    for (const [i, [x1, y1, w1, h1]] of all.entries()) for (const [x2, y2, w2, h2] of all.slice(i + 1)) assert.ok(x1 + w1 < x2 || x2 + w2 < x1 || y1 + h1 < y2 || y2 + h2 < y1, `${x1},${y1} and ${x2},${y2}`);
    const width = Number(/width="(\d+)"/.exec(html)![1]);
    assert.ok(all.every(([left, , own]) => left >= 0 && left + own <= width));
    if (maxDepth === 3) assert.ok(width <= 910, String(width));
  }
  // Cut at the second level: questions without their answers, side by side.
  const { x, y } = made(200, 3, 12, 7);
  const all = boxes(nn.plotTree(nn.decisionTree({ x, y }), { maxDepth: 2 }).html);
  for (const [i, [x1, y1, w1]] of all.entries()) for (const [x2, y2, w2] of all.slice(i + 1)) assert.ok(y1 !== y2 || x1 + w1 < x2 || x2 + w2 < x1);
});

test("wrong examples and options are named with their place and mend", () => {
  const fit = (data: unknown, options: object = {}) => () => nn.decisionTree(data as nn.MatrixExamples, options as never);
  const x = [[1, 2], [3, 4]];
  const y = ["a", "b"];
  const cases: [() => unknown, RegExp][] = [
    [fit({ x: [[1, 2], [3]], y }), /expected 2 numbers in row 1 of x, got 1/],
    [fit({ x: [[1, 2], [3, NaN]], y }), /expected finite numbers in x, got NaN in row 1, column 1/],
    [fit({ x: [], y: [] }), /expected x to be rows of numbers, at least one, got an array of 0/],
    [fit({ x, y: ["a"] }), /expected y of length 2 like x, got 1/],
    [fit({ x, y: ["a", "a"] }), /expected at least two classes in y, got only "a"/],
    [fit({ x, y }, { classes: ["a", "b", "c"] }), /expected examples of every class in y, got none of "c"/],
    [fit({ x, y }, { classes: ["a"] }), /unknown class in y: "b" at index 1 \(known: "a"\)/],
    [fit({ x, y: ["a", null] }), /expected strings, numbers or booleans in y, got null at index 1/],
    [fit({ x, y, weights: [1, 0] }), /expected examples of every class in y, got none with a weight above 0 of "b"/],
    [fit({ x, y, weights: [1, -1] }), /expected weights >= 0, got -1 at index 1/],
    [fit({ x, y, features: ["a", "a"] }), /expected features to differ, got "a" twice/],
    [fit({ rows: [{ a: 1, t: "x" }, { a: null, t: "y" }], features: ["a"], target: "t" }), /expected finite numbers in column a, got null in row 1/],
    [fit({ rows: [{ a: 1, t: "x" }], features: ["b"], target: "t" }), /unknown column: b \(row 0 has a, t\)/],
    [fit({ rows: [{ a: 1, t: "x" }], features: ["a"], target: "a" }), /expected target not to be among the features/],
    [fit({ x, y }, { maxDeep: 3 }), /unknown option: maxDeep/],
    [fit({ x, y }, { minSamplesSplit: 1 }), /expected minSamplesSplit to be a whole number >= 2, got 1/],
    [fit({ x, y }, { ccpAlpha: -1 }), /expected ccpAlpha >= 0, got -1/],
    [fit({ x, y }, { classWeight: { c: 2 } }), /unknown class in classWeight: c \(known: a, b\)/],
    [() => nn.decisionTree({ x, y }).predict([[1]]), /expected 2 numbers in row 0 of rows, got 1/],
    [() => nn.decisionTree({ x, y }).predict([{ x0: 1 }]), /unknown column: x1/],
    [() => nn.randomForest({ x, y }, { maxFeatures: 3 }), /expected maxFeatures to be "sqrt", "log2", "all" or from 1 to 2, got 3/],
    [() => nn.regressionTree({ x, y: ["a", "b"] as never }), /expected finite numbers in y, got "a" at index 0/],
    [() => nn.treeRules({} as never), /expected a model of decisionTree or regressionTree/],
  ];
  for (const [work, message] of cases) assert.throws(work, { message });
  assert.deepEqual(nn.decisionTree({ x, y }).predict([]), []);
});
