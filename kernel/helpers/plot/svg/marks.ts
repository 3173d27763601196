import { palette } from "../colour.js";
import type { BarTrace, Line, ScatterTrace, Trace } from "../figure.js";
import { el, px, words, type Attributes } from "./element.js";
import type { Scale } from "./scale.js";
import { symbol } from "./symbol.js";

export interface Axes {
  x: Scale;
  y: Scale;
}

const dashArray = { solid: undefined, dot: "1.5 4", dash: "8 5", dashdot: "8 4 1.5 4", longdash: "14 6" };

export function stroke(line: Line | undefined, fallback: string): Attributes {
  return {
    fill: "none", stroke: line?.color ?? fallback, "stroke-width": line?.width ?? 2, "stroke-dasharray": dashArray[line?.dash ?? "solid"],
    // A thick line is a bar, which ends where its value is.
    "stroke-linejoin": "round", "stroke-linecap": (line?.width ?? 2) > 8 ? "butt" : "round",
  };
}

export const colourOf = (trace: ScatterTrace | BarTrace, i: number): string =>
  trace.marker?.color ?? (trace.type === "scatter" ? trace.line?.color : undefined) ?? palette[i % palette.length];

export function scatterMarks(trace: ScatterTrace, i: number, { x, y }: Axes): string {
  const points = trace.y.map((v, k) => [x.at(trace.x[k] ?? null), y.at(v)] as const);
  const parts: string[] = [];
  if (trace.mode.includes("lines")) parts.push(el("path", { d: path(points), ...stroke(trace.line, colourOf(trace, i)) }));
  const { size = 6, opacity, line, symbol: kind } = trace.marker ?? {};
  if (trace.mode.includes("markers") && opacity !== 0) {
    const paint = { stroke: line?.width ? line.color : undefined, "stroke-width": line?.width || undefined };
    const marks = points.filter(([px, py]) => Number.isFinite(px) && Number.isFinite(py)).map(([px, py]) => symbol(kind, px, py, size, {}));
    parts.push(el("g", { fill: colourOf(trace, i), "fill-opacity": opacity, ...paint }, marks.join("")));
  }
  return el("g", { opacity: trace.opacity }, ...parts);
}

/** A line with a gap wherever a value is missing. */
function path(points: readonly (readonly [number, number])[]): string {
  let d = "";
  let pen = "M";
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      pen = "M";
      continue;
    }
    d += `${pen}${px(x)} ${px(y)}`;
    pen = "L";
  }
  return d;
}

/** Bars of one trace; `slot` of `slots` stand side by side. */
export function barMarks(trace: BarTrace, i: number, { x, y }: Axes, gap: number, slot: number, slots: number): string {
  const flat = trace.orientation === "h";
  const [along, up] = flat ? [y, x] : [x, y];
  const [names, values] = flat ? [trace.y, trace.x] : [trace.x, trace.y];
  const base = up.kind === "log" ? up.ticks[0]?.at ?? 0 : up.at(0);
  const bars = names.map((name, k) => {
    const whole = Math.abs(along.unit) * (typeof trace.width === "number" ? trace.width : (trace.width?.[k] ?? 1 - gap));
    const thick = whole / slots;
    const start = along.at(name) - whole / 2 + slot * thick;
    const end = up.at(values[k]);
    if (!Number.isFinite(start) || !Number.isFinite(end)) return "";
    const [low, high] = [Math.min(base, end), Math.max(base, end)];
    const inner = Math.max(thick - (slots > 1 ? 1 : 0), 0.5);
    return flat ? el("rect", { x: low, y: start, width: high - low, height: inner }) : el("rect", { x: start, y: low, width: inner, height: high - low });
  });
  const edge = trace.marker?.line;
  return el("g", { fill: colourOf(trace, i), opacity: trace.opacity, stroke: edge?.color, "stroke-width": edge ? (edge.width ?? 1) : undefined }, bars.join(""));
}

/** The sample beside a name in the legend. */
export function legendMark(trace: Trace, i: number, x: number, y: number): string {
  if (trace.type === "bar") return el("rect", { x: x + 6, y: y - 6, width: 12, height: 12, fill: colourOf(trace, i) });
  if (trace.type !== "scatter") return "";
  const line = trace.mode.includes("lines") ? el("path", { d: `M${px(x)} ${px(y)}h24`, ...stroke(trace.line, colourOf(trace, i)) }) : "";
  const mark = trace.mode.includes("markers") ? symbol(trace.marker?.symbol, x + 12, y, Math.min(trace.marker?.size ?? 6, 9), { fill: colourOf(trace, i) }) : "";
  return line + mark;
}

export const label = (text: string, x: number, y: number, size: number, anchor: "start" | "middle" | "end", extra: Attributes = {}): string =>
  words(text, { x, y, "font-size": size, "text-anchor": anchor === "start" ? undefined : anchor, ...extra });
