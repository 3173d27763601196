import { say } from "../../display/language.js";
import { number } from "../../display/number.js";
import { plotlyScale, scales } from "./colour.js";
import { channel, isRecords, isTensor, matrix, type Columns, type Records, type TensorLike, type Values } from "./data.js";
import { makeFigure, type CommonOptions, type Figure, type HeatmapTrace, type Value } from "./figure.js";
import { keyword } from "./options.js";
import { extent, list, plural } from "./words.js";

/** Rows of numbers, or a matrix tensor. */
export type Matrix = readonly ArrayLike<number>[] | TensorLike;

export interface HeatmapOptions extends CommonOptions {
  /** Names of the columns and rows. Default: 0, 1, 2, ... */
  xNames?: readonly (string | number)[];
  yNames?: readonly (string | number)[];
  /** Default "diverging" (0 in the middle) where both signs occur, else "sequential". */
  scale?: keyof typeof scales;
  /** Write the numbers into the cells; default: up to 15 columns. */
  values?: boolean;
  /** What the colours measure, with unit. */
  zLabel?: string;
}

/**
 * A matrix as coloured cells, first row at the top.
 *
 * @example
 * plot.heatmap([[1, 2], [3, 4]]).layout.meta.description // "Heat map, 2 rows x 2 columns, values from 1 to 4; largest in row 1, column 1."
 */
export function heatmap(data: Matrix, options: HeatmapOptions = {}): Figure {
  const z = matrix(data, "data");
  const columns = z[0]?.length ?? 0;
  const x = axisNames(options.xNames, columns, "xNames");
  const y = axisNames(options.yNames, z.length, "yNames");
  const [low, high] = extent(z.flat()) ?? [0, 1];
  const signed = low < 0 && high > 0;
  const scale = options.scale === undefined ? (signed ? "diverging" : "sequential") : keyword(options.scale, "scale", ["sequential", "diverging", "grey"]);
  const reach = Math.max(Math.abs(low), Math.abs(high));
  const trace: HeatmapTrace = {
    type: "heatmap", x, y, z, colorscale: plotlyScale(scales[scale]), showscale: true, xgap: columns > 40 ? 0 : 1, ygap: columns > 40 ? 0 : 1,
    ...(scale === "diverging" ? { zmin: -reach, zmax: reach } : { zmin: low, zmax: high }),
    colorbar: { thickness: 14, outlinewidth: 0, ...(options.zLabel === undefined ? {} : { title: { text: options.zLabel } }) },
    ...((options.values ?? columns <= 15) ? { text: z.map((row) => row.map((v) => (v === null ? "" : number(v, 3)))), texttemplate: "%{text}" } : {}),
  };
  const row = z.findIndex((r) => r.includes(high));
  const words = `Heat map, ${plural(z.length, "row")} x ${plural(columns, "column")}, values from ${number(low)} to ${number(high)}`
    + `${row >= 0 ? `; largest in row ${y[row]}, column ${x[z[row].indexOf(high)]}` : ""}.`;
  return makeFigure([trace], options, ["xNames", "yNames", "scale", "values", "zLabel"], words, { xaxis: plainAxis, yaxis: { ...plainAxis, autorange: "reversed" } });
}

const plainAxis = { showgrid: false, type: "category" as const };

function axisNames(names: readonly (string | number)[] | undefined, n: number, option: string): Value[] {
  if (names !== undefined && names.length !== n) throw new RangeError(`expected ${n} ${option}, got ${names.length}`);
  return names ? names.map(String) : Array.from({ length: n }, (_, i) => String(i));
}

export interface ConfusionOptions extends CommonOptions {
  /** Class names in order. Default: the classes found, sorted; or 0, 1, 2, ... for a matrix. */
  labels?: readonly (string | number)[];
  /** Columns of true and predicted classes; default "actual" and "predicted". */
  actual?: string | Values;
  predicted?: string | Values;
  /** "row": shares of each true class. Default "none": counts. */
  normalize?: "none" | "row";
}

/**
 * Which classes are taken for which: a row for each true class, a column for each predicted one.
 *
 * @param data a matrix of counts (rows: true), records, or `{actual, predicted}`
 * @example
 * plot.confusion({ actual: ["a", "a", "b"], predicted: ["a", "b", "b"] }).data[0].z // [[1, 1], [0, 1]]
 */
export function confusion(data: Matrix | Records | Columns, options: ConfusionOptions = {}): Figure {
  const normalize = keyword(options.normalize ?? "none", "normalize", ["none", "row"]);
  const { counts, labels } = readConfusion(data, options);
  const total = counts.flat().reduce((a, b) => a + b, 0);
  const right = counts.reduce((n, row, i) => n + row[i], 0);
  const shares = counts.map((row) => row.map((n) => n / Math.max(1, row.reduce((a, b) => a + b, 0))));
  const z = normalize === "row" ? shares : counts;
  const trace: HeatmapTrace = {
    type: "heatmap", x: labels, y: labels, z, colorscale: plotlyScale(scales.sequential), zmin: 0, zmax: normalize === "row" ? 1 : Math.max(1, ...counts.flat()),
    showscale: false, xgap: 2, ygap: 2, texttemplate: "%{text}",
    text: counts.map((row, i) => row.map((n, j) => (normalize === "row" ? `${Math.round(shares[i][j] * 100)}%` : n.toLocaleString("en-US")))),
    hovertemplate: say("true %{y}, predicted %{x}: %{text}<extra></extra>", "真实 %{y}，预测 %{x}：%{text}<extra></extra>"),
  };
  const worst = counts.flatMap((row, i) => row.map((n, j) => ({ n, i, j }))).filter(({ i, j }) => i !== j).sort((a, b) => b.n - a.n)[0];
  const confused = worst?.n ? `; most frequent mistake: true ${labels[worst.i]} taken for ${labels[worst.j]} (${worst.n})` : "";
  const words = `Confusion matrix, ${plural(total, "case")}, classes ${list(labels.map(String))}; ${right} right (${number((100 * right) / Math.max(1, total), 3)}%)${confused}.`;
  const known = ["labels", "actual", "predicted", "normalize"];
  const named = { ...options, xLabel: options.xLabel ?? say("predicted class", "预测类别"), yLabel: options.yLabel ?? say("true class", "真实类别") };
  return makeFigure([trace], named, known, words, { xaxis: plainAxis, yaxis: { ...plainAxis, autorange: "reversed" } });
}

function readConfusion(data: unknown, { labels, actual = "actual", predicted = "predicted" }: ConfusionOptions): { counts: number[][]; labels: Value[] } {
  const isMatrix = isTensor(data) || (Array.isArray(data) && !isRecords(data));
  if (isMatrix) {
    const counts = matrix(data, "data").map((row) => row.map((n) => n ?? 0));
    if (counts.some((row) => row.length !== counts.length)) throw new TypeError(`expected a square matrix, got ${counts.length} rows of ${counts[0].length}`);
    return { counts, labels: axisNames(labels, counts.length, "labels") };
  }
  const [truth, guess] = [channel(data, actual, "actual")!.map(String), channel(data, predicted, "predicted")!.map(String)];
  if (truth.length !== guess.length) throw new RangeError(`expected as many predicted as actual, got ${guess.length} and ${truth.length}`);
  const names = labels?.map(String) ?? [...new Set([...truth, ...guess])].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const at = new Map(names.map((name, i) => [name, i]));
  const counts = names.map(() => names.map(() => 0));
  const place = (name: string) => {
    const i = at.get(name);
    if (i === undefined) throw new RangeError(`unknown class: ${name} (labels: ${list(names)})`);
    return i;
  };
  truth.forEach((name, k) => counts[place(name)][place(guess[k])]++);
  return { counts, labels: names };
}
