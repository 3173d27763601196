import { say } from "../../../display/language.js";
import { number } from "../../../display/number.js";
import { known, whole } from "../../arguments.js";
import { palette } from "../../plot/colour.js";
import { line, type Figure } from "../../plot/index.js";
import type { Attributions } from "../shapley/contract.js";

export interface WaterfallOptions {
  /** Which explained row; default 0. */
  row?: number;
  /** Columns shown one by one, the others are summed; default 10. */
  most?: number;
  title?: string;
}

/**
 * From the base value to one prediction, a step a column, the largest first; orange raises the prediction, blue lowers it.
 *
 * @throws `expected row from 0 to N, got ...`
 * @example
 * const made = { names: ["a", "b"], x: [[1, 2]], values: [[3, -1]], baseValue: 10, predictions: [12] };
 * explain.waterfall(made).layout.meta.description // "Waterfall from 10 (base value) to 12 (prediction): a = 1 adds 3; b = 2 adds -1."
 */
export function waterfall(attributions: Attributions, options: WaterfallOptions = {}): Figure {
  known(options, ["row", "most", "title"]);
  const { row, steps } = readSteps(attributions, options);
  const { baseValue } = attributions;
  let at = baseValue;
  const points = steps.flatMap(({ value }, place) => {
    const sign = value >= 0 ? "raises" : "lowers";
    const bar = [{ value: at, place, sign }, { value: at + value, place, sign }, { value: null, place, sign }];
    at += value;
    return bar;
  });
  const prediction = attributions.predictions[row];
  const figure = line(points, { x: "value", y: "place", series: "sign", markers: false, xLabel: say(`from ${number(baseValue)} (base value) to ${number(prediction)} (prediction)`, `从 ${number(baseValue)}（基准值）到 ${number(prediction)}（预测）`), yLabel: "", height: 120 + 34 * steps.length, ...(options.title !== undefined && { title: options.title }) });
  for (const trace of figure.data) if (trace.type === "scatter") trace.line = { color: trace.name === "raises" ? palette[1] : palette[0], width: 18, dash: "solid" };
  const ends = points.flatMap(({ value }) => value ?? []);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = 0.06 * (high - low) || 0.5;
  figure.layout.xaxis.range = [low - room, high + room];
  figure.layout.yaxis = { ...figure.layout.yaxis, range: [steps.length - 0.5, -0.5], tickvals: steps.map((_, place) => place), ticktext: steps.map(({ name, value }) => `${name}: ${value > 0 ? "+" : ""}${number(value, 3)}`), showgrid: false };
  figure.layout.meta = { description: `Waterfall from ${number(baseValue)} (base value) to ${number(prediction)} (prediction): ${steps.map(({ name, value }) => `${name} adds ${number(value)}`).join("; ")}.` };
  return figure;
}

function readSteps({ names, x, values }: Attributions, { row = 0, most = 10 }: WaterfallOptions): { row: number; steps: { name: string; value: number }[] } {
  if (!Number.isInteger(row) || row < 0 || row >= values.length) throw new RangeError(`expected row from 0 to ${values.length - 1}, got ${row}`);
  const order = Array.from(values[row].keys()).sort((a, b) => Math.abs(values[row][b]) - Math.abs(values[row][a]));
  const steps = order.slice(0, whole({ most }, 1)).map((column) => ({ name: `${names[column]} = ${number(x[row][column])}`, value: values[row][column] }));
  const rest = order.slice(most);
  if (rest.length) steps.push({ name: say(`${rest.length} others`, `其余 ${rest.length} 个`), value: rest.reduce((sum, column) => sum + values[row][column], 0) });
  return { row, steps };
}
