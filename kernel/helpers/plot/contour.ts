import { number } from "../../display/number.js";
import { plotlyScale, sequential } from "./colour.js";
import { matrix, numbers, type Values } from "./data.js";
import { makeFigure, type CommonOptions, type ContourTrace, type Figure, type ScatterTrace } from "./figure.js";
import { interval, keyword, wholeNumber } from "./options.js";
import type { Matrix } from "./heatmap.js";
import { extent, plural } from "./words.js";

/** Heights on a grid: `z[j][i]` belongs to `x[i]`, `y[j]`. */
export interface Grid {
  x: Values;
  y: Values;
  z: Matrix;
}

export interface ContourOptions extends CommonOptions {
  /** Where a function is evaluated; default [-1, 1]. Not for grids. */
  xRange?: readonly [number, number];
  yRange?: readonly [number, number];
  /** Evaluations along each axis; default 61. */
  resolution?: number;
  /** Points visited one after another, such as the steps of gradient descent: `[x, y]` pairs. */
  path?: readonly (readonly [number, number])[];
  /** "log": bands at equal ratios, for losses that span magnitudes. Default "linear". */
  zScale?: "linear" | "log";
  /** Number of bands; default 12. */
  levels?: number;
  /** What the colours measure, with unit. */
  zLabel?: string;
}

/**
 * A surface seen from above: bands of equal height, and a path across it.
 *
 * @param data a function of x and y, or its values on a grid
 * @example
 * plot.contour((x, y) => x * x + y * y, { path: [[1, 1], [0.5, 0.5]] }).layout.meta.description
 * // "Contour plot, x from -1 to 1, y from -1 to 1, values from 0 to 2; path of 2 points from (1, 1) to (0.5, 0.5)."
 */
export function contour(data: ((x: number, y: number) => number) | Grid, options: ContourOptions = {}): Figure {
  const log = keyword(options.zScale ?? "linear", "zScale", ["linear", "log"]) === "log";
  const { x, y, z } = typeof data === "function" ? sample(data, options) : readGrid(data);
  const [low, high] = extent(z.flat()) ?? [0, 1];
  if (log && low <= 0) throw new RangeError(`expected values > 0 for zScale "log", got ${number(low)}`);
  const shown = log ? z.map((row) => row.map((v) => (v === null ? null : Math.log10(v)))) : z;
  const [from, to] = log ? [Math.log10(low), Math.log10(high)] : [low, high];
  const size = (to - from) / wholeNumber(options.levels ?? 12, "levels", 1) || 1;
  const ticks = Array.from({ length: 5 }, (_, i) => from + ((to - from) * i) / 4);
  const trace: ContourTrace = {
    type: "contour", x, y, z: shown, colorscale: plotlyScale(sequential), zmin: from, zmax: to, autocontour: false, showscale: true,
    contours: { start: from + size, end: to - size / 2, size, coloring: "fill", showlines: true }, line: { color: "rgba(255,255,255,0.35)", width: 0.8 },
    colorbar: {
      thickness: 14, outlinewidth: 0, ...(options.zLabel === undefined ? {} : { title: { text: options.zLabel } }),
      ...(log ? { tickvals: ticks, ticktext: ticks.map((t) => number(10 ** t, 2)) } : {}),
    },
    hoverinfo: log ? "skip" : "z",
  };
  const labels = { ...options, xLabel: options.xLabel ?? "x", yLabel: options.yLabel ?? "y" };
  const span = (values: number[]) => `from ${number(values[0])} to ${number(values.at(-1)!)}`;
  const path = options.path ?? [];
  const walked = path.length ? `; path of ${plural(path.length, "point")} from ${place(path[0])} to ${place(path.at(-1)!)}` : "";
  const words = `Contour plot, ${labels.xLabel} ${span(x)}, ${labels.yLabel} ${span(y)}, ${options.zLabel ?? "values"} from ${number(low)} to ${number(high)}${walked}.`;
  return makeFigure([trace, ...pathTraces(path)], labels, ["xRange", "yRange", "resolution", "path", "zScale", "levels", "zLabel"], words, {
    xaxis: { showgrid: false, range: [x[0], x.at(-1)!] }, yaxis: { showgrid: false, range: [y[0], y.at(-1)!] }, showlegend: false,
  });
}

const place = ([x, y]: readonly [number, number]) => `(${number(x)}, ${number(y)})`;

/** White on a black seam reads on every colour of the scale. */
function pathTraces(path: readonly (readonly [number, number])[]): ScatterTrace[] {
  if (path.length === 0) return [];
  const [x, y] = [path.map((p) => p[0]), path.map((p) => p[1])];
  const size = path.length > 60 ? 3 : 6;
  return [
    { type: "scatter", mode: "lines", x, y, line: { color: "#000000", width: 4 }, opacity: 0.6, hoverinfo: "skip", showlegend: false },
    { type: "scatter", mode: "lines+markers", name: "path", x, y, line: { color: "#ffffff", width: 2 }, marker: { color: "#ffffff", size, line: { color: "#000000", width: 1 } },
      text: path.map((p, i) => `step ${i}: ${place(p)}`), hoverinfo: "text", showlegend: false },
    { type: "scatter", mode: "markers", name: "end", x: [x.at(-1)!], y: [y.at(-1)!], marker: { color: "#e8590c", size: 11, symbol: "diamond", line: { color: "#ffffff", width: 1.5 } }, showlegend: false },
  ];
}

function sample(f: (x: number, y: number) => number, options: ContourOptions): { x: number[]; y: number[]; z: (number | null)[][] } {
  const n = wholeNumber(options.resolution ?? 61, "resolution", 2);
  const x = steps(interval(options.xRange ?? [-1, 1], "xRange"), n);
  const y = steps(interval(options.yRange ?? [-1, 1], "yRange"), n);
  return { x, y, z: y.map((v) => x.map((u) => finite(f(u, v)))) };
}

/** Six digits are more than a colour can show. */
const finite = (v: number) => (Number.isFinite(v) ? Number(v.toPrecision(6)) : null);

/** n numbers from `from` to `to`, both included. */
export const steps = ([from, to]: readonly [number, number], n: number): number[] => Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));

function readGrid(grid: Grid): { x: number[]; y: number[]; z: (number | null)[][] } {
  const [x, y] = [numbers(grid.x, "x") as number[], numbers(grid.y, "y") as number[]];
  const z = matrix(grid.z, "z");
  if (z.length !== y.length || z[0].length !== x.length) {
    throw new RangeError(`expected z with ${y.length} rows of ${x.length}, got ${z.length} rows of ${z[0]?.length ?? 0}`);
  }
  return { x, y, z };
}
