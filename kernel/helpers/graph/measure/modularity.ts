import { known, positive, sameLength } from "../../arguments.js";
import type { Graph } from "../structure/contract.js";
import { degree } from "./degree.js";

/**
 * How far more weight lies on edges within groups than degrees alone would give: sum over groups of (within / m - resolution (degrees / 2m)²),
 * directed: (within / m - resolution out · in / m²). At most 1; 0 for one group of everything.
 *
 * @param groups one a node.
 * @param options `resolution`: above 1 favours small groups; default 1.
 * @throws `expected groups of length 3 like nodes, got 2`; `expected a graph with edges, got none`.
 * Source: Newman 2006; networkx `modularity`.
 * @example graph.modularity(graph.fromEdges([[0, 1], [2, 3]]), ["a", "a", "b", "b"]) // 0.5
 */
export function modularity(g: Graph, groups: readonly (string | number)[], options: { resolution?: number } = {}): number {
  known(options, ["resolution"]);
  const resolution = positive({ resolution: options.resolution ?? 1 });
  sameLength({ nodes: { length: g.nodes }, groups });
  const [out, into] = (["out", "in"] as const).map((direction) => degree(g, { weighted: true, direction }));
  const total = out.reduce((sum, value) => sum + value, 0) / (g.directed ? 1 : 2);
  if (total === 0) throw new RangeError("expected a graph with edges, got none");
  const sums = new Map<string | number, { within: number; out: number; into: number }>();
  for (let i = 0; i < g.nodes; i++) {
    const sum = sums.get(groups[i]) ?? { within: 0, out: 0, into: 0 };
    sums.set(groups[i], sum);
    sum.out += out[i];
    sum.into += into[i];
    for (let at = g.offsets[i]; at < g.offsets[i + 1]; at++) {
      const j = g.targets[at];
      if (groups[j] === groups[i] && (g.directed || j >= i)) sum.within += g.weights[at];
    }
  }
  const scale = g.directed ? total * total : 4 * total * total;
  return [...sums.values()].reduce((q, sum) => q + sum.within / total - (resolution * sum.out * sum.into) / scale, 0);
}
