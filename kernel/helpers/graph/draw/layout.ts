import { known, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import { components } from "../measure/components.js";
import type { Graph } from "../structure/contract.js";
import { edgeList } from "../structure/read.js";

export type Position = readonly [x: number, y: number];

/**
 * Places for nodes so that edges are short and nodes apart (force-directed): all nodes push each other away, edges pull. The same seed gives the
 * same picture. Components that hang together by nothing are kept near by a weak pull to the middle.
 *
 * @param options `iterations`: default 300 up to 300 nodes, then fewer; `seed`: default 1.
 * @returns a place a node, within -1 to 1.
 * @throws `expected at most 2000 nodes, got 9000: draw a part, graph.subgraph or graph.neighborhood`.
 * Source: Fruchterman and Reingold 1991.
 * @example graph.layout(graph.fromEdges([["a", "b"], ["b", "c"]])).length // 3
 */
export function layout(g: Graph, options: { iterations?: number; seed?: number } = {}): Position[] {
  known(options, ["iterations", "seed"]);
  const n = g.nodes;
  if (n > 2000) throw new RangeError(`expected at most 2000 nodes, got ${n}: draw a part, graph.subgraph or graph.neighborhood`);
  const iterations = whole({ iterations: options.iterations ?? Math.max(50, Math.min(300, Math.round(27_000_000 / (n * n + 1)))) }, 1);
  const draw = random(options.seed ?? 1);
  const [x, y] = [new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) [x[i], y[i]] = [draw.uniform() - 0.5, draw.uniform() - 0.5];
  const apart = 1 / Math.sqrt(Math.max(1, n));
  const edges = edgeList(g).filter(([a, b]) => a !== b);
  const parts = components(g).count;
  const gravity = parts > 1 ? 0.3 : 0.05;
  const [dx, dy] = [new Float64Array(n), new Float64Array(n)];
  for (let round = 0; round < iterations; round++) {
    push(x, y, dx, dy, apart);
    for (const [a, b] of edges) {
      const [u, v] = [x[a] - x[b], y[a] - y[b]];
      const pull = Math.hypot(u, v) / apart;
      dx[a] -= u * pull;
      dy[a] -= v * pull;
      dx[b] += u * pull;
      dy[b] += v * pull;
    }
    const most = 0.1 * (1 - round / iterations) + 1e-3;
    for (let i = 0; i < n; i++) {
      dx[i] -= gravity * x[i];
      dy[i] -= gravity * y[i];
      const length = Math.hypot(dx[i], dy[i]);
      const scale = length > most ? most / length : 1;
      x[i] += dx[i] * scale;
      y[i] += dy[i] * scale;
    }
  }
  return fitted(x, y);
}

/** What all nodes do to each other: apart² over the distance. */
function push(x: Float64Array, y: Float64Array, dx: Float64Array, dy: Float64Array, apart: number): void {
  const n = x.length;
  dx.fill(0);
  dy.fill(0);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const [u, v] = [x[i] - x[j], y[i] - y[j]];
      const force = (apart * apart) / Math.max(u * u + v * v, 1e-6);
      dx[i] += u * force;
      dy[i] += v * force;
      dx[j] -= u * force;
      dy[j] -= v * force;
    }
  }
}

/** Centred, the widest side from -1 to 1. */
function fitted(x: Float64Array, y: Float64Array): Position[] {
  const ends = (values: Float64Array) => values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  const [[left, right], [low, high]] = [ends(x), ends(y)];
  const scale = 2 / (Math.max(right - left, high - low) || 1);
  return Array.from(x, (value, at): Position => [(value - (left + right) / 2) * scale, (y[at] - (low + high) / 2) * scale]);
}
