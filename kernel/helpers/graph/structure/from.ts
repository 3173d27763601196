import { known, oneOf, shown } from "../../arguments.js";
import { fromEdges, type BuildOptions } from "./build.js";
import type { EdgeRow, Graph } from "./contract.js";
import { edgeList } from "./read.js";

/**
 * A graph from an adjacency matrix: an entry above 0 is an edge from its row to its column, with that weight.
 *
 * @param matrix square; symmetric unless `directed`.
 * @throws `expected 3 numbers in row 1 of the matrix, got 2`; `expected a symmetric matrix, got 1 at (0, 1) and 0 at (1, 0): say directed: true`; `expected entries >= 0, got -1 at (0, 1)`.
 * @example graph.fromAdjacency([[0, 1], [1, 0]], { names: ["a", "b"] }).edges // 1
 */
export function fromAdjacency(matrix: readonly ArrayLike<number>[], options: { directed?: boolean; names?: readonly string[]; selfLoops?: BuildOptions["selfLoops"] } = {}): Graph {
  known(options, ["directed", "names", "selfLoops"]);
  const { directed = false, names } = options;
  const n = matrix.length;
  if (names && names.length !== n) throw new RangeError(`expected ${n} names like rows, got ${names.length}`);
  const edges: EdgeRow[] = [];
  matrix.forEach((row, i) => {
    if (row.length !== n) throw new RangeError(`expected ${n} numbers in row ${i} of the matrix, got ${row.length}`);
    for (let j = 0; j < n; j++) {
      const value = row[j];
      if (!(value >= 0 && Number.isFinite(value))) throw new RangeError(`expected entries >= 0, got ${shown(value)} at (${i}, ${j})`);
      if (!directed && j < i && matrix[j][i] !== value) throw new RangeError(`expected a symmetric matrix, got ${matrix[j][i]} at (${j}, ${i}) and ${value} at (${i}, ${j}): say directed: true`);
      if (value > 0 && (directed || j >= i)) edges.push([i, j, value]);
    }
  });
  return fromEdges(edges, { directed, nodes: names ?? n, ...(options.selfLoops && { selfLoops: options.selfLoops }) });
}

/** A graph as graphology writes it (`graph.export()`): keys of nodes are names, the attribute `weight` of an edge is its weight. */
export interface GraphJson {
  readonly options?: { readonly type?: "directed" | "undirected" | "mixed" };
  readonly nodes: readonly { readonly key: string | number; readonly attributes?: object }[];
  readonly edges: readonly { readonly source: string | number; readonly target: string | number; readonly undirected?: boolean; readonly attributes?: object }[];
}

/**
 * A graph from graphology's JSON. Attributes other than `weight` stay where they are.
 *
 * @param options `directed`: default as the JSON's type says, else whether its edges are all undirected.
 * @throws as `graph.fromEdges`; `unsupported type: mixed (a graph here is directed or undirected)`.
 * @example graph.fromJson({ nodes: [{ key: "a" }, { key: "b" }], edges: [{ source: "a", target: "b", undirected: true }] }).edges // 1
 */
export function fromJson(json: GraphJson, options: Omit<BuildOptions, "nodes"> = {}): Graph {
  known(options, ["directed", "selfLoops", "duplicates"]);
  if (!Array.isArray(json?.nodes) || !Array.isArray(json.edges)) throw new TypeError(`expected a graph with nodes and edges, got ${shown(json)}`);
  const type = json.options?.type;
  const undirected = json.edges.filter((edge) => edge.undirected === true).length;
  if (options.directed === undefined && (type === "mixed" || (type === undefined && undirected > 0 && undirected < json.edges.length))) throw new RangeError("unsupported type: mixed (a graph here is directed or undirected)");
  const directed = options.directed ?? (type ? type === "directed" : undirected === 0 && json.edges.length > 0);
  const edges = json.edges.map(({ source, target, attributes }): EdgeRow => [String(source), String(target), (attributes as { weight?: number } | undefined)?.weight ?? 1]);
  return fromEdges(edges, { ...options, directed, nodes: json.nodes.map(({ key }) => String(key)) });
}

/**
 * The graph as graphology reads it (`graph.import(json)`).
 *
 * @param options `weights`: "always", or "needed" to leave out weights of 1. Default "needed".
 * @example graph.toJson(graph.fromEdges([["a", "b"]])).edges.length // 1
 */
export function toJson(g: Graph, options: { weights?: "needed" | "always" } = {}): GraphJson {
  known(options, ["weights"]);
  const always = oneOf({ weights: options.weights ?? "needed" }, ["needed", "always"]) === "always";
  return {
    options: { type: g.directed ? "directed" : "undirected" },
    nodes: g.names.map((key) => ({ key })),
    edges: edgeList(g).map(([a, b, weight]) => ({ source: g.names[a], target: g.names[b], undirected: !g.directed, ...((always || weight !== 1) && { attributes: { weight } }) })),
  };
}
