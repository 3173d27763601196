import { known, positive, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import type { Graph } from "../structure/contract.js";
import { hasEdge } from "../structure/read.js";
import { drawAlias, fillAlias } from "./alias.js";
import { fastUniform } from "./fast.js";

export interface WalkOptions {
  /** Nodes in a walk; default 40. */
  length?: number;
  /** Walks from each node; default 10. */
  perNode?: number;
  /** Going back is 1/p times as likely; above 1 keeps a walk from turning round. Default 1. */
  p?: number;
  /** Going on to a node that the one before has no edge to is 1/q times as likely; below 1 leads away, above 1 stays near. Default 1. */
  q?: number;
  /** Default 1. */
  seed?: number;
}

export const walkOptions = ["length", "perNode", "p", "q", "seed"];

/**
 * Random walks along edges, by their weights, with node2vec's bias: having come from t to v, an edge to x counts weight / p if x is t, weight if
 * t has an edge to x, weight / q otherwise. p = q = 1 are DeepWalk's walks. A node without edges out ends a walk.
 *
 * Steps are drawn from alias tables by weight and taken with chance bias / largest bias: the same distribution as tables for every pair of edges,
 * in the memory of one table an edge.
 *
 * @returns walks as indices, starts in random order.
 * @throws `expected p > 0, got 0`.
 * Source: Grover and Leskovec 2016; Perozzi et al. 2014.
 * @example graph.randomWalks(graph.fromEdges([[0, 1]]), { length: 4, perNode: 1 }).length // 2
 */
export function randomWalks(g: Graph, options: WalkOptions = {}): Int32Array[] {
  known(options, walkOptions);
  const length = whole({ length: options.length ?? 40 }, 1);
  const perNode = whole({ perNode: options.perNode ?? 10 }, 1);
  const [p, q] = [positive({ p: options.p ?? 1 }), positive({ q: options.q ?? 1 })];
  const { offsets, targets, weights } = g;
  const table = { chance: new Float64Array(targets.length), other: new Int32Array(targets.length) };
  for (let node = 0; node < g.nodes; node++) if (offsets[node + 1] > offsets[node]) fillAlias(table, weights, offsets[node], offsets[node + 1]);
  const order = random(options.seed ?? 1);
  const uniform = fastUniform(order.integer(1, 2 ** 31 - 1));
  const most = Math.max(1, 1 / p, 1 / q);
  const plain = p === 1 && q === 1;
  const step = (before: number, node: number): number => {
    const [from, size] = [offsets[node], offsets[node + 1] - offsets[node]];
    for (;;) {
      const next = targets[from + drawAlias(table, from, size, uniform)];
      if (plain || before < 0) return next;
      const bias = next === before ? 1 / p : hasEdge(g, before, next) ? 1 : 1 / q;
      if (bias === most || uniform() * most < bias) return next;
    }
  };
  const walks: Int32Array[] = [];
  for (let round = 0; round < perNode; round++) {
    for (const start of order.shuffle(Array.from({ length: g.nodes }, (_, at) => at))) {
      const walk = new Int32Array(length);
      walk[0] = start;
      let done = 1;
      for (; done < length && offsets[walk[done - 1] + 1] > offsets[walk[done - 1]]; done++) walk[done] = step(done > 1 ? walk[done - 2] : -1, walk[done - 1]);
      walks.push(done < length ? walk.slice(0, done) : walk);
    }
  }
  return walks;
}
