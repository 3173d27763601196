import { escape } from "../../display/escape.js";
import { explainWords } from "./explain-words.js";
import type { ExplainedVariant } from "./explain.js";

/** Beyond this a drawing is a hairball; the table says more. */
const mostOperations = 400;
const column = 24;
const row = 18;
const margin = 14;

const colours = { argument: "#1f77b4", variable: "#2ca02c", number: "#9467bd", captured: "#8c564b" } as const;

interface Spot {
  x: number;
  y: number;
}

/**
 * The graph as a picture, from what goes in on the left to the new values of variables on the right: a dot an operation, larger the longer it takes.
 * Undefined where there is nothing to draw, or too much.
 */
export function drawGraph({ inputs, operations }: ExplainedVariant): string | undefined {
  if (operations.length === 0 || operations.length > mostOperations) return undefined;
  const say = explainWords();
  const depth: number[] = [];
  for (const { takes } of operations) depth.push(1 + Math.max(0, ...takes.map((from) => (from < 0 ? 0 : depth[from]!))));
  const layers: number[][] = Array.from({ length: Math.max(...depth) + 1 }, () => []);
  inputs.forEach((_, at) => layers[0]!.push(-1 - at));
  depth.forEach((layer, at) => layers[layer]!.push(at));
  const tallest = Math.max(...layers.map(({ length }) => length));
  const spots = new Map<number, Spot>();
  layers.forEach((layer, at) => {
    // Near what it takes: fewer lines cross.
    const wish = (node: number): number => {
      const from = node < 0 ? [] : operations[node]!.takes.flatMap((one) => spots.get(one)?.y ?? []);
      return from.length ? from.reduce((sum, y) => sum + y, 0) / from.length : node < 0 ? -node : Infinity;
    };
    const top = margin + ((tallest - layer.length) * row) / 2;
    [...layer].sort((a, b) => wish(a) - wish(b)).forEach((node, place) => spots.set(node, { x: margin + at * column, y: top + place * row }));
  });
  const [width, height] = [2 * margin + (layers.length - 1) * column, 2 * margin + (tallest - 1) * row];
  const longest = Math.max(1, ...operations.map(({ microseconds }) => microseconds));
  const edges = operations.flatMap(({ takes }, at) => takes.map((from) => edge(spots.get(from)!, spots.get(at)!)));
  const dots = operations.map(({ op, shape, microseconds, line, updates }, at) =>
    dot(spots.get(at)!, 2.5 + 6 * Math.sqrt(microseconds / longest), say.operation(op, `[${shape.join(", ")}]`, microseconds.toLocaleString("en-US"), line, updates), `fill="currentColor" fill-opacity="0.75"${updates ? ` stroke="${colours.variable}" stroke-width="2"` : ""}`));
  const sources = inputs.map(({ what, name, shape }, at) => square(spots.get(-1 - at)!, `${say.what[what]}: ${name} [${shape.join(", ")}]`, colours[what]));
  const kinds = [...new Set(inputs.map(({ what }) => what))].map((what) => `${sign(`<path d="M1 1h10v10h-10z" fill="${colours[what]}"/>`)} ${say.what[what]}`);
  return [
    `<svg role="img" aria-label="${escape(say.picture(operations.length, layers.length - 1, inputs.length))}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" style="max-width:100%">`,
    `<g fill="none" stroke="currentColor" stroke-opacity="0.25">${edges.join("")}</g>${sources.join("")}${dots.join("")}</svg>`,
    `<p style="font-size:smaller">${[...kinds, `&#9679; ${say.largerLonger}`, `${sign(`<path d="M6 2a4 4 0 1 0 .01 0z" fill="none" stroke="${colours.variable}" stroke-width="2"/>`)} ${say.newValue}`].join(" &nbsp; ")}</p>`,
  ].join("");
}

/** A mark of the legend, coloured by attributes: a page that allows no inline styles shows it too. */
const sign = (mark: string): string => `<svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">${mark}</svg>`;

const edge = (from: Spot, to: Spot): string => {
  const middle = (from.x + to.x) / 2;
  return `<path d="M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}"/>`;
};

const dot = ({ x, y }: Spot, radius: number, title: string, style: string): string => `<circle cx="${x}" cy="${y}" r="${radius.toFixed(1)}" ${style}><title>${escape(title)}</title></circle>`;

const square = ({ x, y }: Spot, title: string, colour: string): string => `<rect x="${x - 5}" y="${y - 5}" width="10" height="10" rx="2" fill="${colour}"><title>${escape(title)}</title></rect>`;
