import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../../../kernel/helpers/data/random.js";
import * as graph from "../../../../kernel/helpers/graph/index.js";
import { displaySymbol } from "../../../../kernel/display/contract.js";

/** Random pairs of different nodes, each once. */
function randomEdges(nodes: number, count: number, seed: number): [number, number, number][] {
  const draw = random(seed);
  const pairs = new Map<string, [number, number, number]>();
  while (pairs.size < count) {
    const [a, b] = [draw.integer(0, nodes - 1), draw.integer(0, nodes - 1)];
    if (a !== b) pairs.set(`${Math.min(a, b)} ${Math.max(a, b)}`, [a, b, draw.integer(1, 9)]);
  }
  return [...pairs.values()];
}

test("edges, adjacency matrix and graphology's JSON are three ways to write the same graph, directed or not", () => {
  for (const directed of [false, true]) {
    const edges = randomEdges(20, 40, 5);
    const g = graph.fromEdges(edges, { directed, nodes: 20 });
    assert.equal(g.edges, 40);
    assert.deepEqual(graph.fromAdjacency(graph.adjacency(g), { directed }), g);
    assert.deepEqual(graph.fromJson(JSON.parse(JSON.stringify(graph.toJson(g))) as graph.GraphJson), g);
    assert.deepEqual(graph.fromEdges(graph.edgeList(g), { directed, nodes: 20 }), g);
  }
});

test("undirected edges can be walked from both ends, directed ones from one; neighbours come sorted", () => {
  const edges = randomEdges(30, 60, 6);
  const [both, one] = [false, true].map((directed) => graph.fromEdges(edges, { directed, nodes: 30 }));
  for (const [a, b] of edges) {
    assert.ok(graph.neighbors(both!, a).includes(b) && graph.neighbors(both!, b).includes(a));
    assert.ok(graph.neighbors(one!, a).includes(b) && !graph.neighbors(one!, b).includes(a));
  }
  for (let node = 0; node < 30; node++) assert.deepEqual(graph.neighbors(both!, node), graph.neighbors(both!, node).sort((a, b) => a - b));
});

test("names stand for nodes in the order in which they appear, and lists of names keep nodes without edges", () => {
  const g = graph.fromEdges([["b", "a"], { source: "a", target: "c", weight: 2 }]);
  assert.deepEqual(g.names, ["b", "a", "c"]);
  assert.equal(graph.nodeIndex(g, "c"), 2);
  assert.deepEqual(graph.degree(graph.fromEdges([["b", "a"]], { nodes: ["a", "b", "alone"] })), [1, 1, 0]);
});

test("self-loops and repeated edges follow the rule that is asked for, and nothing is dropped without being asked", () => {
  assert.throws(() => graph.fromEdges([["a", "b"], ["b", "a"]]), /edge 1 \(b - a\) repeats edge 0: say duplicates: "sum" or "first"/);
  assert.deepEqual([...graph.fromEdges([["a", "b", 2], ["b", "a", 3]], { duplicates: "sum" }).weights], [5, 5]);
  assert.deepEqual([...graph.fromEdges([["a", "b", 2], ["b", "a", 3]], { duplicates: "first" }).weights], [2, 2]);
  assert.equal(graph.fromEdges([["a", "b"], ["b", "a"]], { directed: true }).edges, 2);
  assert.throws(() => graph.fromEdges([["a", "a"]], { selfLoops: "error" }), /edge 0 \(a - a\) is a self-loop: say selfLoops: "keep" or "drop"/);
  assert.equal(graph.fromEdges([["a", "a"], ["a", "b"]], { selfLoops: "drop" }).edges, 1);
  assert.deepEqual(graph.adjacency(graph.fromEdges([["a", "a", 3], ["a", "b"]])), [[3, 1], [1, 0]]);
});

test("bad edges, matrices and nodes are refused by name and place", () => {
  assert.throws(() => graph.fromEdges([[0, 1], [1, 7]], { nodes: 5 }), /expected node in edge 1 to be a whole number from 0 to 4, got 7/);
  assert.throws(() => graph.fromEdges([["a", "x"]], { nodes: ["a", "b"] }), /unknown node: "x" in edge 0 \(known: a, b\)/);
  assert.throws(() => graph.fromEdges([["a", "b"], ["a", 1]]), /expected names of nodes in edge 1 like in the others, got 1/);
  assert.throws(() => graph.fromEdges([[0, 1, Number.NaN]]), /expected weight of edge 0 > 0, got NaN/);
  assert.throws(() => graph.fromEdges([[0, 1, -1]]), /expected weight of edge 0 > 0, got -1/);
  assert.throws(() => graph.fromEdges([[0, 1.5]]), /expected node in edge 0/);
  assert.throws(() => graph.fromEdges([], { nodes: ["a", "a"] }), /expected nodes to have different names, got "a" twice/);
  assert.throws(() => graph.fromAdjacency([[0, 1], [0, 0]]), /expected a symmetric matrix, got 1 at \(0, 1\) and 0 at \(1, 0\): say directed: true/);
  assert.throws(() => graph.fromAdjacency([[0, 1], [1]]), /expected 2 numbers in row 1 of the matrix, got 1/);
  assert.throws(() => graph.fromAdjacency([[0, -1], [-1, 0]]), /expected entries >= 0, got -1 at \(0, 1\)/);
  assert.throws(() => graph.fromJson({ nodes: [{ key: "a" }, { key: "b" }], edges: [{ source: "a", target: "b", undirected: true }, { source: "b", target: "a", undirected: false }] }), /unsupported type: mixed/);
  assert.throws(() => graph.nodeIndex(graph.fromEdges([["a", "b"]]), "x"), /unknown node: "x" \(2 nodes: a, b\)/);
  assert.throws(() => graph.subgraph(graph.fromEdges([["a", "b"]]), ["a", "a"]), /expected each node once in nodes, got a twice/);
  assert.throws(() => graph.fromEdges([[0, 1]], { direct: true } as never), /unknown option: direct/);
});

test("a part of a graph has exactly the edges among its nodes, and a neighbourhood the nodes within its steps", () => {
  const g = graph.fromEdges(randomEdges(30, 60, 7), { nodes: 30 });
  const part = graph.subgraph(g, [3, 9, 4, 20, 11]);
  const inside = graph.edgeList(g).filter(([a, b]) => [3, 9, 4, 20, 11].includes(a) && [3, 9, 4, 20, 11].includes(b));
  assert.deepEqual(graph.edgeList(part).map(([a, b, weight]) => [part.names[a], part.names[b], weight].map(Number).sort((x, y) => x - y).join()).sort(), inside.map((edge) => edge.map(Number).sort((x, y) => x - y).join()).sort());
  const steps = graph.distances(g, 5);
  for (const hops of [0, 1, 2, 3]) assert.deepEqual(graph.neighborhood(g, 5, hops).sort((a, b) => a - b), steps.flatMap((step, node) => (step <= hops ? [node] : [])));
});

test("a graph tells of itself in one line, is frozen, and is plain data", () => {
  const g = graph.fromEdges([["a", "b", 2]]);
  const shown = (g as unknown as Record<symbol, () => { data: Record<string, string> }>)[displaySymbol]!();
  assert.equal(shown.data["text/plain"], "Undirected graph: 2 nodes, 1 edge, weighted.");
  assert.throws(() => Object.assign(g, { nodes: 3 }));
  assert.deepEqual(Object.keys(g).sort(), ["directed", "edges", "names", "nodes", "offsets", "targets", "weights"]);
});

test("the largest component comes first, and what has no way between its parts is told by component", () => {
  const g = graph.fromEdges([["a", "b"], ["c", "d"], ["d", "e"]], { nodes: ["a", "b", "c", "d", "e", "f"] });
  assert.deepEqual(graph.components(g).sizes, [3, 2, 1]);
  assert.throws(() => graph.shortestPath(g, "a", "e"), /expected a way from a to e, got none: a is in component 1 \(2 nodes\), e in component 0 \(3 nodes\)/);
  assert.throws(() => graph.pathLengths(g), /expected a connected graph, got 3 components of 3 \(c, \.\.\.\), 2 \(a, \.\.\.\), 1 \(f\) nodes: between components there is no way/);
  assert.equal(graph.pathLengths(graph.largestComponent(g)).diameter, 2);
  assert.throws(() => graph.shortestPath(graph.fromEdges([["a", "b"]], { directed: true }), "b", "a"), /no way follows the edges' directions/);
});

test("homophily is 1 where all neighbours are alike, and its adjusted form is near 0 for labels drawn at random", () => {
  const g = graph.fromEdges(randomEdges(400, 3000, 8), { nodes: 400 });
  assert.equal(graph.homophily(graph.fromEdges([[0, 1], [2, 3]]), ["a", "a", "b", "b"]).adjusted, 1);
  const draw = random(9);
  const labels = Array.from({ length: 400 }, () => draw.integer(0, 3));
  // 3000 edges: the standard error of the edge share is 0.008.
  assert.ok(Math.abs(graph.homophily(g, labels).adjusted) < 0.05);
  assert.throws(() => graph.homophily(g, labels.map(() => null)), /expected an edge between labelled nodes, got none/);
  assert.throws(() => graph.homophily(g, [1, 2]), /expected labels of length 400 like nodes, got 2/);
});
