import { plural } from "../../plot/words.js";
import type { Graph, NodeRef } from "../structure/contract.js";
import { nodeIndex } from "../structure/read.js";
import { components, requireConnected } from "./components.js";

/**
 * Steps from a node to every other, along edges' directions; Infinity where no way leads. Weights do not count.
 *
 * @example graph.distances(graph.fromEdges([[0, 1], [1, 2]], { nodes: 4 }), 0) // [0, 1, 2, Infinity]
 */
export function distances(g: Graph, from: NodeRef): number[] {
  return search(g, nodeIndex(g, from)).steps;
}

function search(g: Graph, start: number): { steps: number[]; before: Int32Array } {
  const steps = new Array<number>(g.nodes).fill(Number.POSITIVE_INFINITY);
  const before = new Int32Array(g.nodes).fill(-1);
  const queue = [start];
  steps[start] = 0;
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head];
    for (let at = g.offsets[node]; at < g.offsets[node + 1]; at++) {
      const next = g.targets[at];
      if (steps[next] !== Number.POSITIVE_INFINITY) continue;
      steps[next] = steps[node] + 1;
      before[next] = node;
      queue.push(next);
    }
  }
  return { steps, before };
}

/**
 * A shortest way between two nodes, as indices; the one through the smallest indices where there are several.
 *
 * @throws `expected a way from a to d, got none: a is in component 0 (3 nodes), d in component 1 (2 nodes)`; unknown nodes.
 * @example graph.shortestPath(graph.fromEdges([["a", "b"], ["b", "c"]]), "a", "c") // [0, 1, 2]
 */
export function shortestPath(g: Graph, from: NodeRef, to: NodeRef): number[] {
  const [start, end] = [nodeIndex(g, from), nodeIndex(g, to)];
  const { steps, before } = search(g, start);
  if (steps[end] === Number.POSITIVE_INFINITY) {
    const { of, sizes } = components(g);
    const told = (node: number) => `${g.names[node]} is in component ${of[node]} (${plural(sizes[of[node]], "node")})`;
    const why = of[start] === of[end] ? "no way follows the edges' directions" : `${told(start)}, ${told(end).replace(" is in", " in")}`;
    throw new RangeError(`expected a way from ${g.names[start]} to ${g.names[end]}, got none: ${why}`);
  }
  const path = [end];
  while (path[0] !== start) path.unshift(before[path[0]]);
  return path;
}

/**
 * The mean and the longest of the shortest ways between any two nodes: how small a world it is.
 *
 * @throws `expected a connected graph, got 2 components of 3 (a, ...), 2 (d, ...) nodes: between components there is no way; ...`; `expected an undirected graph, got a directed one`; `expected at least 2 nodes, got 1`.
 * @example graph.pathLengths(graph.fromEdges([[0, 1], [1, 2]])) // { average: 1.333, diameter: 2 }
 */
export function pathLengths(g: Graph): { readonly average: number; readonly diameter: number } {
  if (g.directed) throw new RangeError("expected an undirected graph, got a directed one");
  if (g.nodes < 2) throw new RangeError(`expected at least 2 nodes, got ${g.nodes}`);
  requireConnected(g, "between components there is no way");
  let [sum, diameter] = [0, 0];
  for (let node = 0; node < g.nodes; node++) {
    for (const step of search(g, node).steps) {
      sum += step;
      if (step > diameter) diameter = step;
    }
  }
  return Object.freeze({ average: sum / (g.nodes * (g.nodes - 1)), diameter });
}
