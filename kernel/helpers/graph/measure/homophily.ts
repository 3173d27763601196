import { sameLength } from "../../arguments.js";
import type { Graph } from "../structure/contract.js";

export interface Homophily {
  /** Share of edges whose ends have one class. */
  readonly edge: number;
  /** Mean over nodes with neighbours of the share of neighbours that have the node's class. */
  readonly node: number;
  /** `edge` on a scale where 0 is what degrees alone would give and 1 is perfect; NaN with one class. */
  readonly adjusted: number;
}

/**
 * How far edges join nodes of one class: what graph networks, which average over neighbours, live on. Self-loops do not count; weights do not either.
 *
 * @param labels one a node; null: not known, its edges do not count.
 * @throws `expected labels of length 3 like nodes, got 2`; `expected an edge between labelled nodes, got none`.
 * Source: Zhu et al. 2020 (edge), Pei et al. 2020 (node), Platonov et al. 2023 (adjusted).
 * @example graph.homophily(graph.fromEdges([[0, 1], [1, 2]]), ["a", "a", "b"]) // { edge: 0.5, node: 0.5 }
 */
export function homophily(g: Graph, labels: readonly (string | number | null)[]): Homophily {
  sameLength({ nodes: { length: g.nodes }, labels });
  let [same, edges, shares, nodes] = [0, 0, 0, 0];
  const ends = new Map<string | number, number>();
  for (let i = 0; i < g.nodes; i++) {
    let [alike, all] = [0, 0];
    for (let at = g.offsets[i]; at < g.offsets[i + 1]; at++) {
      const j = g.targets[at];
      const [a, b] = [labels[i], labels[j]];
      if (j === i || a === null || b === null) continue;
      all += 1;
      if (a === b) alike += 1;
      ends.set(a, (ends.get(a) ?? 0) + 1);
      if (g.directed) ends.set(b, (ends.get(b) ?? 0) + 1);
    }
    if (all > 0) {
      shares += alike / all;
      nodes += 1;
    }
    same += alike;
    edges += all;
  }
  if (edges === 0) throw new RangeError("expected an edge between labelled nodes, got none");
  const total = [...ends.values()].reduce((sum, count) => sum + count, 0);
  const chance = [...ends.values()].reduce((sum, count) => sum + (count / total) ** 2, 0);
  return Object.freeze({ edge: same / edges, node: shares / nodes, adjusted: chance === 1 ? Number.NaN : (same / edges - chance) / (1 - chance) });
}
