import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../../../kernel/helpers/data/random.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import { made, share } from "./data.js";

const near = (a: number, b: number, within = 1e-9) => assert.ok(Math.abs(a - b) <= within, `${a} ${b}`);

test("boxes and brute force find the same neighbours, ties and repeated points included", () => {
  for (const distance of ["euclidean", "manhattan", "chebyshev"] as const) for (const width of [1, 2, 5]) {
    const draw = random(width);
    const x = Array.from({ length: 700 }, () => Array.from({ length: width }, () => draw.integer(0, 9)));
    const rows = Array.from({ length: 40 }, () => Array.from({ length: width }, () => draw.uniform() * 10));
    const [boxes, brute] = (["kd-tree", "brute"] as const).map((algorithm) => nn.knn({ x, y: x.map(([a]) => Number(a! > 4)) }, { k: 9, distance, algorithm }).neighbors([...rows, ...x.slice(0, 20)]));
    assert.deepEqual(boxes, brute);
  }
});

test("an example asked about is its own nearest, decides alone when weights fall with distance, and k can be all of them", () => {
  const { x, y, number } = made(80, 3, 1);
  const model = nn.knn({ x, y }, { k: 80, weights: "distance" });
  assert.deepEqual(model.predict(x), y);
  assert.deepEqual(nn.knnRegression({ x, y: number }, { k: 7, weights: "distance" }).predict(x), number);
  const all = nn.knn({ x, y }, { k: 80 }).predictProba([[9, 9, 9]])[0]!;
  near(all[1]!, y.filter((one) => one === 1).length / 80);
  assert.throws(() => nn.knn({ x, y }, { k: 81 }), { message: "expected k <= 80, the number of examples, got 81" });
  assert.throws(() => nn.knn({ x: [[0, 0], [1, 1]], y: [0, 1] }, { k: 1, distance: "cosine" }), { message: 'expected rows that are not all 0 in x with distance "cosine", got row 0' });
  assert.throws(() => nn.knn({ x, y }, { distance: "cosine", algorithm: "kd-tree" }), /expected algorithm "brute" or "auto"/);
});

test("least squares leaves errors at right angles to every column, ridge shrinks towards 0, and repeated columns are named", () => {
  const { x, number } = made(60, 4, 2);
  const model = nn.linearRegression({ x, y: number });
  const errors = model.predict(x).map((value, i) => number[i]! - value);
  near(errors.reduce((a, b) => a + b, 0), 0);
  for (let k = 0; k < 4; k++) near(errors.reduce((sum, e, i) => sum + e * x[i]![k]!, 0), 0);
  const size = (l2: number) => Math.hypot(...nn.linearRegression({ x, y: number }, { l2 }).coefficients);
  assert.ok(size(1) > size(10) && size(10) > size(1000) && size(1e9) < 1e-5);
  near(model.mse, nn.regressionReport({ truth: number, predicted: model.predict(x) }).mse);
  const twice = x.map((row) => [...row, 2 * row[0]! - row[1]!]);
  assert.throws(() => nn.linearRegression({ x: twice, y: number }), { message: /got "x4" as a sum of multiples of the others or as a constant: leave some out, or set l2 > 0/ });
  assert.throws(() => nn.linearRegression({ x: [[1.1, 0.1], [1.1, 0.7], [1.1, 0.3]], y: [1, 2, 3] }), { message: /got "x0"/ });
  assert.throws(() => nn.linearRegression({ x: [[1, 2], [2, 1]], y: [1, 2] }), { message: /2 rows are too few for 2 columns/ });
  assert.equal(nn.linearRegression({ x: twice, y: number }, { l2: 1 }).coefficients.length, 5);
  // Through the origin.
  near(nn.linearRegression({ x: [[1], [2]], y: [2, 4] }, { intercept: false }).coefficients[0]!, 2);
});

test("logistic regression ends where its gradient is 0, by Newton and by L-BFGS, for two classes and more, weighted or not", () => {
  for (const classes of [2, 4]) for (const solver of ["newton", "lbfgs"] as const) {
    const { x, y } = made(150, 3, 4, classes);
    const weights = y.map((_, i) => 0.5 + (i % 3));
    const model = nn.logisticRegression({ x, y, weights }, { l2: 0.7, solver });
    assert.ok(model.converged);
    const p = model.predictProba(x);
    const outputs = model.coefficients.length;
    for (let k = 0; k < outputs; k++) {
      const own = outputs === 1 ? 1 : k;
      const pull = p.map((row, i) => weights[i]! * (row[own]! - Number(y[i] === own)));
      near(pull.reduce((a, b) => a + b, 0), 0, 1e-5);
      for (let j = 0; j < 3; j++) near(pull.reduce((sum, g, i) => sum + g * x[i]![j]!, 0.7 * model.coefficients[k]![j]!), 0, 1e-5);
    }
  }
});

test("logistic regression does not mind units, and says so where no optimum exists", () => {
  const { x, y } = made(100, 2, 5);
  const [plain, scaled] = [nn.logisticRegression({ x, y }, { l2: 0 }), nn.logisticRegression({ x: x.map(([a, b]) => [1e6 * a! + 1e7, 1e-4 * b!]), y }, { l2: 0 })];
  near(plain.coefficients[0]![0]!, 1e6 * scaled.coefficients[0]![0]!, 1e-6);
  near(plain.coefficients[0]![1]!, 1e-4 * scaled.coefficients[0]![1]!, 1e-6);
  for (const solver of ["newton", "lbfgs"] as const) assert.throws(() => nn.logisticRegression({ x: [[0], [1], [2], [3]], y: [0, 0, 1, 1] }, { l2: 0, solver }), { message: /^expected l2 > 0, got 0: without a penalty these coefficients grow without end/ }, solver);
  assert.throws(() => nn.logisticRegression({ x: x.map(([a]) => [a!, a!]), y }, { l2: 0 }), { message: /^expected l2 > 0, got 0: .*columns repeat each other/ });
  // One of three classes is told apart without a mistake.
  const three = made(90, 2, 6, 2);
  assert.throws(() => nn.logisticRegression({ x: [...three.x, [50, 50], [51, 50]], y: [...three.y, 2, 2] }, { l2: 0 }), { message: /^expected l2 > 0, got 0/ });
  const sure = nn.logisticRegression({ x, y }).predictProba([[1e6, -1e6], [-1e6, 1e6]]);
  assert.deepEqual(sure.map((row) => row[0]! + row[1]!), [1, 1]);
});

test("k-means never gets worse by a better start, assigns every point to its nearest centre, and names an empty cluster", () => {
  const draw = random(3);
  const points = Array.from({ length: 120 }, (_, i) => [4 * (i % 4) + draw.normal() * 0.3, 4 * (i % 2) + draw.normal() * 0.3]);
  const found = nn.kMeans(points, { k: 4, seed: 2 });
  assert.deepEqual(found.sizes, [30, 30, 30, 30]);
  assert.deepEqual(found.predict(points), found.labels);
  near(found.inertia, points.reduce((sum, p, i) => sum + p.reduce((all, value, j) => all + (value - found.centers[found.labels[i]!]![j]!) ** 2, 0), 0));
  assert.ok(nn.kMeans(points, { k: 4, seed: 2, restarts: 20 }).inertia <= nn.kMeans(points, { k: 4, seed: 2, restarts: 1 }).inertia + 1e-12);
  assert.ok(nn.kMeans(points, { k: 5 }).inertia < found.inertia);
  const init = [[0, 0], [1000, 1000], [2000, 2000]];
  const moved = nn.kMeans(points, { k: 3, init });
  assert.ok(moved.relocated > 0 && moved.sizes.every((size) => size > 0));
  assert.throws(() => nn.kMeans(points, { k: 3, init, empty: "error" }), { message: /^cluster 1 lost all its points in round 1: choose a smaller k/ });
  assert.throws(() => nn.kMeans([[1], [1], [2]], { k: 3 }), { message: "expected k <= 2, the number of different points, got 3" });
  assert.throws(() => nn.kMeans(points, { k: 3, init: [[0, 0]] }), { message: "expected init of 3 centres, got an array of 1" });
  assert.deepEqual(nn.kMeans({ rows: [{ a: 1, b: "x" }, { a: 5, b: "y" }], features: ["a"] }, { k: 2 }).predict([{ a: 0 }, { a: 6 }]).length, 2);
});

test("sparing points by bounds changes nothing: centres, clusters and rounds are those of plain Lloyd", () => {
  for (let seed = 1; seed <= 5; seed++) {
    const { x } = made(300, 2, seed);
    let centers = x.slice(0, 6);
    let labels: number[] = [];
    let rounds = 0;
    for (let moved = true; moved; rounds++) {
      const next = x.map((p) => centers.map((c) => (p[0]! - c[0]!) ** 2 + (p[1]! - c[1]!) ** 2)).map((far) => far.indexOf(Math.min(...far)));
      moved = next.some((one, i) => one !== labels[i]);
      labels = next;
      if (moved) centers = centers.map((_, c) => [0, 1].map((j) => x.reduce((sum, p, i) => sum + (labels[i] === c ? p[j]! : 0), 0) / labels.filter((one) => one === c).length));
    }
    const found = nn.kMeans(x, { k: 6, init: x.slice(0, 6) });
    assert.deepEqual(found.labels, labels);
    assert.ok(found.iterations === rounds || found.iterations === rounds + 1, `${found.iterations} ${rounds}`);
    found.centers.forEach((center, c) => center.forEach((value, j) => near(value, centers[c]![j]!)));
  }
});

test("principal components are at right angles, carry all variance, and go back to the points", () => {
  for (const [rows, width] of [[30, 4], [5, 9]] as const) {
    const { x } = made(rows, width, 8);
    const found = nn.pca(x);
    found.components.forEach((a, i) => found.components.slice(0, Math.min(width, rows - 1)).forEach((b, j) => i < rows - 1 && near(a.reduce((sum, value, k) => sum + value * b[k]!, 0), Number(i === j))));
    near(found.explainedVarianceRatio.reduce((a, b) => a + b, 0), 1);
    found.inverse(found.transform(x)).forEach((row, i) => row.forEach((value, j) => near(value, x[i]![j]!)));
    found.components.forEach((row) => assert.ok(row.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0) > 0));
  }
  const { x } = made(100, 5, 9);
  const [svd, covariance] = [nn.pca(x, { solver: "svd" }), nn.pca(x, { solver: "covariance" })];
  svd.components.forEach((row, k) => row.forEach((value, j) => near(value, covariance.components[k]![j]!)));
  svd.explainedVariance.forEach((value, k) => near(value, covariance.explainedVariance[k]!));
  const some = nn.pca(x, { components: 0.7 });
  const told = some.explainedVarianceRatio.reduce((a, b) => a + b, 0);
  assert.ok(told >= 0.7 && told - some.explainedVarianceRatio.at(-1)! < 0.7);
  const white = nn.pca(x, { whiten: true, components: 2 });
  const scores = white.transform(x);
  for (const k of [0, 1]) near(scores.reduce((sum, row) => sum + row[k]! ** 2, 0) / 99, 1);
  const two = nn.pca(x, { components: 2 });
  const back = two.inverse(two.transform(x));
  white.inverse(scores).forEach((row, i) => row.forEach((value, j) => near(value, back[i]![j]!)));
  assert.throws(() => nn.pca([[1, 2]]), { message: "expected at least 2 points, got 1" });
  assert.throws(() => nn.pca([[1, 2], [1, 2]]), { message: "expected points that differ, got 2 equal ones" });
  assert.throws(() => nn.pca(x, { components: 6 }), { message: "expected components from 1 to 5, or a share above 0 and below 1, got 6" });
});

test("every classifier gives probabilities that sum to 1 and predicts the most probable class, in the type of its labels", () => {
  const { x, y } = made(120, 3, 10, 3);
  const names = y.map((one) => ["bad", "fair", "good"][one]!);
  const models: nn.Classifier<string>[] = [
    nn.decisionTree({ x, y: names }, { maxDepth: 3 }), nn.randomForest({ x, y: names }, { trees: 7 }), nn.knn({ x, y: names }), nn.logisticRegression({ x, y: names }), nn.gaussianNaiveBayes({ x, y: names }),
  ];
  for (const model of models) {
    assert.deepEqual(model.classes, ["bad", "fair", "good"]);
    const proba = model.predictProba(x);
    for (const row of proba) near(row.reduce((a, b) => a + b, 0), 1, 1e-12);
    assert.deepEqual(model.predict(x), proba.map((row) => model.classes[row.indexOf(Math.max(...row))]));
    assert.ok(share(names, model.predict(x)) > 0.7);
    assert.ok(Object.isFrozen(model));
    assert.throws(() => model.predict([[1, 2, Infinity]]), { message: "expected finite numbers in rows, got Infinity in row 0, column 2" });
  }
  const bell = { x: [[0], [2], [1], [3], [2]], y: ["a", "a", "b", "b", "b"] };
  const [few, even] = [nn.gaussianNaiveBayes(bell), nn.gaussianNaiveBayes(bell, { priors: [0.5, 0.5] })].map((model) => model.predictProba([[1.2]])[0]!);
  // Bayes' rule: the odds move as the priors do.
  near(few![1]! / few![0]!, (1.5 * even![1]!) / even![0]!);
  assert.throws(() => nn.gaussianNaiveBayes({ x: [[1], [1]], y: [0, 1] }), { message: /expected features that vary, got none in x0/ });
});
