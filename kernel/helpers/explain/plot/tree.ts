import { escape } from "../../../display/escape.js";
import { number } from "../../../display/number.js";
import { known } from "../../arguments.js";
import { ink, palette } from "../../plot/colour.js";
import { el, shorten, words } from "../../plot/svg/element.js";
import { columnNames, table } from "../table.js";
import type { Tree } from "../tree/contract.js";
import { flatten } from "../tree/flat.js";
import { showing, type Shown } from "./shown.js";

export interface TreePlotOptions {
  names?: readonly string[];
  /** An example: its way through the tree is drawn thick. */
  x?: ArrayLike<number>;
}

const [boxWidth, boxHeight, levelHeight, gap] = [144, 44, 88, 12];

/**
 * A tree as a drawing (SVG), with the way of one example. Left is yes.
 *
 * @throws broken trees as in `predictTree`; an example too short for the tree's columns; more than 127 nodes
 * @example
 * const tree = { feature: [0, -2, -2], threshold: [0.5, 0, 0], left: [1, -1, -1], right: [2, -1, -1], value: [0, 10, 20], cover: [4, 3, 1] };
 * explain.treePlot(tree, { names: ["age"], x: [3] }).text // "Tree with 2 leaves; the example goes: age <= 0.5? no; ends at 20."
 */
export function treePlot(tree: Tree, options: TreePlotOptions = {}): Shown {
  known(options, ["names", "x"]);
  const several = typeof tree?.value?.[0] === "object";
  const [{ nodes }] = flatten(tree, several ? { output: 0 } : {});
  if (nodes > 127) throw new RangeError(`expected at most 127 nodes to draw, got ${nodes}`);
  const width = tree.feature.reduce((most, feature, node) => (tree.left[node] === -1 ? most : Math.max(most, feature + 1)), 0);
  const names = columnNames(options.names, options.names?.length ?? width);
  const x = options.x === undefined ? undefined : table({ x: [options.x] }).values;
  if (names.length < width || (x && x.length < width)) throw new RangeError(`expected at least ${width} ${names.length < width ? "names" : "numbers in x"}, got ${names.length < width ? names.length : x!.length}`);
  const place = new Map<number, { x: number; y: number }>();
  let leaves = 0;
  let depth = 0;
  const put = (node: number, level: number): number => {
    depth = Math.max(depth, level);
    const at = tree.left[node] === -1 ? leaves++ * (boxWidth + gap) : (put(tree.left[node], level + 1) + put(tree.right[node], level + 1)) / 2;
    place.set(node, { x: at, y: level * levelHeight });
    return at;
  };
  put(0, 0);
  const path = [0];
  const told: string[] = [];
  const onPath = new Set<number>();
  if (x) for (let node = 0; ; path.push(node)) {
    onPath.add(node);
    if (tree.left[node] === -1) break;
    const yes = x[tree.feature[node]] <= tree.threshold[node];
    told.push(`${names[tree.feature[node]]} <= ${number(tree.threshold[node])}? ${yes ? "yes" : "no"}`);
    node = yes ? tree.left[node] : tree.right[node];
  }
  const lines: string[] = [];
  const boxes: string[] = [];
  for (const [node, at] of place) {
    const thick = onPath.has(node);
    for (const [child, word] of tree.left[node] === -1 ? [] : [[tree.left[node], "yes"], [tree.right[node], "no"]] as const) {
      const to = place.get(child)!;
      const strong = thick && onPath.has(child);
      const [x1, y1, x2, y2] = [at.x + boxWidth / 2, at.y + boxHeight, to.x + boxWidth / 2, to.y];
      lines.push(el("line", { x1, y1, x2, y2, stroke: strong ? palette[1] : ink, "stroke-width": strong ? 4 : 1 }), words(word, { x: (x1 + x2) / 2 + (word === "yes" ? -8 : 8), y: (y1 + y2) / 2 - 4, "text-anchor": word === "yes" ? "end" : "start", "font-size": 13 }));
    }
    const label = tree.left[node] === -1 ? valueText(tree.value[node]) : `${names[tree.feature[node]]} <= ${number(tree.threshold[node])}`;
    boxes.push(el("rect", { x: at.x, y: at.y, width: boxWidth, height: boxHeight, rx: tree.left[node] === -1 ? 16 : 4, fill: "none", stroke: thick ? palette[1] : ink, "stroke-width": thick ? 3 : 1 }),
      words(shorten(label, 18), { x: at.x + boxWidth / 2, y: at.y + 18, "text-anchor": "middle", "font-size": 14 }),
      words(`n = ${number(tree.cover[node])}`, { x: at.x + boxWidth / 2, y: at.y + 36, "text-anchor": "middle", "font-size": 12 }));
  }
  const end = x ? `; the example goes: ${[...told, `ends at ${valueText(tree.value[path.at(-1)!])}`].join("; ")}` : "";
  const text = `Tree with ${leaves} ${leaves === 1 ? "leaf" : "leaves"}${end}.`;
  const [w, h] = [leaves * (boxWidth + gap) + 4, depth * levelHeight + boxHeight + 8];
  return showing("image/svg+xml", el("svg", { xmlns: "http://www.w3.org/2000/svg", width: w, height: h, viewBox: `-4 -4 ${w + 4} ${h}`, role: "img", "font-family": "system-ui, sans-serif", fill: ink }, `<title>${escape("Decision tree")}</title>`, `<desc>${escape(text)}</desc>`, ...lines, ...boxes), text);
}

const valueText = (value: number | readonly number[]): string => (typeof value === "number" ? number(value) : value.map((one) => number(one, 3)).join(" / "));
