import { say } from "../../../display/language.js";
import { known, oneOf, shown, whole } from "../../arguments.js";
import { plural } from "../../plot/words.js";
import type { EdgeRow, Graph, NodeRef } from "./contract.js";
import { showLine } from "./show.js";

export interface BuildOptions {
  /** Edges have a direction; default false. */
  directed?: boolean;
  /** How many nodes there are, or their names in order: needed for nodes without edges. Default: as the edges tell. */
  nodes?: number | readonly string[];
  /** An edge from a node to itself: "keep", "drop", or "error". Default "keep". */
  selfLoops?: "keep" | "drop" | "error";
  /** An edge given twice (undirected: in either direction): "error", add the weights ("sum"), or take the "first". Default "error". */
  duplicates?: "error" | "sum" | "first";
}

/**
 * A graph from a list of edges. Numbers are nodes' indices, strings their names, in the order in which they first appear.
 *
 * @param edges `[source, target]`, `[source, target, weight]` or `{ source, target, weight }`; a weight is a finite number above 0, default 1.
 * @throws `unknown node: "x" in edge 3 (known: a, b)`; `expected node in edge 0 to be a whole number from 0 to 4, got 7`; `edge 2 (b - a) repeats edge 0: say duplicates: "sum" or "first"`;
 * `edge 1 (a - a) is a self-loop: say selfLoops: "keep" or "drop"`; `expected weight of edge 0 > 0, got NaN`; names and numbers mixed.
 * @example
 * const g = graph.fromEdges([["ann", "bo"], ["bo", "cy"]]);
 * g.nodes // 3
 * g.targets // [1, 0, 2, 1]
 */
export function fromEdges(edges: readonly EdgeRow[], options: BuildOptions = {}): Graph {
  known(options, ["directed", "nodes", "selfLoops", "duplicates"]);
  const { directed = false } = options;
  const selfLoops = oneOf({ selfLoops: options.selfLoops ?? "keep" }, ["keep", "drop", "error"]);
  const duplicates = oneOf({ duplicates: options.duplicates ?? "error" }, ["error", "sum", "first"]);
  const rows = edges.map(readRow);
  const { names, indexOf } = readNodes(rows, options.nodes);
  const n = names.length;
  const first = new Map<number, { at: number; weight: number }>();
  rows.forEach(([from, to, weight], at) => {
    let [a, b] = [indexOf(from, at), indexOf(to, at)];
    if (!(weight > 0 && Number.isFinite(weight))) throw new RangeError(`expected weight of edge ${at} > 0, got ${shown(weight)}`);
    const told = () => `edge ${at} (${names[a]} ${directed ? "->" : "-"} ${names[b]})`;
    if (a === b && selfLoops === "error") throw new RangeError(`${told()} is a self-loop: say selfLoops: "keep" or "drop"`);
    if (a === b && selfLoops === "drop") return;
    const key = !directed && b < a ? b * n + a : a * n + b;
    const before = first.get(key);
    if (!before) first.set(key, { at, weight });
    else if (duplicates === "error") throw new RangeError(`${told()} repeats edge ${before.at}: say duplicates: "sum" or "first"`);
    else if (duplicates === "sum") before.weight += weight;
  });
  const pairs = [...first].map(([key, { weight }]) => [Math.floor(key / n), key % n, weight] as const);
  return compress(pairs, names, directed);
}

function readRow(edge: EdgeRow): readonly [NodeRef, NodeRef, number] {
  if (Array.isArray(edge)) return [edge[0], edge[1], edge.length > 2 ? edge[2] : 1];
  const { source, target, weight = 1 } = edge as { source: NodeRef; target: NodeRef; weight?: number };
  return [source, target, weight];
}

function readNodes(rows: readonly (readonly [NodeRef, NodeRef, number])[], nodes: BuildOptions["nodes"]): { names: readonly string[]; indexOf(ref: NodeRef, at: number): number } {
  const named = Array.isArray(nodes) || (nodes === undefined && rows.some(([a, b]) => typeof a === "string" || typeof b === "string"));
  if (!named) {
    const most = rows.reduce((high, [a, b]) => Math.max(high, Number(a), Number(b)), -1);
    const count = nodes === undefined ? most + 1 : whole({ nodes: nodes as number });
    const indexOf = (ref: NodeRef, at: number): number => {
      if (typeof ref !== "number" || !Number.isInteger(ref) || ref < 0 || ref >= count) throw new RangeError(`expected node in edge ${at} to be a whole number from 0 to ${count - 1}, got ${shown(ref)}`);
      return ref;
    };
    return { names: Array.from({ length: Number.isInteger(count) ? count : 0 }, (_, at) => String(at)), indexOf };
  }
  const names = [...((nodes ?? []) as readonly string[])];
  const places = new Map(names.map((name, at) => [name, at]));
  if (places.size < names.length) throw new RangeError(`expected nodes to have different names, got ${JSON.stringify(names.find((name, at) => places.get(name) !== at))} twice`);
  const indexOf = (ref: NodeRef, at: number): number => {
    if (typeof ref === "number" && nodes !== undefined && Number.isInteger(ref) && ref >= 0 && ref < names.length) return ref;
    if (typeof ref !== "string") throw new TypeError(`expected names of nodes in edge ${at} like in the others, got ${shown(ref)}`);
    const place = places.get(ref);
    if (place !== undefined) return place;
    if (nodes !== undefined) throw new RangeError(`unknown node: ${JSON.stringify(ref)} in edge ${at} (known: ${names.slice(0, 8).join(", ")}${names.length > 8 ? ", ..." : ""})`);
    places.set(ref, names.length);
    names.push(ref);
    return names.length - 1;
  };
  // Names are numbered before pairs are made of the numbers.
  rows.forEach(([a, b], at) => [a, b].forEach((ref) => indexOf(ref, at)));
  return { names, indexOf };
}

/** Checked pairs, each once, as compressed rows. */
export function compress(pairs: readonly (readonly [from: number, to: number, weight: number])[], names: readonly string[], directed: boolean): Graph {
  const n = names.length;
  const offsets = new Int32Array(n + 1);
  const both = (a: number, b: number) => !directed && a !== b;
  for (const [a, b] of pairs) {
    offsets[a + 1]++;
    if (both(a, b)) offsets[b + 1]++;
  }
  for (let i = 0; i < n; i++) offsets[i + 1] += offsets[i];
  const next = offsets.slice(0, n);
  const [targets, weights] = [new Int32Array(offsets[n]), new Float64Array(offsets[n])];
  const put = (a: number, b: number, weight: number) => {
    targets[next[a]] = b;
    weights[next[a]++] = weight;
  };
  for (const [a, b, weight] of pairs) {
    put(a, b, weight);
    if (both(a, b)) put(b, a, weight);
  }
  for (let i = 0; i < n; i++) sortRow(targets, weights, offsets[i], offsets[i + 1]);
  return finish({ nodes: n, edges: pairs.length, directed, names: Object.freeze([...names]), offsets, targets, weights });
}

function sortRow(targets: Int32Array, weights: Float64Array, from: number, to: number): void {
  const order = Array.from({ length: to - from }, (_, k) => from + k).sort((a, b) => targets[a] - targets[b]);
  const [sorted, moved] = [order.map((at) => targets[at]), order.map((at) => weights[at])];
  targets.set(sorted, from);
  weights.set(moved, from);
}

/** Frozen, and it tells of itself. */
export const finish = (g: Graph): Graph =>
  showLine(g, () => say(`${g.directed ? "Directed" : "Undirected"} graph: ${plural(g.nodes, "node")}, ${plural(g.edges, "edge")}${g.weights.some((weight) => weight !== 1) ? ", weighted" : ""}.`, `${g.directed ? "有向" : "无向"}图：${g.nodes} 个节点，${g.edges} 条边${g.weights.some((weight) => weight !== 1) ? "，带权" : ""}。`));
