import { parseColour, sequential, textOn, hex, plotlyScale, type Rgb } from "../colour.js";
import type { ContourTrace, HeatmapTrace, Value } from "../figure.js";
import { extent } from "../words.js";
import { el, px } from "./element.js";
import { isoband, isoline } from "./contour.js";
import { label, stroke, type Axes } from "./marks.js";

type Stops = readonly (readonly [number, string])[];

/** The colour at t in [0, 1] of a Plotly colour scale; steps (two stops at one place) stay sharp. */
export function stopColour(stops: Stops, t: number): Rgb {
  const at = Math.min(Math.max(t, 0), 1);
  const i = stops.findIndex(([p]) => p >= at);
  const colour = (k: number) => parseColour(stops[k][1]) ?? [128, 128, 128];
  if (i <= 0) return colour(i < 0 ? stops.length - 1 : 0);
  const [p, q] = [stops[i - 1][0], stops[i][0]];
  const share = q > p ? (at - p) / (q - p) : 1;
  const [a, b] = [colour(i - 1), colour(i)];
  return [0, 1, 2].map((k) => a[k] + (b[k] - a[k]) * share) as unknown as Rgb;
}

export function zRange(trace: HeatmapTrace | ContourTrace): { low: number; high: number; stops: Stops; colour(z: number): Rgb } {
  const [min, max] = extent(trace.z.flat()) ?? [0, 1];
  const [low, high] = [trace.zmin ?? min, trace.zmax ?? max];
  const stops = trace.colorscale ?? plotlyScale(sequential);
  return { low, high, stops, colour: (z) => stopColour(stops, high > low ? (z - low) / (high - low) : 0.5) };
}

export function heatmapMarks(trace: HeatmapTrace, { x, y }: Axes): string {
  const rows = trace.z.length;
  const columns = trace.z[0]?.length ?? 0;
  const xs = edges(positions(trace.x, columns).map(x.at));
  const ys = edges(positions(trace.y, rows).map(y.at));
  const gap = trace.xgap ?? 0;
  const fine = rows * columns > 900;
  const fills = cellColours(trace, fine ? 40 : 0);
  const cells = new Map<string, string>();
  const texts: string[] = [];
  for (let j = 0; j < rows; j++) {
    const [top, height] = [Math.min(ys[j], ys[j + 1]), Math.abs(ys[j + 1] - ys[j])];
    for (let i = 0; i < columns; i++) {
      const z = trace.z[j][i];
      if (z === null) continue;
      const fill = fills[j][i];
      const start = i;
      // Equal neighbours become one rectangle: fine grids stay small.
      while (!gap && !trace.text && i + 1 < columns && fills[j][i + 1] === fill) i++;
      const [left, right] = [Math.min(xs[start], xs[i + 1]), Math.max(xs[start], xs[i + 1])];
      const box = `M${px(left + gap / 2)} ${px(top + gap / 2)}H${px(right - gap / 2)}v${px(height - (trace.ygap ?? 0))}H${px(left + gap / 2)}z`;
      cells.set(fill, (cells.get(fill) ?? "") + box);
      const text = trace.texttemplate ? trace.text?.[j]?.[i] : undefined;
      const size = Math.min(13, (height - 2) * 0.6, ((right - left) * 1.6) / Math.max(text?.length ?? 1, 1));
      if (text && size >= 5) texts.push(label(text, (left + right) / 2, top + height / 2 + size * 0.36, size, "middle", { fill: textOn(parseColour(fill)!) }));
    }
  }
  return el("g", { opacity: trace.opacity, "shape-rendering": gap ? undefined : "crispEdges" }, [...cells].map(([fill, d]) => el("path", { fill, d })).join("")) + texts.join("");
}

/** Colours of the cells, "" where there is no value; many cells share `steps` colours, so that neighbours can be drawn as one. */
function cellColours(trace: HeatmapTrace, steps: number): string[][] {
  const { low, high, colour } = zRange(trace);
  const round = (z: number) => (steps && high > low ? low + (Math.round(((z - low) / (high - low)) * steps) / steps) * (high - low) : z);
  return trace.z.map((row) => row.map((z) => (z === null ? "" : hex(colour(round(z))))));
}

const positions = (given: readonly Value[] | undefined, n: number): Value[] => (given ? [...given] : Array.from({ length: n }, (_, i) => i));

/** Borders halfway between centres. */
function edges(centres: number[]): number[] {
  if (centres.length < 2) return [centres[0] - 20, centres[0] + 20];
  const inner = centres.slice(1).map((c, i) => (c + centres[i]) / 2);
  return [2 * centres[0] - inner[0], ...inner, 2 * centres.at(-1)! - inner.at(-1)!];
}

export function contourMarks(trace: ContourTrace, { x, y }: Axes): string {
  const xs = positions(trace.x, trace.z[0]?.length ?? 0).map(x.at);
  const ys = positions(trace.y, trace.z.length).map(y.at);
  const { low, high, colour } = zRange(trace);
  const { start = low, end = high, size = (high - low) / 12, coloring = "fill", showlines = true } = trace.contours ?? {};
  const levels: number[] = [];
  for (let k = 0; start + k * size <= end + size * 1e-6 && k < 60; k++) levels.push(start + k * size);
  const parts: string[] = [];
  if (coloring === "fill") {
    const bands = [-Infinity, ...levels];
    bands.forEach((level, k) => parts.push(el("path", { d: isoband(trace.z, xs, ys, level), fill: hex(colour(low + ((k + 0.5) / bands.length) * (high - low))) })));
  }
  // Filled bands show their edges by themselves.
  else if (showlines) parts.push(el("path", { d: levels.map((level) => isoline(trace.z, xs, ys, level)).join(""), ...stroke(trace.line, "#808080") }));
  return el("g", { opacity: trace.opacity }, parts.join(""));
}

/** The key to the colours, right of the plot. */
export function colourBar(trace: HeatmapTrace | ContourTrace, left: number, top: number, height: number, ticks: { z: number; text: string }[]): string {
  const { low, high, stops } = zRange(trace);
  const n = 40;
  const slices = Array.from({ length: n }, (_, i) => el("rect", { x: left, y: top + (height * (n - 1 - i)) / n, width: 14, height: height / n + 0.5, fill: hex(stopColour(stops, (i + 0.5) / n)) }));
  const marks = ticks.map(({ z, text }) => label(text, left + 20, top + height * (1 - (z - low) / (high - low || 1)) + 4, 12, "start"));
  const title = trace.colorbar?.title?.text;
  return slices.join("") + marks.join("") + (title ? label(title, left, top - 10, 12, "start") : "");
}
