import { say } from "../../../display/language.js";
import { known, oneOf } from "../../arguments.js";
import type { Graph } from "../structure/contract.js";
import { reversed, subgraph } from "../structure/read.js";
import { showLine, some } from "../structure/show.js";

export interface Components {
  readonly count: number;
  /** By node: its component's number, from 0; the largest component is 0, equally large ones in the order of their first nodes. */
  readonly of: readonly number[];
  /** Nodes in each. */
  readonly sizes: readonly number[];
}

/**
 * Parts of the graph with no edge between them.
 *
 * @param options `kind`: of directed graphs "weak" (directions do not matter, the default) or "strong" (a way there and back).
 * @example
 * const parts = graph.components(graph.fromEdges([[0, 1], [2, 3], [3, 4]]));
 * parts.sizes // [3, 2]
 * parts.of // [1, 1, 0, 0, 0]
 */
export function components(g: Graph, options: { kind?: "weak" | "strong" } = {}): Components {
  known(options, ["kind"]);
  const kind = oneOf({ kind: options.kind ?? "weak" }, ["weak", "strong"]);
  const raw = g.directed && kind === "strong" ? strong(g) : weak(g);
  const sizes: number[] = [];
  for (const part of raw) sizes[part] = (sizes[part] ?? 0) + 1;
  const first = sizes.map(() => g.nodes);
  raw.forEach((part, node) => (first[part] = Math.min(first[part], node)));
  const order = Array.from(sizes.keys()).sort((a, b) => sizes[b] - sizes[a] || first[a] - first[b]);
  const rank = new Map(order.map((part, at) => [part, at]));
  const result = { count: sizes.length, of: raw.map((part) => rank.get(part)!), sizes: order.map((part) => sizes[part]) };
  return showLine(result, () => say(`${result.count} component${result.count === 1 ? "" : "s"} of ${some(result.sizes.map(String), 8)} nodes.`, `${result.count} 个连通分量，节点数 ${some(result.sizes.map(String), 8)}。`));
}

/** Union of edges' ends, with path halving. */
function weak(g: Graph): number[] {
  const parent = Int32Array.from({ length: g.nodes }, (_, at) => at);
  const root = (node: number): number => {
    while (parent[node] !== node) node = parent[node] = parent[parent[node]];
    return node;
  };
  for (let i = 0; i < g.nodes; i++) for (let at = g.offsets[i]; at < g.offsets[i + 1]; at++) parent[root(g.targets[at])] = root(i);
  const number = new Map<number, number>();
  return Array.from({ length: g.nodes }, (_, node) => {
    const top = root(node);
    if (!number.has(top)) number.set(top, number.size);
    return number.get(top)!;
  });
}

/** Kosaraju: the order in which searches end, then searches against the edges in the opposite order. */
function strong(g: Graph): number[] {
  const order: number[] = [];
  visit(g, Array.from({ length: g.nodes }, (_, at) => at), (node) => order.push(node));
  const part = new Array<number>(g.nodes).fill(-1);
  visit(reversed(g), order.reverse(), (node, tree) => (part[node] = tree));
  return part;
}

/** Depth-first from each start that is not seen yet; `done` is told of each node when all below it are done. */
function visit(g: Graph, starts: readonly number[], done: (node: number, tree: number) => void): void {
  const next = new Int32Array(g.nodes).fill(-1);
  let tree = 0;
  for (const start of starts) {
    if (next[start] >= 0) continue;
    const stack = [start];
    next[start] = g.offsets[start];
    while (stack.length > 0) {
      const node = stack[stack.length - 1];
      if (next[node] < g.offsets[node + 1]) {
        const target = g.targets[next[node]++];
        if (next[target] >= 0) continue;
        next[target] = g.offsets[target];
        stack.push(target);
      } else done(stack.pop()!, tree);
    }
    tree += 1;
  }
}

/**
 * The largest component as a graph of its own.
 *
 * @example graph.largestComponent(graph.fromEdges([["a", "b"], ["c", "d"], ["d", "e"]])).names // ["c", "d", "e"]
 */
export function largestComponent(g: Graph): Graph {
  const { of } = components(g);
  return subgraph(g, of.flatMap((part, node) => (part === 0 ? [node] : [])));
}

/** Throws where the graph falls into parts, and says which. */
export function requireConnected(g: Graph, why: string): void {
  const { count, sizes, of } = components(g);
  if (count <= 1) return;
  const parts = sizes.slice(0, 4).map((size, part) => `${size} (${g.names[of.indexOf(part)]}${size > 1 ? ", ..." : ""})`);
  throw new RangeError(`expected a connected graph, got ${count} components of ${parts.join(", ")}${count > 4 ? ", ..." : ""} nodes: ${why}; graph.largestComponent gives the largest`);
}
