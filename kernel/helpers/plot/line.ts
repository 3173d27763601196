import { axisOf } from "./data.js";
import { dashes, makeFigure, seriesColour, symbols, type Axis, type CommonOptions, type Figure, type ScatterTrace } from "./figure.js";
import { readSeries, type Series, type SeriesData, type SeriesOptions } from "./series.js";
import { thinLine, thinPoints } from "./thin.js";
import { extentText, list, plural } from "./words.js";

export interface LineOptions extends CommonOptions, SeriesOptions {
  /** Mark each point too. Default: only where a series has 20 points or fewer. */
  markers?: boolean;
}

/**
 * A line for each series, in the order of the data.
 * Of series longer than 4,000 points the extremes of each stretch are drawn, and the description says so.
 *
 * @param data values (against their index), `[x, y]` pairs, records, or columns by name (one series each)
 * @returns a Plotly figure, free to change before it is shown
 * @example
 * plot.line([3, 2, 1.5], { yLabel: "Loss" }).layout.meta.description
 * // "Line plot, 3 points; index from 0 to 2, Loss from 1.5 to 3."
 */
export function line(data: SeriesData, options: LineOptions = {}): Figure {
  const read = readSeries(data, options);
  const labels = { xLabel: options.xLabel ?? read.xName, yLabel: options.yLabel ?? read.yName };
  const drawn = read.series.map((s) => thinLine(s) ?? s);
  const traces = drawn.map((s, i): ScatterTrace => {
    const markers = options.markers ?? s.y.length <= 20;
    return {
      type: "scatter", mode: markers ? "lines+markers" : "lines", ...(s.name ? { name: s.name } : {}), x: s.x, y: s.y,
      line: { color: seriesColour(i), width: 2, dash: dashes[i % dashes.length] },
      ...(markers ? { marker: { color: seriesColour(i), size: 6, symbol: symbols[i % symbols.length] } } : {}),
    };
  });
  return makeFigure(traces, { ...options, ...labels }, ["x", "y", "series", "markers"], sentence("Line plot", read.series, drawn, labels, "the extremes of each stretch"), axesOf(read.series));
}

export interface ScatterOptions extends CommonOptions, SeriesOptions {
  /** Diameter in pixels; default 7, or 5 above 500 points. */
  size?: number;
}

/**
 * A point for each value. Of series longer than 10,000 points every nth is drawn, and the description says so.
 *
 * @param data as `plot.line`; `series` gives each group its colour and symbol
 * @example
 * plot.scatter([{ area: 50, price: 100 }, { area: 80, price: 150 }], { x: "area", y: "price" }).layout.meta.description
 * // "Scatter plot, 2 points; area from 50 to 80, price from 100 to 150."
 */
export function scatter(data: SeriesData, options: ScatterOptions = {}): Figure {
  const read = readSeries(data, options);
  const labels = { xLabel: options.xLabel ?? read.xName, yLabel: options.yLabel ?? read.yName };
  const drawn = read.series.map((s) => thinPoints(s) ?? s);
  const many = drawn.reduce((n, s) => n + s.y.length, 0) > 500;
  const { size = many ? 5 : 7 } = options;
  if (!(size > 0)) throw new RangeError(`expected size > 0, got ${size}`);
  const traces = drawn.map((s, i): ScatterTrace => ({
    type: "scatter", mode: "markers", ...(s.name ? { name: s.name } : {}), x: s.x, y: s.y,
    marker: { color: seriesColour(i), size, symbol: symbols[i % symbols.length], opacity: many ? 0.65 : 0.9 },
  }));
  return makeFigure(traces, { ...options, ...labels }, ["x", "y", "series", "size"], sentence("Scatter plot", read.series, drawn, labels, "every nth"), axesOf(read.series));
}

const axesOf = (series: readonly Series[]): { xaxis: Axis; yaxis: Axis } => ({ xaxis: axisOf(series.flatMap((s) => s.x)), yaxis: axisOf(series.flatMap((s) => s.y)) });

function sentence(kind: string, series: Series[], drawn: Series[], { xLabel, yLabel }: { xLabel: string; yLabel: string }, how: string): string {
  const points = series.reduce((n, s) => n + s.y.length, 0);
  const shown = drawn.reduce((n, s) => n + s.y.length, 0);
  const names = series.length > 1 ? `${series.length} series (${list(series.map((s) => s.name))}), ` : "";
  const thinned = shown < points ? `, ${shown.toLocaleString("en-US")} of them drawn (${how})` : "";
  const extents = [extentText(xLabel, series.flatMap((s) => s.x)), extentText(yLabel, series.flatMap((s) => s.y))].join(", ");
  const missing = series.reduce((n, s) => n + s.y.filter((v, i) => v === null || s.x[i] === null).length, 0);
  return `${kind}, ${names}${plural(points, "point")}${thinned}; ${extents}${missing ? `; ${missing} missing` : ""}.`;
}
