import { shown, whole } from "../../arguments.js";
import { compress } from "./build.js";
import type { Graph, NodeRef } from "./contract.js";

const places = new WeakMap<Graph, Map<string, number>>();

/**
 * A node's index, from its name or the index itself.
 *
 * @throws `unknown node: "x" (3 nodes: a, b, c)`; `unknown node: 7 (3 nodes: a, b, c)`.
 * @example graph.nodeIndex(graph.fromEdges([["a", "b"]]), "b") // 1
 */
export function nodeIndex(g: Graph, node: NodeRef): number {
  if (typeof node === "number" && Number.isInteger(node) && node >= 0 && node < g.nodes) return node;
  let names = places.get(g);
  if (!names) places.set(g, (names = new Map(g.names.map((name, at) => [name, at]))));
  const index = typeof node === "string" ? names.get(node) : undefined;
  if (index === undefined) throw new RangeError(`unknown node: ${shown(node)} (${g.nodes} nodes: ${g.names.slice(0, 6).join(", ")}${g.nodes > 6 ? ", ..." : ""})`);
  return index;
}

/** Indices of some nodes, each once; an empty list is an error. */
export function nodeIndices(g: Graph, named: Readonly<Record<string, readonly NodeRef[]>>): number[] {
  const [name, nodes] = Object.entries(named)[0];
  if (!nodes || nodes.length === 0) throw new RangeError(`expected at least one node in ${name}, got none`);
  const found = nodes.map((node) => nodeIndex(g, node));
  const seen = new Set<number>();
  for (const at of found) {
    if (seen.has(at)) throw new RangeError(`expected each node once in ${name}, got ${g.names[at]} twice`);
    seen.add(at);
  }
  return found;
}

/**
 * The nodes that a node points to (undirected: its neighbours), as indices in rising order.
 *
 * @example graph.neighbors(graph.fromEdges([["a", "b"], ["a", "c"]]), "a") // [1, 2]
 */
export function neighbors(g: Graph, node: NodeRef): number[] {
  const at = nodeIndex(g, node);
  return Array.from(g.targets.subarray(g.offsets[at], g.offsets[at + 1]));
}

/** True where an edge leads from one index to another: a binary search. */
export function hasEdge({ offsets, targets }: Graph, from: number, to: number): boolean {
  let [low, high] = [offsets[from], offsets[from + 1]];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (targets[middle] < to) low = middle + 1;
    else high = middle;
  }
  return low < offsets[from + 1] && targets[low] === to;
}

/**
 * Every edge once as `[source, target, weight]` of indices; undirected: the smaller index first.
 *
 * @example graph.edgeList(graph.fromEdges([["b", "a"], ["b", "c", 2]])) // [[0, 1, 1], [0, 2, 2]]
 */
export function edgeList(g: Graph): [source: number, target: number, weight: number][] {
  const edges: [number, number, number][] = [];
  for (let i = 0; i < g.nodes; i++) {
    for (let at = g.offsets[i]; at < g.offsets[i + 1]; at++) if (g.directed || g.targets[at] >= i) edges.push([i, g.targets[at], g.weights[at]]);
  }
  return edges;
}

/**
 * The adjacency matrix as rows of numbers, for graphs small enough to look at.
 *
 * @throws `expected at most 5000 nodes, got 9000: a dense matrix of them would not fit; use graph.normalizedAdjacency`.
 * @example graph.adjacency(graph.fromEdges([[0, 1], [1, 2]])) // [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
 */
export function adjacency(g: Graph): number[][] {
  if (g.nodes > 5000) throw new RangeError(`expected at most 5000 nodes, got ${g.nodes}: a dense matrix of them would not fit; use graph.normalizedAdjacency`);
  return Array.from({ length: g.nodes }, (_, i) => {
    const row = new Array<number>(g.nodes).fill(0);
    for (let at = g.offsets[i]; at < g.offsets[i + 1]; at++) row[g.targets[at]] = g.weights[at];
    return row;
  });
}

/**
 * Some nodes and the edges among them, in the order given; names are kept.
 *
 * @throws unknown or repeated nodes.
 * @example graph.subgraph(graph.fromEdges([["a", "b"], ["b", "c"]]), ["c", "b"]).names // ["c", "b"]
 */
export function subgraph(g: Graph, nodes: readonly NodeRef[]): Graph {
  const chosen = nodeIndices(g, { nodes });
  const place = new Map(chosen.map((old, at) => [old, at]));
  const pairs = edgeList(g).flatMap(([a, b, weight]) => (place.has(a) && place.has(b) ? [[place.get(a)!, place.get(b)!, weight] as const] : []));
  return compress(pairs, chosen.map((at) => g.names[at]), g.directed);
}

/**
 * The nodes within some steps of a node, itself first, nearer ones before farther ones; along edges' directions.
 *
 * @param hops default 1.
 * @example graph.neighborhood(graph.fromEdges([[0, 1], [1, 2], [2, 3]]), 0, 2) // [0, 1, 2]
 */
export function neighborhood(g: Graph, node: NodeRef, hops = 1): number[] {
  whole({ hops });
  const found = [nodeIndex(g, node)];
  const seen = new Set(found);
  for (let from = 0, hop = 0; hop < hops; hop++) {
    const to = found.length;
    for (; from < to; from++) {
      for (let at = g.offsets[found[from]]; at < g.offsets[found[from] + 1]; at++) {
        if (seen.has(g.targets[at])) continue;
        seen.add(g.targets[at]);
        found.push(g.targets[at]);
      }
    }
  }
  return found;
}

/** Every edge turned round. */
export function reversed(g: Graph): Graph {
  return g.directed ? compress(edgeList(g).map(([a, b, weight]) => [b, a, weight] as const), g.names, true) : g;
}

/** The graph without some edges, given by their ends' indices. */
export function withoutEdges(g: Graph, gone: Iterable<readonly [number, number]>): Graph {
  const keys = new Set<number>();
  for (const [a, b] of gone) keys.add(!g.directed && b < a ? b * g.nodes + a : a * g.nodes + b);
  return compress(edgeList(g).filter(([a, b]) => !keys.has(a * g.nodes + b)), g.names, g.directed);
}
