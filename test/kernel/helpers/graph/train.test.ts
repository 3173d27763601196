import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as graph from "../../../../kernel/helpers/graph/index.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";

const engine = await loadEngine();
const made = graph.generate({ nodes: 300, classes: 3, degree: 6, homophily: 0.85, features: 12, signal: 2, seed: 3 });
const parts = graph.splitNodes(made.labels, { perClass: 10, validation: 60, seed: 2 });
const x = tf.tensor2d(made.x as number[][]);
const quiet = { progress: false as const };

const testAccuracy = (model: graph.NodeModel, on: graph.GeneratedGraph = made, features = x, nodes: readonly number[] = parts.test) => graph.accuracy({ truth: on.labels, predicted: graph.predict(model, features).labels, nodes });

async function trained(model: graph.NodeModel, options: graph.NodeFitOptions = {}): Promise<number> {
  await graph.fit(model, { x, labels: made.labels, train: parts.train }, { epochs: 25, learningRate: 0.03, ...quiet, ...options });
  const reached = testAccuracy(model);
  model.dispose();
  return reached;
}

test("with weak features and alike neighbours every graph network beats the same layers without edges", async () => {
  const sizes = { features: 12, classes: 3 };
  const alone = await trained(graph.mlp(made.graph, sizes));
  assert.ok(alone < 0.7, `${alone}`);
  for (const [name, model] of Object.entries({ gcn: graph.gcn(made.graph, sizes), mean: graph.sage(made.graph, sizes), pool: graph.sage(made.graph, { ...sizes, aggregator: "pool" }), gat: graph.gat(made.graph, { ...sizes, hidden: 8, heads: 2 }) })) {
    const reached = await trained(model);
    assert.ok(reached > alone + 0.08, `${name} ${reached}, without edges ${alone}`);
  }
});

test("the same seed gives the same model, to the last bit; another seed another", async () => {
  const weights = async (seed: number) => {
    const model = graph.gcn(made.graph, { features: 12, classes: 3, seed });
    await graph.fit(model, { x, labels: made.labels, train: parts.train }, { epochs: 10, ...quiet });
    const values = model.variables.map((variable) => Array.from(variable.dataSync()));
    model.dispose();
    return values;
  };
  assert.deepEqual(await weights(1), await weights(1));
  assert.notDeepEqual(await weights(1), await weights(2));
});

test("training, predicting and explaining leave no tensor, compiled or not, whole graph or batches", async () => {
  for (const options of [{}, { compile: false }, { batchSize: 8, neighbors: [4, 3] }]) {
    const before = tf.memory().numTensors;
    const model = "batchSize" in options ? graph.sage(made.graph, { features: 12, classes: 3 }) : graph.gcn(made.graph, { features: 12, classes: 3 });
    await graph.fit(model, { x, labels: made.labels, train: parts.train, validation: parts.validation }, { epochs: 12, ...quiet, ...options });
    graph.predict(model, x);
    graph.explainNode(model, { x, node: 5 });
    graph.explainNode(model, { x, node: 5 }, { method: "gradient" });
    model.dispose();
    assert.equal(tf.memory().numTensors, before, JSON.stringify(options));
  }
});

test("compiled and operation by operation training end at the same weights", async () => {
  const end = async (compile: boolean) => {
    const model = graph.gcn(made.graph, { features: 12, classes: 3 });
    const { history } = await graph.fit(model, { x, labels: made.labels, train: parts.train }, { epochs: 30, compile, ...quiet });
    model.dispose();
    return history["loss"]!;
  };
  const [fast, plain] = [await end(true), await end(false)];
  fast.forEach((loss, at) => assert.ok(Math.abs(loss - plain[at]!) < 1e-4, `epoch ${at}: ${loss}, ${plain[at]}`));
});

test("training gives the same losses on WebAssembly, and leaves no tensor there", async () => {
  const losses = async () => {
    const rows = tf.tensor2d(made.x as number[][]);
    const before = tf.memory().numTensors;
    const model = graph.sage(made.graph, { features: 12, classes: 3, aggregator: "pool" });
    const { history } = await graph.fit(model, { x: rows, labels: made.labels, train: parts.train, validation: parts.validation }, { epochs: 5, ...quiet });
    model.dispose();
    assert.equal(tf.memory().numTensors, before);
    rows.dispose();
    return history["loss"]!;
  };
  const here = await losses();
  await loadEngine({ tier: "wasm" });
  const there = await losses();
  await loadEngine({ tier: engine.tier });
  here.forEach((loss, at) => assert.ok(Math.abs(loss - there[at]!) < 1e-4, `epoch ${at}: ${loss}, ${there[at]}`));
});

test("with validation nodes the model ends with its best epoch's weights, and patience ends the training", async () => {
  const model = graph.gcn(made.graph, { features: 12, classes: 3, hidden: 32 });
  const data = { x, labels: made.labels, train: parts.train, validation: parts.validation };
  const fit = await graph.fit(model, data, { epochs: 400, learningRate: 0.05, weightDecay: 0, patience: 15, ...quiet });
  assert.equal(fit.stopped, "early");
  assert.equal(fit.epochs, fit.best + 15);
  const losses = fit.history["val_loss"]!;
  assert.equal(losses.indexOf(Math.min(...losses)) + 1, fit.best);
  const again = tf.tidy(() => {
    const scores = tf.gather(model.predict(x), tf.tensor1d([...parts.validation], "int32"));
    return tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d(parts.validation.map((node) => made.labels[node]!), "int32"), 3), scores).dataSync()[0] as never as number;
  });
  // The weights after the epoch's step are judged in that epoch.
  assert.ok(Math.abs(again - losses[fit.best - 1]!) < 1e-5, `${again}, ${losses[fit.best - 1]}`);
  model.dispose();
});

test("GraphSAGE trained on samples of neighbours answers for a graph that it has never seen", async () => {
  const other = graph.generate({ nodes: 200, classes: 3, degree: 6, homophily: 0.85, features: 12, signal: 2, seed: 3 });
  // The same classes, other people: rows around the same centres.
  const model = graph.sage(made.graph, { features: 12, classes: 3 });
  await graph.fit(model, { x, labels: made.labels, train: parts.train }, { epochs: 30, batchSize: 10, neighbors: [5, 5], ...quiet });
  assert.ok(testAccuracy(model) > 0.75);
  const moved = tf.tensor2d(other.labels.map((label, node) => other.x[node]!.map((value, k) => value - other.truth.centres[label]![k]! + made.truth.centres[label]![k]!)));
  const reached = testAccuracy(model.on(other.graph), other, moved, [...other.labels.keys()]);
  assert.ok(reached > 0.75, `${reached}`);
  model.dispose();
  moved.dispose();
});

test("a sample of all neighbours gives GraphSAGE's answer on the whole graph, mean and pool alike", () => {
  const most = Math.max(...graph.degree(made.graph));
  for (const aggregator of ["mean", "pool"] as const) {
    const model = graph.sage(made.graph, { features: 12, classes: 3, aggregator });
    const nodes = [0, 17, 250];
    const { levels, sizes } = graph.sampleNeighbors(made.graph, nodes, { sizes: [most, most] });
    tf.tidy(() => {
      const sampled = model.predictSample(x, { levels: levels.map((level) => tf.tensor1d(level, "int32")), sizes }).arraySync() as number[][];
      const whole = tf.gather(model.predict(x), tf.tensor1d(nodes, "int32")).arraySync() as number[][];
      sampled.forEach((row, at) => row.forEach((value, k) => assert.ok(Math.abs(value - whole[at]![k]!) < 1e-5)));
    });
    model.dispose();
  }
});

test("sampled neighbours are different neighbours of their node, all of them alike often, and the seed repeats them", () => {
  const g = graph.fromEdges([...Array(8).keys()].map((leaf) => [8, leaf] as const), { nodes: 10 });
  const counts = new Array<number>(10).fill(0);
  const [, level] = graph.sampleNeighbors(g, [9, ...new Array<number>(2000).fill(8)], { sizes: [3] }).levels;
  assert.deepEqual([...level!.slice(2001, 2004)], [-1, -1, -1]);
  for (let at = 2004; at < level!.length; at += 3) {
    assert.equal(new Set(level!.slice(at, at + 3)).size, 3);
    for (const node of level!.slice(at, at + 3)) counts[node]!++;
  }
  // 2000 draws of 3 of 8: 750 each, standard deviation 22.
  for (const count of counts.slice(0, 8)) assert.ok(Math.abs(count - 750) < 110, `${counts}`);
  assert.deepEqual(graph.sampleNeighbors(g, [8], { sizes: [3], seed: 5 }), graph.sampleNeighbors(g, [8], { sizes: [3], seed: 5 }));
});

test("every model here trains through nn.fit too, which knows nothing of graphs", async () => {
  const model = graph.gcn(made.graph, { features: 12, classes: 3 });
  const y = tf.tidy(() => tf.oneHot(tf.tensor1d([...made.labels], "int32"), 3).toFloat());
  const { history } = await nn.fit(model, { x, y }, { loss: (truth, scores) => tf.losses.softmaxCrossEntropy(truth, scores), optimizer: tf.train.adam(0.01), epochs: 20, batchSize: 300, seed: false, progress: false });
  assert.ok(history["loss"]!.at(-1)! < history["loss"]![0]! - 0.1);
  model.dispose();
  y.dispose();
});

test("bad training data are refused by name, and a loss that is not finite costs no weights", async () => {
  const model = graph.gcn(made.graph, { features: 12, classes: 3 });
  const data = { x, labels: made.labels as readonly (number | null)[], train: parts.train as readonly number[] };
  const fails = (change: object, message: RegExp, options: object = {}) => assert.rejects(graph.fit(model, { ...data, ...change }, { epochs: 2, ...quiet, ...options }), message);
  await fails({ train: [] }, /expected at least one node in train, got none/);
  await fails({ train: [0, 0] }, /expected each node once in train, got 0 twice/);
  await fails({ train: [999] }, /unknown node: 999 \(300 nodes/);
  await fails({ labels: [1, 2] }, /expected labels of length 300 like nodes, got 2/);
  await fails({ labels: made.labels.map((label, node) => (node === parts.train[0] ? null : label)) }, new RegExp(`expected labels of the nodes in train, got null for ${parts.train[0]}`));
  await fails({ train: parts.train.filter((node) => made.labels[node] !== 1) }, /expected a node to learn from of class 1, got none/);
  await fails({ validation: [parts.train[3]!] }, new RegExp(`expected each node in train or in validation, got ${parts.train[3]} in both`));
  await fails({ classes: [0, 1] }, /unknown class: 2 of node \d+ \(known: 0, 1\)/);
  await fails({ labels: made.labels.map((label, node) => (node === parts.test[0] ? 3 : label)), train: [...parts.train, parts.test[0]!] }, /expected at most 3 classes, the scores of the model, got 4/);
  await fails({}, /expected a model of graph.sage for batchSize and neighbors, got gcn/, { batchSize: 8 });
  await fails({ x: tf.tidy(() => tf.ones([300, 5])) }, /expected x of shape \[300, 12\] \(nodes, features\), got \[300, 5\]/);
  const before = model.variables.map((variable) => Array.from(variable.dataSync()));
  const broken = tf.tensor2d(made.x.map((row, at) => (at === 4 ? row.map(() => Number.NaN) : [...row])));
  await fails({ x: broken }, /expected loss to be finite, got NaN in epoch 1: lower the learning rate or look for NaN in x; the model has the weights of before/);
  assert.deepEqual(model.variables.map((variable) => Array.from(variable.dataSync())), before);
  model.dispose();
});

test("parts of the graph without a labelled node are told by training and by label propagation", async () => {
  const g = graph.fromEdges([["a", "b"], ["b", "c"], ["d", "e"]], { nodes: ["a", "b", "c", "d", "e", "f"] });
  const spread = graph.propagateLabels(g, ["x", null, "y", null, null, null]);
  assert.deepEqual(spread.labels.slice(3), [null, null, null]);
  assert.deepEqual(spread.probabilities[1], [0.5, 0.5]);
  assert.match(spread.warnings[0]!, /no labelled node in 2 of 3 components \(3 nodes: 2 nodes around d; f\): along edges nothing reaches them/);
  const model = graph.gcn(g, { features: 6, classes: 2 });
  const eye = tf.eye(6);
  const fit = await graph.fit(model, { x: eye, labels: ["x", "x", "y", "y", "y", "y"], train: ["a", "c"] }, { epochs: 2, ...quiet });
  assert.equal(fit.warnings.length, 1);
  assert.throws(() => graph.propagateLabels(g, ["x", null, null, null, null, null]), /expected labels of at least 2 classes, got 1/);
  model.dispose();
  eye.dispose();
});

test("label propagation tells the karate clubs apart from one member of each", () => {
  const { graph: club, clubs } = graph.karateClub();
  const { labels, converged } = graph.propagateLabels(club, clubs.map((name, node) => (node === 0 || node === 33 ? name : null)));
  assert.ok(converged);
  assert.ok(graph.accuracy({ truth: clubs, predicted: labels }) > 0.9);
});

test("what occlusion says is what the probability does when the edge is really gone, and edges out of reach do not matter", async () => {
  const { graph: club, clubs } = graph.karateClub();
  const eye = tf.eye(34);
  const model = graph.gcn(club, { features: 34, classes: 2 });
  await graph.fit(model, { x: eye, labels: clubs, train: [0, 1, 32, 33] }, { epochs: 30, ...quiet });
  const { edges, probability, class: chosen } = graph.explainNode(model, { x: eye, node: 16 });
  const of = (g: graph.Graph) => graph.predict(model.on(g), eye).probabilities[16]![chosen]!;
  assert.ok(Math.abs(of(club) - probability) < 1e-6);
  for (const { source, target, importance } of edges) {
    const without = graph.fromEdges(graph.edgeList(club).filter(([a, b]) => a !== source || b !== target), { nodes: 34 });
    assert.ok(Math.abs(probability - of(without) - importance) < 1e-5, `${source} - ${target}: ${importance}, ${probability - of(without)}`);
  }
  const told = new Set(edges.map(({ source, target }) => `${source} ${target}`));
  for (const [a, b] of graph.edgeList(club)) {
    if (told.has(`${a} ${b}`)) continue;
    assert.ok(Math.abs(of(club) - of(graph.fromEdges(graph.edgeList(club).filter(([c, d]) => a !== c || b !== d), { nodes: 34 }))) < 1e-6);
  }
  assert.throws(() => graph.explainNode(model, { x: eye, node: 16, class: 2 }), /expected class from 0 to 1, got 2/);
  const plain = graph.mlp(club, { features: 34, classes: 2 });
  assert.throws(() => graph.explainNode(plain, { x: eye, node: 16 }, { method: "gradient" }), /expected a model with entries for method gradient, got mlp/);
  tf.dispose([eye]);
  model.dispose();
  plain.dispose();
});

test("importance by gradient is the slope of the probability as an edge counts a little more", () => {
  const model = graph.gcn(made.graph, { features: 12, classes: 3, seed: 8 });
  const { edges, class: chosen } = graph.explainNode(model, { x, node: 40 }, { method: "gradient" });
  const [{ source, target, importance }] = edges as [graph.EdgeImportance];
  const { rowOf, columnOf } = model.entries!;
  const at = (step: number) => tf.tidy(() => tf.softmax(model.predict(x, false, tf.tensor1d(Float32Array.from(rowOf, (row, k) => 1 + ((row === source && columnOf[k] === target) || (row === target && columnOf[k] === source) ? step : 0))))).arraySync() as never) as unknown as number[][];
  const slope = (at(0.02)[40]![chosen]! - at(-0.02)[40]![chosen]!) / 0.04;
  assert.ok(Math.abs(slope - importance) < 2e-2 * Math.abs(importance) + 1e-5, `${slope}, ${importance}`);
  model.dispose();
});

test("nodes are split into parts that do not meet, as many of each class to learn from", () => {
  const all = [...parts.train, ...parts.validation, ...parts.test];
  assert.equal(new Set(all).size, 300);
  for (const label of [0, 1, 2]) assert.equal(parts.train.filter((node) => made.labels[node] === label).length, 10);
  assert.throws(() => graph.splitNodes(["a", "a", "b"], { perClass: 1 }), /expected at least 1 nodes of class "b" to learn from and 1 beyond, got 1/);
  assert.throws(() => graph.splitNodes(["a", "a", "b", "b"], { perClass: 1, validation: 3 }), /expected at most 2 nodes for validation and test, got 3/);
});
