import { say } from "../../../display/language.js";
import { inside, known } from "../../arguments.js";
import { random } from "../../data/random.js";
import type { Graph } from "../structure/contract.js";
import { edgeList, hasEdge, withoutEdges } from "../structure/read.js";
import { showLine } from "../structure/show.js";

export type Pair = readonly [number, number];

export interface LinkSplit {
  /** The graph without the edges that are held back; all nodes stay. */
  readonly train: Graph;
  /** Edges held back. */
  readonly positive: readonly Pair[];
  /** As many pairs of nodes that have no edge in the whole graph. */
  readonly negative: readonly Pair[];
}

/**
 * Hides some edges, to be told from pairs that have none. Embeddings must be made from `train`: from the whole graph they would know the answer.
 *
 * @param options `test`: share of edges to hold back, default 0.1; `seed`: default 1.
 * @throws `expected test above 0 and below 1, got 0`; `expected at least 2 edges, got 1`; `expected 5 pairs without an edge, found 2: the graph is nearly complete`.
 * @example graph.splitLinks(graph.karateClub().graph).positive.length // 8
 */
export function splitLinks(g: Graph, options: { test?: number; seed?: number } = {}): LinkSplit {
  known(options, ["test", "seed"]);
  const test = inside({ test: options.test ?? 0.1 });
  const edges = edgeList(g).filter(([a, b]) => a !== b).map(([a, b]): Pair => [a, b]);
  if (edges.length < 2) throw new RangeError(`expected at least 2 edges, got ${edges.length}`);
  const draw = random(options.seed ?? 1);
  const positive = draw.shuffle(edges).slice(0, Math.min(edges.length - 1, Math.max(1, Math.round(test * edges.length))));
  const negative = absentPairs(g, positive.length, draw.integer);
  const result = { train: withoutEdges(g, positive), positive, negative };
  return showLine(result, () => say(`${positive.length} edges held back, ${negative.length} pairs without one; ${result.train.edges} edges to learn from.`, `留出 ${positive.length} 条边和 ${negative.length} 对没有边的节点；用 ${result.train.edges} 条边学习。`));
}

/** Different pairs of different nodes without an edge. */
export function absentPairs(g: Graph, count: number, integer: (low: number, high: number) => number): Pair[] {
  const taken = new Set<number>();
  const pairs: Pair[] = [];
  for (let tries = 0; pairs.length < count; tries++) {
    if (tries > 200 * count + 10000) throw new RangeError(`expected ${count} pairs without an edge, found ${pairs.length}: the graph is nearly complete`);
    let [a, b] = [integer(0, g.nodes - 1), integer(0, g.nodes - 1)];
    if (!g.directed && b < a) [a, b] = [b, a];
    const key = a * g.nodes + b;
    if (a === b || taken.has(key) || hasEdge(g, a, b)) continue;
    taken.add(key);
    pairs.push([a, b]);
  }
  return pairs;
}
