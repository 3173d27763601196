import { escape } from "../../display/escape.js";
import { ink as midGrey } from "./colour.js";
import type { Figure, Trace } from "./figure.js";
import { checkOptions, wholeNumber } from "./options.js";
import { el, plainText } from "./svg/element.js";
import { frameOf, gridLines, lettering, type Frame } from "./svg/frame.js";
import { contourMarks, heatmapMarks } from "./svg/grid.js";
import { barMarks, label, scatterMarks } from "./svg/marks.js";
import { plural } from "./words.js";

export interface SvgOptions {
  /** Pixels; default the figure's own, or 640. */
  width?: number;
  /** Colour of words and axes. Default a grey that reads on white and black; "currentColor" where the SVG stands inside a page. */
  ink?: string;
}

const drawn = ["scatter", "bar", "heatmap", "contour"];

/** True if `svg` can draw every trace of the figure. */
export const canDraw = (figure: { data: readonly { type?: unknown }[] }): boolean => figure.data.length > 0 && figure.data.every((t) => drawn.includes(t.type as string));

/**
 * A figure of our plot functions as one self-contained SVG: no script, no style, no outside file, no ids.
 * Trace types: scatter, bar, heatmap, contour; others are an error (`unsupported trace type: pie`).
 *
 * @example svg(plot.bar({ a: 1, b: 2 })).startsWith("<svg") // true
 */
export function svg(figure: Figure, options: SvgOptions = {}): string {
  checkOptions(options, ["width", "ink"]);
  const unknown = figure.data.find((t) => !drawn.includes(t.type));
  if (unknown) throw new TypeError(`unsupported trace type: ${String(unknown.type)}`);
  const shown = { data: figure.data.filter((t) => t.visible === undefined || t.visible === true), layout: complete(figure.layout) };
  const width = options.width === undefined ? (shown.layout.width ?? 640) : wholeNumber(options.width, "width", 100);
  const f = frameOf(shown, width);
  const inside = el("svg", { x: f.left, y: f.top, width: f.right - f.left, height: f.bottom - f.top, viewBox: `${f.left} ${f.top} ${f.right - f.left} ${f.bottom - f.top}`, overflow: clips(shown) ? "hidden" : "visible" },
    shown.data.map((trace, i) => marks(shown, trace, i, f)).join("") + pictures(shown, f));
  return el("svg", {
    xmlns: "http://www.w3.org/2000/svg", width, height: f.height, viewBox: `0 0 ${width} ${f.height}`, role: "img",
    "font-family": "system-ui, sans-serif", fill: options.ink ?? midGrey,
  }, `<title>${escape(plainText(figure.layout.title?.text ?? "Plot"))}</title>`, `<desc>${escape(describeFigure(figure))}</desc>`, gridLines(shown, f), inside, lettering(shown, f));
}

/** Figures that learners build by hand may lack axes. */
const complete = (layout: Partial<Figure["layout"]>): Figure["layout"] => ({ ...layout, xaxis: layout.xaxis ?? {}, yaxis: layout.yaxis ?? {} });

/** Marks may only leave the frame where the axes hold all of them. */
const clips = ({ layout }: Figure) => layout.xaxis.range !== undefined || layout.yaxis.range !== undefined;

function marks(figure: Figure, trace: Trace, i: number, f: Frame): string {
  if (trace.type === "heatmap") return heatmapMarks(trace, f);
  if (trace.type === "contour") return contourMarks(trace, f);
  if (trace.type === "scatter") return scatterMarks(trace, i, f);
  const bars = figure.data.filter((t) => t.type === "bar");
  const grouped = figure.layout.barmode !== "overlay" && bars.length > 1;
  return barMarks(trace, i, f, figure.layout.bargap ?? 0.2, grouped ? bars.indexOf(trace) : 0, grouped ? bars.length : 1);
}

function pictures({ layout }: Figure, f: Frame): string {
  const images = (layout.images ?? []).map((p) =>
    el("image", { href: p.source, x: f.x.at(p.x), y: f.y.at(p.y), width: p.sizex * Math.abs(f.x.unit), height: p.sizey * Math.abs(f.y.unit), preserveAspectRatio: "none" }));
  const value = (axis: Figure["layout"]["xaxis"], place: number): number => (axis.type === "log" ? 10 ** place : place);
  const notes = (layout.annotations ?? []).map((a) => label(a.text, f.x.at(value(layout.xaxis, a.x)), f.y.at(value(layout.yaxis, a.y)) + 14 - (a.yshift ?? 0), a.font?.size ?? 12, "middle"));
  return images.join("") + notes.join("");
}

/** The text alternative of a figure: its `layout.meta.description`, or what can be told of any Plotly figure. */
export function describeFigure(figure: { data: readonly object[]; layout: object }): string {
  const { meta, title } = figure.layout as { meta?: { description?: unknown }; title?: { text?: unknown } | string };
  if (typeof meta?.description === "string") return meta.description;
  const kinds = figure.data.map((trace) => String((trace as { type?: unknown }).type ?? "scatter"));
  const name = typeof title === "string" ? title : title?.text;
  return `${typeof name === "string" ? `${name}. ` : ""}Figure with ${plural(kinds.length, "trace")}${kinds.length ? ` (${[...new Set(kinds)].join(", ")})` : ""}.`;
}
