import { say } from "../../display/language.js";
import { known, oneOf } from "../arguments.js";
import type { Figure } from "../plot/figure.js";
import { line, scatter as scatterPlot } from "../plot/line.js";
import { number } from "../../display/number.js";
import { compare, checkRuns, defaultMetric, type CompareOptions } from "./compare.js";
import type { RunRecord } from "./contract.js";
import type { Runs } from "./list.js";

/** What tells a run from the others: the parameters that differ, else the last part of its id. */
function labels(some: Runs, differing: readonly string[]): string[] {
  const words = (run: RunRecord): string => differing.slice(0, 3).map((name) => `${name} ${text(run.parameters[name])}`).join(", ");
  const first = some.map((run) => words(run) || run.id.slice(-8));
  return first.map((label, at) => (first.indexOf(label) !== first.lastIndexOf(label) ? `${label} (${some[at]!.id.slice(-4)})` : label));
}

const text = (value: unknown): string => (value === undefined ? "none" : typeof value === "string" ? value : typeof value === "number" ? number(value) : JSON.stringify(value));

function metricOf(some: Runs, metric: string | undefined): string {
  checkRuns(some);
  const known = [...new Set(some.flatMap((run) => Object.keys(run.metrics)))];
  const chosen = metric ?? defaultMetric(some) ?? known[0];
  if (chosen === undefined || !known.includes(chosen)) throw new RangeError(`unknown metric: ${String(chosen)} (known: ${known.join(", ") || "none"})`);
  return chosen;
}

/**
 * The curves of one metric of several runs.
 *
 * @param options metric: default `val_loss`, `loss` or another that all have; x: "step" (default) or "seconds"; yScale
 * @returns a Plotly figure
 * @throws `unknown metric: f1 (known: loss)`
 * @example
 * const made = await track.run({ folder: false }, (run) => [3, 2, 1].forEach((loss) => run.log({ loss })));
 * track.curves([made]).data[0].y // [3, 2, 1]
 */
export function curves(some: Runs, options: { metric?: string; x?: "step" | "seconds"; yScale?: "linear" | "log" } = {}): Figure {
  known(options, ["metric", "x", "yScale"]);
  const metric = metricOf(some, options.metric);
  const x = oneOf({ x: options.x ?? "step" }, ["step", "seconds"]);
  const names = labels(some, compare(some).differing);
  const points = some.flatMap((run, at) => {
    const { steps = [], times = [], values = [] } = run.metrics[metric] ?? {};
    return values.map((value, place) => ({ x: (x === "step" ? steps : times)[place]!, y: value, run: names[at]! }));
  });
  return line(points, { x: "x", y: "y", series: "run", xLabel: x === "step" ? say("step", "步") : say("seconds", "秒"), yLabel: metric, ...(options.yScale && { yScale: options.yScale }) });
}

/**
 * One parameter against one metric, a point a run.
 *
 * @param options parameter: default the first that differs; metric, mode and value as in `track.compare`
 * @throws `unknown parameter: rate (known: units)`
 */
export function scatter(some: Runs, options: CompareOptions & { parameter?: string; xScale?: "linear" | "log" } = {}): Figure {
  const { parameter, xScale, ...rest } = options;
  const metric = metricOf(some, rest.metric);
  const compared = compare(some, { ...rest, metric });
  const known = Object.keys(compared.runs[0]!.parameters);
  const chosen = parameter ?? compared.differing[0] ?? known[0];
  if (chosen === undefined || !known.includes(chosen)) throw new RangeError(`unknown parameter: ${String(chosen)} (known: ${known.join(", ") || "none"})`);
  const points = compared.runs.filter((run) => run.metrics[metric] !== undefined && run.parameters[chosen] !== undefined).map((run) => ({ x: run.parameters[chosen] as string | number, y: run.metrics[metric]!, run: run.id === compared.best ? say("best", "最佳") : say("run", "实验") }));
  return scatterPlot(points.map((point) => ({ ...point, x: typeof point.x === "number" ? point.x : text(point.x) })), { x: "x", y: "y", series: "run", xLabel: chosen, yLabel: metric, size: 9, ...(xScale && { xScale }) });
}

/**
 * Parallel coordinates: an axis for each parameter that differs and one for the metric, a line for each run. Every axis goes from its least value (0) to its largest (1); words are in alphabetical order.
 *
 * @param options parameters: default those that differ, eight at most; metric, mode and value as in `track.compare`
 * @throws `expected parameters in which the runs differ, got none`
 */
export function parallel(some: Runs, options: CompareOptions & { parameters?: readonly string[] } = {}): Figure {
  const { parameters, ...rest } = options;
  const metric = metricOf(some, rest.metric);
  const compared = compare(some, { ...rest, metric });
  const axes = [...(parameters ?? compared.differing.slice(0, 8))];
  if (axes.length === 0) throw new RangeError("expected parameters in which the runs differ, got none");
  const names = labels(some, compared.differing);
  const columns = [...axes.map((name) => ({ name, values: compared.runs.map((run) => run.parameters[name]) as unknown[] })), { name: metric, values: compared.runs.map((run) => run.metrics[metric]) as unknown[] }].map(scaled);
  const points = compared.runs.flatMap((run, at) => columns.map((column) => ({ axis: column.label, place: column.places[at]!, run: `${names[at]}${run.id === compared.best ? " ★" : ""}` })));
  const figure = line(points, { x: "axis", y: "place", series: "run", xLabel: say("parameters, then the metric", "各参数，最后是指标"), yLabel: say("least to largest", "从小到大"), markers: true });
  figure.data.forEach((trace, at) => {
    const best = compared.runs[at]!.id === compared.best;
    if (trace.type !== "scatter") return;
    Object.assign(trace, { opacity: best ? 1 : 0.75, line: { ...trace.line, width: best ? 4 : 1.5 }, text: columns.map((column) => `${column.name}: ${text(column.values[at])}`), hoverinfo: "text" });
  });
  return figure;
}

/** Places from 0 to 1, and a label that tells what the ends are. */
function scaled({ name, values }: { name: string; values: unknown[] }): { name: string; label: string; places: (number | null)[]; values: unknown[] } {
  const given = values.filter((value) => value !== undefined && value !== null);
  if (given.length > 0 && given.every((value) => typeof value === "number" && Number.isFinite(value))) {
    const [least, largest] = [Math.min(...(given as number[])), Math.max(...(given as number[]))];
    return { name, label: `${name}<br>${number(least)} to ${number(largest)}`, values, places: values.map((value) => (typeof value === "number" ? (largest === least ? 0.5 : (value - least) / (largest - least)) : null)) };
  }
  const words = [...new Set(given.map(text))].sort();
  return { name, label: `${name}<br>${words.slice(0, 3).join(", ")}${words.length > 3 ? ", …" : ""}`, values, places: values.map((value) => (value === undefined || value === null ? null : words.length === 1 ? 0.5 : words.indexOf(text(value)) / (words.length - 1))) };
}
