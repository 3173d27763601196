import { known, oneOf } from "../../arguments.js";
import type { Graph } from "../structure/contract.js";

export interface DegreeOptions {
  /** Add weights instead of counting edges; default false. */
  weighted?: boolean;
  /** Of directed graphs: edges that leave ("out"), that arrive ("in"), or "both". Default "both"; undirected graphs have one degree. */
  direction?: "out" | "in" | "both";
}

/**
 * How many edges each node has. A self-loop counts twice in undirected graphs and in "both", as in networkx.
 *
 * @returns one number a node.
 * @example graph.degree(graph.fromEdges([[0, 1], [0, 2], [2, 2]])) // [2, 1, 3]
 */
export function degree(g: Graph, options: DegreeOptions = {}): number[] {
  known(options, ["weighted", "direction"]);
  const direction = oneOf({ direction: options.direction ?? "both" }, ["out", "in", "both"]);
  const degrees = new Array<number>(g.nodes).fill(0);
  for (let i = 0; i < g.nodes; i++) {
    for (let at = g.offsets[i]; at < g.offsets[i + 1]; at++) {
      const weight = options.weighted ? g.weights[at] : 1;
      if (!g.directed) degrees[i] += g.targets[at] === i ? 2 * weight : weight;
      else {
        if (direction !== "in") degrees[i] += weight;
        if (direction !== "out") degrees[g.targets[at]] += weight;
      }
    }
  }
  return degrees;
}
