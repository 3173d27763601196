import type { MimeBundle } from "../../../display/contract.js";
import { escape } from "../../../display/escape.js";
import { say } from "../../../display/language.js";
import { number } from "../../../display/number.js";
import { known, whole } from "../../arguments.js";
import { showing, type Shown } from "../../explain/plot/shown.js";
import { hex, ink, palette, parseColour, textOn, type Rgb } from "../../plot/colour.js";
import { el, shorten, textWidth, words } from "../../plot/svg/element.js";
import { checkTree, isClassTree, largest, percent, walk, type AnyTree, type Example } from "./walk.js";

export interface PlotTreeOptions {
  /** An example: its way through the tree is drawn thick. */
  x?: Example;
  /** Levels drawn below the root; what lies deeper is shown as "...". Default: all, if that makes at most 127 nodes. */
  maxDepth?: number;
}

/** Answers are narrower than questions: they stand side by side, and eight of them should fit the width of a notebook. */
const questionBox = { width: 192, height: 62 };
const answerBox = { width: 104, height: 79 };
const [levelHeight, gap] = [104, 8];
const most = 127;
/** Bold letters of a wide font, by the width that is reckoned with. */
const bold = 1.28;
/** A colour that no class has before the fourth. */
const wayColour = palette[3];

/**
 * A decision tree as a drawing (SVG): the question or the answer in each node, its impurity and its training rows, its colour that of the class it leans to
 * (stronger, the purer) or, for numbers, from low to high. Left is yes. With `x` the way of one example is drawn thick and told in the text alternative.
 *
 * @throws `expected at most 127 nodes to draw, got 301: set maxDepth`; an example that does not fit the features
 * @example
 * const tree = nn.decisionTree({ x: [[1], [2], [3], [4]], y: ["no", "no", "yes", "yes"], features: ["age"] });
 * nn.plotTree(tree, { x: { age: 3 } }).text // "Decision tree with 2 leaves; the example goes: age <= 2.5? no; ends at yes (100% of 2)."
 */
export function plotTree(model: AnyTree, options: PlotTreeOptions = {}): Shown {
  checkTree(model);
  known(options, ["x", "maxDepth"]);
  const { svg, text } = draw(model, options, "full");
  return showing("image/svg+xml", svg, text);
}

/** As a model shows itself: as deep as there is room. */
export function drawing(model: AnyTree, options: PlotTreeOptions, how: "full" | "short"): MimeBundle {
  const { svg, text } = draw(model, options, how);
  return { data: { "image/svg+xml": svg, "text/plain": text }, metadata: {} };
}

function draw(model: AnyTree, { x, maxDepth }: PlotTreeOptions, how: "full" | "short"): { svg: string; text: string } {
  const { tree, features, leaves } = model;
  const limit = maxDepth === undefined ? (how === "short" ? roomFor(model) : Infinity) : whole({ maxDepth }, 0);
  const place = new Map<number, { x: number; y: number; cut: boolean }>();
  let width = 0;
  put(0, 0);
  if (place.size > most) throw new RangeError(`expected at most ${most} nodes to draw, got ${place.size}: set maxDepth`);
  const way = x === undefined ? [] : walk(model, x).nodes;
  const onWay = new Set(way);
  const paint = painter(model);
  const lines: string[] = [];
  const boxes: string[] = [];
  for (const [node, at] of place) {
    const strong = onWay.has(node);
    const middle = at.x;
    const ends = tree.left[node] < 0;
    const box = ends ? answerBox : questionBox;
    const children = [[tree.left[node], say("yes", "是"), -8], [tree.right[node], say("no", "否"), 8]] as const;
    if (at.cut) lines.push(words("…", { x: middle, y: at.y + box.height + 20, "text-anchor": "middle", "font-size": 22, fill: ink }));
    else if (tree.left[node] >= 0) for (const [child, word, side] of children) {
      const to = place.get(child)!;
      const thick = strong && onWay.has(child);
      const [x1, y1, x2, y2] = [middle, at.y + box.height, to.x, to.y];
      lines.push(el("line", { x1, y1, x2, y2, stroke: thick ? wayColour : ink, "stroke-width": thick ? 4 : 1 }), words(word, { x: (x1 + x2) / 2 + side, y: (y1 + y2) / 2 - 2, "text-anchor": side < 0 ? "end" : "start", "font-size": 13, fill: ink }));
    }
    const fill = paint(node);
    const text = (line: string, y: number, size: number, weight?: string) => words(fitted(line, size, box.width), { x: middle, y: at.y + y, "text-anchor": "middle", "font-size": size, "font-weight": weight, fill: textOn(fill) });
    const facts = [`${impurityName[model.criterion]} ${number(tree.impurity[node], 3)}`, `n = ${tree.samples[node].toLocaleString("en-US")}`];
    boxes.push(el("rect", { x: middle - box.width / 2, y: at.y, width: box.width, height: box.height, rx: ends ? 16 : 4, fill: hex(fill), stroke: strong ? wayColour : ink, "stroke-width": strong ? 4 : 1 }),
      text(ends ? answer(model, node) : fitted(features[tree.feature[node]], 14, box.width, ` <= ${number(tree.threshold[node])}`), 19, 14, "bold"),
      ...[...(ends ? facts : [facts.join(", ")]), detail(model, node, ends ? 3 : 4)].map((line, at) => text(line, 36 + 17 * at, 12)));
  }
  const told = way.slice(0, -1).map((node, step) => `${features[tree.feature[node]]} <= ${number(tree.threshold[node])}? ${way[step + 1] === tree.left[node] ? say("yes", "是") : say("no", "否")}`);
  const end = x === undefined ? "" : say("; the example goes: ", "；样本的路径：") + [...told, say(`ends at ${answerOf(model, way.at(-1)!)}`, `到达 ${answerOf(model, way.at(-1)!)}`)].join(say("; ", "；"));
  const hidden = limit < model.depth ? say(`, drawn to depth ${limit}`, `，画到深度 ${limit}`) : "";
  const name = isClassTree(model) ? say("Decision tree", "决策树") : say("Regression tree", "回归树");
  const text = `${name}${say(` with ${leaves} ${leaves === 1 ? "leaf" : "leaves"}`, `，${leaves} 个叶子`)}${hidden}${end}${say(".", "。")}`;
  const bottom = Math.max(...Array.from(place, ([node, at]) => at.y + (tree.left[node] < 0 ? answerBox : questionBox).height));
  const legend = isClassTree(model) ? classLegend(model, bottom + (hidden ? 52 : 28)) : { text: "", width: 0, height: 0 };
  const [w, h] = [Math.max(width, legend.width) + 8, bottom + (hidden ? 32 : 8) + legend.height];
  const svg = el("svg", { xmlns: "http://www.w3.org/2000/svg", width: w, height: h, viewBox: `-4 -4 ${w} ${h}`, role: "img", "font-family": "system-ui, sans-serif" }, `<title>${name}</title>`, `<desc>${escape(text)}</desc>`, ...lines, ...boxes, legend.text);
  return { svg, text };

  function put(node: number, level: number): number {
    const [inner, cut] = [tree.left[node] >= 0, level >= limit];
    let middle: number;
    if (inner && !cut) middle = (put(tree.left[node], level + 1) + put(tree.right[node], level + 1)) / 2;
    else {
      const own = (inner ? questionBox : answerBox).width;
      middle = width + own / 2;
      width += own + gap;
    }
    place.set(node, { x: middle, y: level * levelHeight, cut: inner && cut });
    return middle;
  }
}

/** As much of the words as has room beside the end, which is never cut; bold ones are a little wider. */
function fitted(line: string, size: number, width: number, end = ""): string {
  const room = width - 10 - textWidth(end, size) * bold;
  let length = [...line].length;
  while (length > 1 && textWidth(shorten(line, length), size) * bold > room) length--;
  return shorten(line, length) + end;
}

/** The deepest level down to which at most 15 nodes are drawn: more would be too small to read. */
function roomFor({ tree, depth }: AnyTree): number {
  const levels = new Array<number>(depth + 1).fill(0);
  const level = new Int32Array(tree.left.length);
  tree.left.forEach((left, node) => {
    levels[level[node]]++;
    if (left >= 0) level[left] = level[tree.right[node]] = level[node] + 1;
  });
  let sum = 0;
  const over = levels.findIndex((count) => (sum += count) > 15);
  return over < 0 ? Infinity : Math.max(1, over - 1);
}

const impurityName = { gini: "gini", entropy: "entropy", squaredError: "mse" };

const answer = (model: AnyTree, node: number): string => (isClassTree(model) ? String(model.classes[largest(model.tree.value[node])]) : number(model.tree.value[node] as number));

/** Shares of the classes where at most `most` are to be told, else that of the most frequent; the mean for numbers. */
function detail(model: AnyTree, node: number, most: number): string {
  if (!isClassTree(model)) return `${say("mean", "均值")} ${number(model.tree.value[node] as number)}`;
  const shares = model.tree.value[node];
  const best = largest(shares);
  return shares.length <= most ? shares.map((share) => percent(share)).join(" / ") : `${String(model.classes[best])} ${percent(shares[best])}`;
}

function answerOf(model: AnyTree, node: number): string {
  const share = isClassTree(model)
    ? say(`${percent(Math.max(...model.tree.value[node]))} of ${model.tree.samples[node]}`, `${model.tree.samples[node]} 个中的 ${percent(Math.max(...model.tree.value[node]))}`)
    : say(`mean of ${model.tree.samples[node]}`, `${model.tree.samples[node]} 个的均值`);
  return `${answer(model, node)} (${share})`;
}

const towardsWhite = (colour: Rgb, strength: number): Rgb => colour.map((part) => Math.round(255 + (part - 255) * strength)) as unknown as Rgb;

/** The colour of a node, solid, so that its words read on white and on black. */
function painter(model: AnyTree): (node: number) => Rgb {
  if (isClassTree(model)) {
    const classes = model.classes.length;
    return (node) => {
      const shares = model.tree.value[node];
      const best = largest(shares);
      return towardsWhite(parseColour(palette[best % palette.length])!, 0.08 + (0.5 * (shares[best] - 1 / classes)) / (1 - 1 / classes));
    };
  }
  const values = model.tree.value as readonly number[];
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  return (node) => towardsWhite(parseColour(palette[0])!, 0.05 + (high > low ? (0.5 * (values[node] - low)) / (high - low) : 0));
}

function classLegend({ classes }: { classes: readonly unknown[] }, y: number): { text: string; width: number; height: number } {
  let x = 0;
  const parts = classes.slice(0, 12).map((one, k) => {
    const name = shorten(String(one), 24);
    const mark = el("rect", { x, y: y - 11, width: 12, height: 12, fill: hex(towardsWhite(parseColour(palette[k % palette.length])!, 0.58)), stroke: ink }) + words(name, { x: x + 18, y, "font-size": 13, fill: ink });
    x += 40 + name.length * 8;
    return mark;
  });
  return { text: parts.join("") + (classes.length > 12 ? words("…", { x, y, "font-size": 13, fill: ink }) : ""), width: x + 20, height: 28 };
}
