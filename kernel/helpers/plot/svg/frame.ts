import type { Figure, Trace } from "../figure.js";
import { colourBar, zRange } from "./grid.js";
import { el, px, shorten, textWidth } from "./element.js";
import { label, legendMark, type Axes } from "./marks.js";
import { domainOf, niceStep, niceTicks, scaleOf, tickText, type Domain } from "./scale.js";

/** Where things stand, in pixels of the picture. */
export interface Frame extends Axes {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  legend: LegendEntry[];
  /** Names of the x axis are too long to stand beside each other. */
  slanted: boolean;
}

/** Letters of a name beside an axis. */
const longest = 26;

interface LegendEntry {
  trace: Trace;
  index: number;
  x: number;
  y: number;
}

export function frameOf({ data, layout }: Figure, width: number): Frame {
  const height = layout.height ?? 380;
  const [dx, dy] = [domainOf(layout.xaxis, data, "x"), domainOf(layout.yaxis, data, "y")];
  const titled = layout.title?.text ? 32 : 8;
  const legend = legendOf(data, layout.showlegend, width, titled);
  let top = titled + (legend.length ? legend.at(-1)!.y - titled + 22 : 0) + 8;
  const bar = barOf(data);
  if (bar?.colorbar?.title?.text) top += 16;
  const hidden = layout.yaxis.visible === false;
  const yTexts = scaleOf(dy, 0, 1, 6).ticks.map((t) => textWidth(shorten(t.text, longest), 12));
  const hanging = dx.kind === "category" ? textWidth(shorten([...dx.categories.keys()][0] ?? "", longest), 12) * 0.82 : 0;
  // A tenth more than guessed: some fonts are wider, and a cut name is worse than a gap.
  const usual = hidden ? 8 : 14 + (layout.yaxis.title?.text ? 24 : 0) + 1.1 * Math.max(0, ...yTexts);
  const right = width - (bar ? 38 + Math.max(...barTicks(bar).map((t) => textWidth(t.text, 12)), 12) : hidden ? 8 : 20);
  const xTexts = dx.kind === "category" ? [...dx.categories.keys()].map((t) => textWidth(shorten(t, longest), 12)) : [];
  const slanted = xTexts.length > 0 && Math.max(...xTexts) + 8 > (right - usual) / xTexts.length && Math.max(...xTexts) > 24;
  const left = slanted ? Math.max(usual, hanging - (right - usual) / xTexts.length / 2 + 12) : usual;
  const under = layout.xaxis.visible === false ? 8 : 28 + (slanted ? Math.max(...xTexts) * 0.6 : 0) + (layout.xaxis.title?.text ? 22 : 0);
  const bottom = height - under;
  const box = square(layout.yaxis.scaleanchor === "x", dx, dy, left, right, top, bottom);
  return {
    width, height, legend, slanted, ...box,
    x: scaleOf(dx, box.left, box.right, slanted ? 12 : Math.max(2, (box.right - box.left) / 80)),
    y: scaleOf(dy, box.bottom, box.top, Math.max(2, (box.bottom - box.top) / 50)),
  };
}

/** Pictures keep their proportions: the plot shrinks to the tighter side and stays at the left top. */
function square(tied: boolean, dx: Domain, dy: Domain, left: number, right: number, top: number, bottom: number) {
  if (!tied) return { left, right, top, bottom };
  const unit = Math.min((right - left) / Math.abs(dx.to - dx.from), (bottom - top) / Math.abs(dy.to - dy.from));
  return { left, top, right: left + unit * Math.abs(dx.to - dx.from), bottom: top + unit * Math.abs(dy.to - dy.from) };
}

function legendOf(data: readonly Trace[], show: boolean | undefined, width: number, top: number): LegendEntry[] {
  const entries: LegendEntry[] = [];
  let [x, y] = [16, top + 12];
  data.forEach((trace, index) => {
    if (show === false || !trace.name || trace.showlegend === false || (trace.type !== "scatter" && trace.type !== "bar")) return;
    const room = 34 + textWidth(shorten(trace.name, 30), 12) + 16;
    if (x > 16 && x + room > width) [x, y] = [16, y + 20];
    entries.push({ trace, index, x, y });
    x += room;
  });
  return entries.length > 1 || show === true ? entries : [];
}

const barOf = (data: readonly Trace[]) => data.find((t) => (t.type === "heatmap" || t.type === "contour") && t.showscale !== false) as Extract<Trace, { type: "heatmap" | "contour" }> | undefined;

function barTicks(trace: NonNullable<ReturnType<typeof barOf>>): { z: number; text: string }[] {
  const { low, high } = zRange(trace);
  const { tickvals, ticktext } = trace.colorbar ?? {};
  if (tickvals) return tickvals.map((z, i) => ({ z, text: ticktext?.[i] ?? String(z) }));
  if (!(high > low)) return [{ z: low, text: tickText(low, 0) }];
  return niceTicks(low, high, 6).map((z) => ({ z, text: tickText(z, niceStep(low, high, 6)) }));
}

/** Grid lines, below the marks. */
export function gridLines({ layout }: Figure, f: Frame): string {
  let d = "";
  if (layout.xaxis.showgrid !== false) for (const t of f.x.ticks) d += `M${px(t.at)} ${px(f.top)}V${px(f.bottom)}`;
  if (layout.yaxis.showgrid !== false) for (const t of f.y.ticks) d += `M${px(f.left)} ${px(t.at)}H${px(f.right)}`;
  return d ? el("path", { d, fill: "none", stroke: "#808080", "stroke-opacity": 0.25 }) : "";
}

/** Everything in words: title, legend, axes, colour bar. */
export function lettering({ data, layout }: Figure, f: Frame): string {
  const parts: string[] = [];
  if (layout.title?.text) parts.push(label(layout.title.text, 16, 24, 16, "start", { "font-weight": "600" }));
  for (const { trace, index, x, y } of f.legend) parts.push(legendMark(trace, index, x, y), label(shorten(trace.name!, 30), x + 32, y + 4, 12, "start"));
  if (layout.xaxis.visible !== false) {
    for (const t of f.x.ticks) {
      parts.push(f.slanted
        ? label(shorten(t.text, longest), t.at + 4, f.bottom + 14, 12, "end", { transform: `rotate(-35 ${px(t.at + 4)} ${px(f.bottom + 14)})` })
        : label(shorten(t.text, longest), Math.min(t.at, f.width - textWidth(t.text, 12) / 2 - 2), f.bottom + 18, 12, "middle"));
    }
    if (layout.xaxis.title?.text) parts.push(label(layout.xaxis.title.text, (f.left + f.right) / 2, f.height - 8, 13, "middle"));
  }
  if (layout.yaxis.visible !== false) {
    for (const t of f.y.ticks) parts.push(label(shorten(t.text, longest), f.left - 8, t.at + 4, 12, "end"));
    const middle = (f.top + f.bottom) / 2;
    if (layout.yaxis.title?.text) parts.push(label(layout.yaxis.title.text, 18, middle, 13, "middle", { transform: `rotate(-90 18 ${px(middle)})` }));
  }
  const bar = barOf(data);
  if (bar) parts.push(colourBar(bar, f.right + 12, f.top, f.bottom - f.top, barTicks(bar)));
  return parts.join("");
}
