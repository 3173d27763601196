import type { Graph } from "../structure/contract.js";
import { hasEdge } from "../structure/read.js";

export interface Clustering {
  /** By node: of the pairs of its neighbours, the share that are neighbours of each other; 0 with fewer than two neighbours. */
  readonly local: readonly number[];
  /** Mean over nodes. */
  readonly average: number;
  /** Three times the triangles over all pairs of edges that meet; 0 where none meet. */
  readonly transitivity: number;
  readonly triangles: number;
}

/**
 * How often two neighbours of a node are neighbours too. Self-loops and weights do not count.
 *
 * @throws `expected an undirected graph, got a directed one`.
 * Source: Watts and Strogatz 1998; networkx `clustering`, `transitivity`.
 * @example graph.clustering(graph.fromEdges([[0, 1], [1, 2], [2, 0], [2, 3]])).local // [1, 1, 0.333, 0]
 */
export function clustering(g: Graph): Clustering {
  if (g.directed) throw new RangeError("expected an undirected graph, got a directed one");
  let [closed, open] = [0, 0];
  const local = Array.from({ length: g.nodes }, (_, node) => {
    const near = Array.from(g.targets.subarray(g.offsets[node], g.offsets[node + 1])).filter((other) => other !== node);
    const pairs = (near.length * (near.length - 1)) / 2;
    let joined = 0;
    for (let a = 0; a < near.length; a++) for (let b = a + 1; b < near.length; b++) if (hasEdge(g, near[a], near[b])) joined += 1;
    closed += joined;
    open += pairs;
    return pairs === 0 ? 0 : joined / pairs;
  });
  const average = g.nodes === 0 ? 0 : local.reduce((sum, value) => sum + value, 0) / g.nodes;
  return Object.freeze({ local, average, transitivity: open === 0 ? 0 : closed / open, triangles: closed / 3 });
}
