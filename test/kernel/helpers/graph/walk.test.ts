import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { loadEngine } from "../../../../kernel/engine/index.js";
import { svg } from "../../../../kernel/helpers/plot/index.js";
import * as graph from "../../../../kernel/helpers/graph/index.js";

await loadEngine();

test("steps of biased walks follow node2vec's chances: back by 1/p, on to a common neighbour by 1, away by 1/q, times the weight", () => {
  // From t = 0 to v = 1; the neighbours of v: 0 (back), 2 (also a neighbour of t), 3 and 4 (away).
  const g = graph.fromEdges([[0, 1, 1], [1, 2, 2], [0, 2, 1], [1, 3, 3], [1, 4, 1]]);
  const [p, q] = [0.5, 4];
  const weights: Record<number, number> = { 0: 1 / p, 2: 2, 3: 3 / q, 4: 1 / q };
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  const counts: Record<number, number> = { 0: 0, 2: 0, 3: 0, 4: 0 };
  let seen = 0;
  for (const walk of graph.randomWalks(g, { length: 40, perNode: 2000, p, q, seed: 3 })) {
    for (let at = 2; at < walk.length; at++) {
      if (walk[at - 2] !== 0 || walk[at - 1] !== 1) continue;
      counts[walk[at]!]!++;
      seen += 1;
    }
  }
  assert.ok(seen > 20000);
  for (const [node, weight] of Object.entries(weights)) {
    const [share, chance] = [counts[Number(node)]! / seen, weight / total];
    // Five standard errors.
    assert.ok(Math.abs(share - chance) < 5 * Math.sqrt((chance * (1 - chance)) / seen), `to ${node}: ${share}, ${chance}`);
  }
});

test("walks go along edges only, start at each node as often as asked, end where no edge leads on, and repeat with the seed", () => {
  const g = graph.fromEdges([[0, 1], [1, 2], [2, 3]], { directed: true, nodes: 5 });
  const walks = graph.randomWalks(g, { length: 6, perNode: 3, seed: 2 });
  assert.deepEqual([0, 1, 2, 3, 4].map((node) => walks.filter((walk) => walk[0] === node).length), [3, 3, 3, 3, 3]);
  for (const walk of walks) assert.deepEqual([...walk], Array.from({ length: walk[0] === 4 ? 1 : 4 - walk[0]! }, (_, step) => walk[0]! + step));
  assert.deepEqual(graph.randomWalks(g, { seed: 2 }), graph.randomWalks(g, { seed: 2 }));
});

test("node2vec puts members of a community near each other, learns as it goes, and repeats with the seed", () => {
  const made = graph.generate({ nodes: 120, classes: 3, degree: 8, homophily: 0.9, seed: 5 });
  const options = { dimensions: 16, length: 20, perNode: 10, epochs: 3, seed: 4 };
  const { vectors, loss } = graph.node2vec(made.graph, options);
  assert.ok(loss[2]! < loss[0]!);
  const cosine = (a: number, b: number) => graph.scoreLinks(vectors, [[a, b]], { measure: "cosine" })[0]!;
  let [same, other, pairs, others] = [0, 0, 0, 0];
  for (let a = 0; a < 120; a++) for (let b = 0; b < a; b++) {
    if (made.labels[a] === made.labels[b]) [same, pairs] = [same + cosine(a, b), pairs + 1];
    else [other, others] = [other + cosine(a, b), others + 1];
  }
  assert.ok(same / pairs > other / others + 0.3, `${same / pairs}, ${other / others}`);
  assert.deepEqual(graph.node2vec(made.graph, options).vectors, vectors);
  assert.throws(() => graph.node2vec(graph.fromEdges([], { nodes: 3 })), /expected a graph with edges, got none/);
  assert.throws(() => graph.node2vec(made.graph, { p: 0 }), /expected p > 0, got 0/);
  assert.throws(() => graph.node2vec(made.graph, { window: 0 }), /expected window to be a whole number >= 1, got 0/);
});

test("held-back edges are in no training graph, pairs without an edge are none, and embeddings of the rest find the edges", () => {
  const made = graph.generate({ nodes: 150, classes: 3, degree: 10, homophily: 0.95, features: 8, seed: 6 });
  const { train, positive, negative } = graph.splitLinks(made.graph, { test: 0.1, seed: 2 });
  assert.equal(train.edges + positive.length, made.graph.edges);
  for (const [a, b] of positive) assert.ok(!graph.neighbors(train, a).includes(b) && graph.neighbors(made.graph, a).includes(b));
  for (const [a, b] of negative) assert.ok(a !== b && !graph.neighbors(made.graph, a).includes(b));
  const judge = (vectors: readonly ArrayLike<number>[]) => graph.judgeLinks({ positive: graph.scoreLinks(vectors, positive), negative: graph.scoreLinks(vectors, negative) }).auc;
  assert.ok(judge(graph.node2vec(train, { dimensions: 16, length: 20, epochs: 2 }).vectors) > 0.65);
  const x = tf.tensor2d(made.x as number[][]);
  const before = tf.memory().numTensors;
  const model = graph.gcn(train, { features: 8, classes: 8 });
  const { vectors, loss } = graph.fitLinks(model, x, { epochs: 40 });
  assert.ok(loss.at(-1)! < loss[0]!);
  assert.ok(judge(vectors) > 0.65, `${judge(vectors)}`);
  model.dispose();
  assert.equal(tf.memory().numTensors, before);
  x.dispose();
  assert.throws(() => graph.splitLinks(graph.fromEdges([[0, 1], [1, 2], [0, 2]]), { test: 0.5 }), /expected 2 pairs without an edge, found 0: the graph is nearly complete/);
  assert.throws(() => graph.scoreLinks([[1]], [[0, 5]]), /unknown node: 5 in pair 0 \(1 rows of vectors\)/);
  assert.throws(() => graph.judgeLinks({ positive: [1], negative: [Number.NaN] }), /expected finite numbers in negative, got NaN at index 0/);
});

test("generated graphs have the edges, the homophily and the features that were asked for, and their truth stays apart", () => {
  const made = graph.generate({ nodes: 900, classes: 3, degree: 8, homophily: 0.7, features: 10, signal: 3, seed: 7 });
  assert.equal(made.graph.edges, 3600);
  // The share of 3600 edges has a standard error of 0.0076.
  assert.ok(Math.abs(graph.homophily(made.graph, made.labels).edge - 0.7) < 0.03);
  for (const label of [0, 1, 2]) {
    const rows = made.x.filter((_, node) => made.labels[node] === label);
    assert.equal(rows.length, 300);
    made.truth.centres[label]!.forEach((centre, k) => assert.ok(Math.abs(rows.reduce((sum, row) => sum + row[k]!, 0) / 300 - centre) < 0.3));
  }
  const words = graph.generate({ nodes: 600, classes: 2, features: 40, kind: "words", words: 5, signal: 2, seed: 7 });
  const mean = words.x.flat().reduce((sum, value) => sum + value, 0) / 600;
  assert.ok(Math.abs(mean - 5) < 0.4, `${mean}`);
  assert.deepEqual(graph.generate({ seed: 9 }).x, graph.generate({ seed: 9 }).x);
  assert.throws(() => graph.generate({ nodes: 10, classes: 2, degree: 9 }), /expected room for 45 edges of homophily 0.8, got 20 pairs within classes and 25 between: more nodes or a lower degree/);
  assert.throws(() => graph.generate({ homophily: 1.2 }), /expected homophily from 0 to 1, got 1.2/);
});

test("a layout keeps neighbours nearer than strangers, stays within its frame, and repeats with the seed", () => {
  const made = graph.generate({ nodes: 60, classes: 2, degree: 6, homophily: 0.95, seed: 3 });
  const at = graph.layout(made.graph);
  const far = (a: number, b: number) => Math.hypot(at[a]![0] - at[b]![0], at[a]![1] - at[b]![1]);
  const edges = graph.edgeList(made.graph);
  const all = at.flatMap((_, a) => at.map((__, b) => far(a, b)));
  assert.ok(edges.reduce((sum, [a, b]) => sum + far(a, b), 0) / edges.length < 0.7 * (all.reduce((sum, value) => sum + value, 0) / (all.length - 60)));
  for (const [x, y] of at) assert.ok(Math.abs(x) <= 1.0001 && Math.abs(y) <= 1.0001);
  assert.deepEqual(graph.layout(made.graph), at);
  assert.notDeepEqual(graph.layout(made.graph, { seed: 2 }), at);
  assert.throws(() => graph.layout(graph.fromEdges([], { nodes: 3000 })), /expected at most 2000 nodes, got 3000/);
});

test("a drawing shows every node once, tells wrong predictions apart, and can be drawn without Plotly", () => {
  const { graph: club, clubs } = graph.karateClub();
  const predicted = clubs.map((name, node) => (node === 9 ? "instructor" : name));
  const importance = [{ source: 0, target: 1, importance: 0.4 }, { source: 32, target: 33, importance: -0.2 }];
  const figure = graph.draw(club, { labels: clubs, predicted, importance, path: [0, 2, 32], mark: [8], title: "Clubs" });
  const nodes = figure.data.filter((trace) => trace.type === "scatter" && trace.mode === "markers");
  assert.equal(nodes.reduce((sum, trace) => sum + (trace as { x: unknown[] }).x.length, 0), 34);
  assert.deepEqual(nodes.filter((trace) => (trace as { marker?: { symbol?: string } }).marker?.symbol === "square").map((trace) => (trace as { text?: string[] }).text), [["9, class administrator, predicted instructor"]]);
  assert.match(figure.layout.meta!.description!, /^Clubs\. Graph, 34 nodes and 78 edges; administrator 16, instructor 18; 1 predicted wrong\.$/);
  assert.ok(svg(figure).startsWith("<svg"));
  assert.ok(svg(graph.draw(graph.fromEdges([["a", "b"], ["b", "c"]], { directed: true }))).includes("path"));
  assert.throws(() => graph.draw(club, { labels: ["a"] }), /expected labels of length 34 like nodes, got 1/);
  assert.throws(() => graph.draw(club, { path: [0, 99] }), /unknown node: 99/);
});
