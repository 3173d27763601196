import { say } from "../../../display/language.js";
import { escape } from "../../../display/escape.js";
import { neighbours, type Dag } from "../causal/graph.js";
import { ink, palette } from "../../plot/colour.js";
import { el, shorten, textWidth, words } from "../../plot/svg/element.js";
import { showing, type Shown } from "./shown.js";

const [columnWidth, rowHeight, height] = [150, 64, 30];

/**
 * A causal graph as a drawing (SVG): causes left of their effects.
 *
 * @param options `mark`: nodes drawn thick, such as an adjustment set
 * @throws a marked node that the graph does not have
 * @example explain.dagPlot(explain.dag([["a", "b"]])).text // "Causal graph of 2 nodes: a -> b."
 */
export function dagPlot(graph: Dag, options: { mark?: readonly string[] } = {}): Shown {
  const { parents } = neighbours(graph);
  const unknown = (options.mark ?? []).find((name) => !graph.nodes.includes(name));
  if (unknown !== undefined) throw new RangeError(`unknown node: ${unknown} in mark (known: ${graph.nodes.join(", ")})`);
  const level = new Map<string, number>();
  const levelOf = (node: string): number => {
    if (!level.has(node)) level.set(node, Math.max(-1, ...parents.get(node)!.map(levelOf)) + 1);
    return level.get(node)!;
  };
  graph.nodes.forEach(levelOf);
  const filled = new Map<number, number>();
  const place = new Map(graph.nodes.map((node) => {
    const column = levelOf(node);
    const row = filled.get(column) ?? 0;
    filled.set(column, row + 1);
    // Every other column stands half a row lower, so that long arrows pass beside the nodes between.
    return [node, { x: 60 + column * columnWidth, y: 30 + (row + (column % 2) / 2) * rowHeight }];
  }));
  const half = (node: string) => Math.min(62, textWidth(node, 14) / 2 + 12);
  const arrows = graph.edges.map(([from, to]) => {
    const [a, b] = [place.get(from)!, place.get(to)!];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
    const edge = (node: string) => Math.min(half(node) / Math.max(1e-9, Math.abs(ux)), height / 2 / Math.max(1e-9, Math.abs(uy)));
    const [x1, y1, x2, y2] = [a.x + ux * edge(from), a.y + uy * edge(from), b.x - ux * (edge(to) + 3), b.y - uy * (edge(to) + 3)];
    const tip = `${x2.toFixed(1)},${y2.toFixed(1)} ${(x2 - 8 * ux - 4 * uy).toFixed(1)},${(y2 - 8 * uy + 4 * ux).toFixed(1)} ${(x2 - 8 * ux + 4 * uy).toFixed(1)},${(y2 - 8 * uy - 4 * ux).toFixed(1)}`;
    return el("line", { x1, y1, x2, y2, stroke: ink, "stroke-width": 1.5 }) + el("polygon", { points: tip, fill: ink });
  });
  const nodes = graph.nodes.map((node) => {
    const { x, y } = place.get(node)!;
    const marked = options.mark?.includes(node);
    return el("rect", { x: x - half(node), y: y - height / 2, width: 2 * half(node), height, rx: 14, fill: "none", stroke: marked ? palette[1] : ink, "stroke-width": marked ? 3 : 1 }) + words(shorten(node, 14), { x, y: y + 5, "text-anchor": "middle", "font-size": 14 });
  });
  const text = `Causal graph of ${graph.nodes.length} nodes: ${graph.edges.map((edge) => edge.join(" -> ")).join(", ")}${options.mark?.length ? `; marked: ${options.mark.join(", ")}` : ""}.`;
  const [w, h] = [120 + Math.max(0, ...level.values()) * columnWidth, 60 + (Math.max(1, ...filled.values()) - 0.5) * rowHeight];
  return showing("image/svg+xml", el("svg", { xmlns: "http://www.w3.org/2000/svg", width: w, height: h, viewBox: `0 0 ${w} ${h}`, role: "img", "font-family": "system-ui, sans-serif", fill: ink }, `<title>${say("Causal graph", "因果图")}</title>`, `<desc>${escape(text)}</desc>`, ...arrows, ...nodes), text);
}
