import { known, sameLength } from "../../arguments.js";
import { ink, palette } from "../../plot/colour.js";
import { commonOptions, makeFigure, type CommonOptions, type Figure, type ScatterTrace } from "../../plot/figure.js";
import { list, plural } from "../../plot/words.js";
import type { EdgeImportance } from "../explain/node.js";
import type { Graph, NodeRef } from "../structure/contract.js";
import { edgeList, nodeIndex } from "../structure/read.js";
import { layout, type Position } from "./layout.js";

export interface DrawOptions extends Omit<CommonOptions, "xLabel" | "yLabel" | "xScale" | "yScale"> {
  /** A colour for each class. */
  labels?: readonly (string | number | null)[];
  /** With `labels`: nodes are coloured by the predicted class; those that are wrong are squares with a rim in the true class's colour. */
  predicted?: readonly (string | number | null)[];
  /** Default `graph.layout(g, { seed })`. */
  positions?: readonly Position[];
  /** Of the layout; default 1. */
  seed?: number;
  /** Write names beside nodes; default up to 40 nodes. */
  names?: boolean;
  /** Edges drawn thicker the more they matter, such as `graph.explainNode(...).edges`; blue for, orange against. */
  importance?: readonly EdgeImportance[];
  /** Nodes along a way, drawn thick, such as `graph.shortestPath(...)`. */
  path?: readonly NodeRef[];
  /** Nodes drawn larger. */
  mark?: readonly NodeRef[];
  /** Diameter of nodes in pixels; default 14, less above 60 nodes. */
  size?: number;
}

/**
 * The graph as a drawing: nodes coloured by class, edges as lines; of directed graphs with small arrow heads.
 *
 * @throws `expected labels of length 34 like nodes, got 3`; more than 2000 nodes without `positions`.
 * @example graph.draw(graph.fromEdges([["a", "b"]]), { labels: ["x", "y"] }).layout.meta.description // "Graph, 2 nodes and 1 edge; x 1, y 1."
 */
export function draw(g: Graph, options: DrawOptions = {}): Figure {
  known(options, [...commonOptions, "labels", "predicted", "positions", "seed", "names", "importance", "path", "mark", "size"]);
  const { labels, predicted, size = g.nodes > 300 ? 6 : g.nodes > 60 ? 9 : 14, height = 480 } = options;
  if (!(size > 0)) throw new RangeError(`expected size > 0, got ${size}`);
  const nodes = { length: g.nodes };
  sameLength({ nodes, labels, predicted, positions: options.positions });
  const at = options.positions ?? layout(g, { seed: options.seed ?? 1 });
  const edges = edgeList(g).filter(([a, b]) => a !== b);
  const traces = [edgeTrace(edges, at, { color: "rgba(128,128,128,0.5)", width: g.nodes > 300 ? 0.5 : 1 }), ...(g.directed ? [arrows(edges, at)] : [])];
  if (options.importance) traces.push(...importanceTraces(options.importance, at));
  if (options.path) {
    const way = options.path.map((node) => nodeIndex(g, node));
    traces.push(edgeTrace(way.slice(1).map((node, k) => [way[k], node] as const), at, { color: palette[1], width: 4 }, "path"));
  }
  const marked = new Set((options.mark ?? []).map((node) => nodeIndex(g, node)));
  const groups = nodeTraces(g, at, labels, predicted, size, marked);
  const named = options.names ?? g.nodes <= 40;
  const span = [0, 1].map((axis): [number, number] => [Math.min(...at.map((place) => place[axis])) - 0.12, Math.max(...at.map((place) => place[axis])) + 0.12]);
  const { names: _n, positions: _p, labels: _l, predicted: _q, importance: _i, path: _w, mark: _m, size: _s, seed: _d, ...common } = options;
  return makeFigure([...traces, ...groups.traces], { ...common, height }, [], `Graph, ${plural(g.nodes, "node")} and ${plural(g.edges, "edge")}${groups.words}.`, {
    xaxis: { visible: false, showgrid: false, range: span[0] }, yaxis: { visible: false, showgrid: false, range: span[1] },
    ...(named && { annotations: at.map(([x, y], node) => ({ x, y, text: g.names[node], showarrow: false as const, xanchor: "center" as const, yanchor: "top" as const, font: { size: 11, color: ink } })) }),
  });
}

/** The square is kept for what is wrong. */
const shapes = ["circle", "diamond", "triangle-up", "cross", "triangle-down", "x"] as const;

type Pairs = readonly (readonly [number, number, ...unknown[]])[];

function edgeTrace(edges: Pairs, at: readonly Position[], line: ScatterTrace["line"], name?: string): ScatterTrace {
  return { type: "scatter", mode: "lines", ...(name ? { name } : {}), x: edges.flatMap(([a, b]) => [at[a][0], at[b][0], null]), y: edges.flatMap(([a, b]) => [at[a][1], at[b][1], null]), line, hoverinfo: "skip", showlegend: name !== undefined };
}

/** Two short strokes before the middle of each edge's second half. */
function arrows(edges: Pairs, at: readonly Position[]): ScatterTrace {
  const [x, y]: [(number | null)[], (number | null)[]] = [[], []];
  for (const [a, b] of edges) {
    const [u, v] = [at[b][0] - at[a][0], at[b][1] - at[a][1]];
    const length = Math.hypot(u, v) || 1;
    const tip = [at[a][0] + 0.7 * u, at[a][1] + 0.7 * v];
    const [du, dv] = [(0.035 * u) / length, (0.035 * v) / length];
    x.push(tip[0] - du - 0.5 * dv, tip[0], tip[0] - du + 0.5 * dv, null);
    y.push(tip[1] - dv + 0.5 * du, tip[1], tip[1] - dv - 0.5 * du, null);
  }
  return { type: "scatter", mode: "lines", x, y, line: { color: ink, width: 1.5 }, hoverinfo: "skip", showlegend: false };
}

/** Four widths by size of the importance, for the class and against it; what is below a twentieth of the most is not drawn. */
function importanceTraces(importance: readonly EdgeImportance[], at: readonly Position[]): ScatterTrace[] {
  const most = Math.max(...importance.map((edge) => Math.abs(edge.importance)), 1e-12);
  return ([1, -1] as const).flatMap((sign) => {
    const steps = [4, 3, 2, 1].map((step) => ({ step, own: importance.filter((edge) => edge.importance * sign > 0.05 * most && Math.ceil((4 * Math.abs(edge.importance)) / most) === step) })).filter(({ own }) => own.length > 0);
    return steps.map(({ step, own }, first) => edgeTrace(own.map(({ source, target }) => [source, target] as const), at, { color: palette[sign > 0 ? 0 : 1], width: 1 + 1.5 * step }, first === 0 ? (sign > 0 ? "for the class" : "against it") : undefined)).reverse();
  });
}

function nodeTraces(g: Graph, at: readonly Position[], labels: DrawOptions["labels"], predicted: DrawOptions["predicted"], size: number, marked: ReadonlySet<number>): { traces: ScatterTrace[]; words: string } {
  const shown = predicted ?? labels ?? g.names.map(() => "");
  const classes = [...new Set([...(labels ?? []), ...shown].map(String))].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const colour = (label: unknown) => (label === null ? palette[6] : palette[classes.indexOf(String(label)) % 6]);
  const wrong = (node: number) => labels !== undefined && predicted !== undefined && labels[node] !== null && String(labels[node]) !== String(predicted[node]);
  const keys = new Map<string, number[]>();
  g.names.forEach((_, node) => {
    const key = JSON.stringify([String(shown[node]), wrong(node) ? String(labels![node]) : null, marked.has(node)]);
    keys.set(key, [...(keys.get(key) ?? []), node]);
  });
  const told = new Set<string>();
  const traces = [...keys].sort(([a], [b]) => a.localeCompare(b)).map(([, nodes]): ScatterTrace => {
    const [first] = nodes;
    const [label, miss] = [shown[first], wrong(first)];
    const name = label === null ? "no class" : String(label);
    const fresh = !told.has(name) && !miss && labels !== undefined;
    if (fresh) told.add(name);
    return {
      type: "scatter", mode: "markers", ...(name && { name }), showlegend: fresh, x: nodes.map((node) => at[node][0]), y: nodes.map((node) => at[node][1]),
      text: nodes.map((node) => [g.names[node], labels && `class ${String(labels[node])}`, predicted && `predicted ${String(predicted[node])}`].filter(Boolean).join(", ")), hoverinfo: "text",
      marker: {
        color: colour(label), size: size * (marked.has(first) ? 1.5 : 1), opacity: 1, symbol: miss ? "square" : shapes[Math.max(0, classes.indexOf(String(label))) % shapes.length],
        line: miss ? { color: colour(labels![first]), width: Math.max(2, size / 4) } : { color: "#ffffff", width: marked.has(first) ? 2 : 1 },
      },
    };
  });
  const counts = classes.map((name) => `${name} ${shown.filter((label) => String(label) === name).length}`);
  const misses = g.names.filter((_, node) => wrong(node)).length;
  return { traces, words: labels || predicted ? `; ${list(counts)}${predicted && labels ? `; ${misses} predicted wrong` : ""}` : "" };
}
