import { channel, isTensor, type Columns, type Records, type TensorLike, type Values } from "./data.js";
import { ink } from "./colour.js";
import { steps } from "./contour.js";
import { makeFigure, seriesColour, symbols, type CommonOptions, type ContourTrace, type Figure, type HeatmapTrace, type ScatterTrace } from "./figure.js";
import { wholeNumber } from "./options.js";
import { extent, list, plural } from "./words.js";

/** Answers of a model: one class name or number a point, one probability of the second class, or a row of scores for each class. */
export type Predictions = ArrayLike<string | number> | readonly ArrayLike<number>[] | TensorLike;

export interface BoundaryOptions extends CommonOptions {
  /** Called once with all points of the grid, each `[x, y]`. A tensor that it returns is disposed after reading. */
  predict: (points: [number, number][]) => Predictions;
  /** The two features and the true class: columns or values. Default "x", "y", "label". */
  x?: string | Values;
  y?: string | Values;
  label?: string | Values;
  /** Class names in the model's order. Default: the labels found, sorted. */
  labels?: readonly (string | number)[];
  /** Grid points along each axis; default 80. */
  resolution?: number;
}

/**
 * The regions in which a model predicts each class, under the points it should tell apart.
 *
 * @example
 * plot.boundary([{ x: 0, y: 0, label: "a" }, { x: 1, y: 1, label: "b" }], { predict: (points) => points.map(([x, y]) => (x + y > 1 ? "b" : "a")) })
 */
export function boundary(data: Records | Columns, options: BoundaryOptions): Figure {
  if (typeof options?.predict !== "function") throw new TypeError("missing option: predict, a function from points to classes");
  const [xs, ys] = (["x", "y"] as const).map((name) => channel(data, options[name] ?? name, name)!.map(Number));
  const truth = channel(data, options.label ?? "label", "label")!.map(String);
  const labels = options.labels?.map(String) ?? [...new Set(truth)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const n = wholeNumber(options.resolution ?? 80, "resolution", 2);
  const [gridX, gridY] = [steps(padded(xs), n), steps(padded(ys), n)];
  const points = gridY.flatMap((v) => gridX.map((u): [number, number] => [u, v]));
  const { regions, margins } = readClasses(options.predict(points), points.length, labels);
  const rows = (flat: number[]) => gridY.map((_, j) => flat.slice(j * n, (j + 1) * n));
  const area: HeatmapTrace = {
    type: "heatmap", x: gridX, y: gridY, z: rows(regions), zmin: -0.5, zmax: labels.length - 0.5, colorscale: bands(labels.length), showscale: false, opacity: 0.3, hoverinfo: "skip",
  };
  const edges: ContourTrace[] = margins.map((margin) => ({
    type: "contour", x: gridX, y: gridY, z: rows(margin), autocontour: false, contours: { start: 0, end: 0, size: 1, coloring: "none", showlines: true },
    line: { color: ink, width: 1.5 }, showscale: false, showlegend: false, hoverinfo: "skip",
  }));
  const dots = labels.map((label, k): ScatterTrace => {
    const own = truth.flatMap((t, i) => (t === label ? [i] : []));
    return {
      type: "scatter", mode: "markers", name: label, x: own.map((i) => xs[i]), y: own.map((i) => ys[i]),
      marker: { color: seriesColour(k), size: 8, symbol: symbols[k % symbols.length], line: { color: "#ffffff", width: 1 } },
    };
  });
  const percent = (k: number) => Math.round((100 * regions.filter((r) => r === k).length) / regions.length);
  const words = `Decision boundary, ${plural(xs.length, "point")}, classes ${list(labels)}; share of the area: ${labels.map((l, k) => `${l} ${percent(k)}%`).join(", ")}.`;
  const named = { ...options, xLabel: options.xLabel ?? nameOf(options.x, "x"), yLabel: options.yLabel ?? nameOf(options.y, "y") };
  return makeFigure([area, ...edges, ...dots], named, ["predict", "x", "y", "label", "labels", "resolution"], words, {
    xaxis: { showgrid: false, range: [gridX[0], gridX[n - 1]] }, yaxis: { showgrid: false, range: [gridY[0], gridY[n - 1]] },
  });
}

const nameOf = (spec: unknown, fallback: string) => (typeof spec === "string" ? spec : fallback);

function padded(values: number[]): [number, number] {
  const [low, high] = extent(values) ?? [0, 1];
  const pad = (high - low) * 0.08 || 0.5;
  return [low - pad, high + pad];
}

/** One flat colour for each class. */
const bands = (k: number): [number, string][] =>
  Array.from({ length: k }, (_, i): [number, string][] => [[i / k, seriesColour(i)], [(i + 1) / k, seriesColour(i)]]).flat();

/** The predicted class of each point, and for each class but the first a surface that is 0 on its border: smooth where the model gives scores. */
function readClasses(predictions: Predictions, points: number, labels: string[]): { regions: number[]; margins: number[][] } {
  const [flat, width] = readPredictions(predictions, points);
  if (width > 1) {
    if (width !== labels.length) throw new RangeError(`expected ${labels.length} scores a point (classes ${list(labels)}), got ${width}`);
    const scores = Array.from({ length: points }, (_, i) => flat.slice(i * width, (i + 1) * width) as number[]);
    const margin = (k: number) => scores.map((row) => row[k] - Math.max(...row.filter((_, other) => other !== k)));
    return { regions: scores.map((row) => row.indexOf(Math.max(...row))), margins: labels.slice(1).map((_, k) => margin(k + 1)) };
  }
  const probabilities = labels.length === 2 && flat.every((v) => typeof v === "number" && v >= 0 && v <= 1) && flat.some((v) => v !== 0 && v !== 1);
  if (probabilities) return { regions: flat.map((p) => Number((p as number) >= 0.5)), margins: [flat.map((p) => (p as number) - 0.5)] };
  const byName = new Map(labels.map((label, i) => [label, i]));
  const regions = flat.map((v) => {
    const k = byName.get(String(v)) ?? (typeof v === "number" ? v : -1);
    if (!Number.isInteger(k) || k < 0 || k >= labels.length) throw new RangeError(`unknown class: ${String(v)} (labels: ${list(labels)})`);
    return k;
  });
  return { regions, margins: labels.slice(1).map((_, k) => regions.map((r) => (r === k + 1 ? 0.5 : -0.5))) };
}

function readPredictions(predictions: Predictions, points: number): [(string | number)[], number] {
  let flat: (string | number)[];
  if (isTensor(predictions)) {
    flat = Array.from(predictions.dataSync() as ArrayLike<number>);
    (predictions as { dispose?: () => void }).dispose?.();
  } else flat = Array.from(predictions as ArrayLike<unknown>).flatMap((p) => (typeof p === "object" && p !== null ? Array.from(p as ArrayLike<number>) : [p as number]));
  if (flat.length === 0 || flat.length % points) throw new RangeError(`expected predictions for ${points} points, got ${flat.length}`);
  return [flat, flat.length / points];
}
