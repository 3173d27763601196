import { number } from "../../display/number.js";
import { axisOf, channel, columnNames, isRecords, isValues, numbers, type Columns, type Records, type Values } from "./data.js";
import { makeFigure, seriesColour, type BarTrace, type CommonOptions, type Figure, type Value } from "./figure.js";
import { interval, keyword, wholeNumber } from "./options.js";
import { extent, list, plural } from "./words.js";

export interface BarOptions extends CommonOptions {
  /** Names of the bars: a column or values. Default: 0, 1, 2, ... or the keys of `{name: number}`. */
  x?: string | Values;
  /** Heights: a column, several columns (grouped bars), or values. */
  y?: string | readonly string[] | Values;
  /** Default "vertical"; "horizontal" leaves room for long names. */
  orientation?: "vertical" | "horizontal";
}

/**
 * A bar for each value.
 *
 * @param data values, `{name: number}`, records, or columns by name
 * @example
 * plot.bar({ cat: 3, dog: 5 }).layout.meta.description // "Bar chart, 2 bars; cat 3, dog 5."
 */
export function bar(data: Values | Readonly<Record<string, number>> | Records | Columns, options: BarOptions = {}): Figure {
  const flat = keyword(options.orientation ?? "vertical", "orientation", ["vertical", "horizontal"]) === "horizontal";
  const { names, groups } = readBars(data, options);
  const traces = groups.map(({ name, values }, i): BarTrace => {
    if (values.length !== names.length) throw new RangeError(`expected as many x as y, got ${names.length} and ${values.length}`);
    const bars = flat ? { x: values, y: names, orientation: "h" as const } : { x: names, y: values };
    return { type: "bar", ...(name ? { name } : {}), ...bars, marker: { color: seriesColour(i) } };
  });
  const pairs = groups.flatMap((g) => names.map((n, i) => `${groups.length > 1 ? `${g.name} ` : ""}${n} ${spoken(g.values[i])}`));
  const value = groups.length === 1 ? groups[0].name || undefined : undefined;
  const category = typeof options.x === "string" ? options.x : undefined;
  const labels = flat ? { xLabel: options.xLabel ?? value, yLabel: options.yLabel ?? category } : { xLabel: options.xLabel ?? category, yLabel: options.yLabel ?? value };
  const order = flat ? { yaxis: { ...axisOf(names), autorange: "reversed" as const, showgrid: false } } : { xaxis: { ...axisOf(names), showgrid: false } };
  return makeFigure(traces, { ...options, ...labels }, ["x", "y", "orientation"], `Bar chart, ${plural(names.length * groups.length, "bar")}; ${list(pairs, 12)}.`, {
    bargap: 0.25, barmode: "group", ...(order as object),
  });
}

const spoken = (value: Value) => (typeof value === "number" ? number(value) : "missing");

function readBars(data: unknown, { x, y }: BarOptions): { names: Value[]; groups: { name: string; values: Value[] }[] } {
  const table = isRecords(data) || (!isValues(data) && typeof data === "object" && data !== null && Object.values(data).every(isValues));
  if (!table && !isValues(data)) {
    const entries = Object.entries(data as Record<string, number>);
    return { names: entries.map(([name]) => name), groups: [{ name: "", values: numbers(entries.map(([, v]) => v), "data") }] };
  }
  let groups: { name: string; values: Value[] }[];
  if (!table) groups = [{ name: "", values: numbers((y as Values | undefined) ?? (data as Values), "y") }];
  else if (y === undefined) {
    if (isRecords(data)) throw new TypeError(`missing channel: y (columns: ${columnNames(data).join(", ")})`);
    groups = Object.keys(data as Columns).filter((name) => name !== x).map((name) => ({ name, values: numbers(channel(data, name, "y")!, name) }));
  } else if (Array.isArray(y) && y.every((name) => typeof name === "string")) groups = y.map((name: string) => ({ name, values: numbers(channel(data, name, "y")!, name) }));
  else groups = [{ name: typeof y === "string" ? y : "", values: numbers(channel(data, y as string | Values, "y")!, "y") }];
  const names = channel(data, x, "x") ?? groups[0].values.map((_, i) => i);
  return { names: names.map((n) => (n === null ? "missing" : typeof n === "number" && x === undefined ? n : String(n))), groups };
}

export interface HistogramOptions extends CommonOptions {
  /** The column to count; not needed for plain values. */
  x?: string | Values;
  /** Number of bars. Default: by the Freedman-Diaconis rule, 5 to 60. */
  bins?: number;
  /** [from, to]; values outside are left out and counted in the description. Default: all values. */
  range?: readonly [number, number];
}

/**
 * How often values fall into each of equally wide bins `[from, to)`; the last bin includes its end.
 *
 * @example
 * plot.histogram([1, 1, 2, 5], { bins: 2 }).data[0].y // [3, 1]
 */
export function histogram(data: Values | Records | Columns, options: HistogramOptions = {}): Figure {
  const source = options.x === undefined && isValues(data) && !isRecords(data) ? (data as Values) : channel(data, options.x ?? missing(data), "x")!;
  const all = numbers(source, "x").filter((v): v is number => v !== null);
  if (all.length === 0) throw new RangeError("expected at least one number, got none");
  const [low, high] = options.range ? interval(options.range, "range") : widen(extent(all)!);
  const inside = all.filter((v) => v >= low && v <= high);
  const bins = options.bins === undefined ? goodBins(inside, high - low) : wholeNumber(options.bins, "bins", 1);
  const width = (high - low) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const v of inside) counts[Math.min(bins - 1, Math.floor((v - low) / width))]++;
  const name = options.xLabel ?? (typeof options.x === "string" ? options.x : "value");
  const trace: BarTrace = {
    type: "bar", x: counts.map((_, i) => low + (i + 0.5) * width), y: counts, width,
    text: counts.map((n, i) => `${number(low + i * width)} to ${number(low + (i + 1) * width)}: ${n}`), textposition: "none", hovertemplate: "%{text}<extra></extra>",
    marker: { color: seriesColour(0), line: { color: "rgba(128,128,128,0.6)", width: 1 } },
  };
  const outside = all.length - inside.length;
  const peak = counts.indexOf(Math.max(...counts));
  const words = `Histogram of ${plural(all.length, "value")} in ${plural(bins, "bin")}; ${name} from ${number(low)} to ${number(high)}, most (${counts[peak]}) between `
    + `${number(low + peak * width)} and ${number(low + (peak + 1) * width)}${outside ? `; ${outside} outside` : ""}.`;
  return makeFigure([trace], { ...options, xLabel: name, yLabel: options.yLabel ?? "count" }, ["x", "bins", "range"], words, { bargap: 0, xaxis: { showgrid: false } });
}

function missing(data: unknown): never {
  throw new TypeError(`missing channel: x (columns: ${columnNames(data as Records).join(", ")})`);
}

const widen = ([low, high]: [number, number]): [number, number] => (low < high ? [low, high] : [low - 0.5, high + 0.5]);

function goodBins(values: number[], span: number): number {
  const sorted = Float64Array.from(values).sort();
  const spread = sorted[Math.floor(sorted.length * 0.75)] - sorted[Math.floor(sorted.length * 0.25)];
  const width = (2 * spread) / Math.cbrt(sorted.length);
  return Math.max(5, Math.min(60, width > 0 ? Math.ceil(span / width) : Math.ceil(Math.log2(sorted.length) + 1)));
}
