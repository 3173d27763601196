import { say } from "../../../display/language.js";
import { known, whole } from "../../arguments.js";
import { palette } from "../../plot/colour.js";
import { bar, scatter, type Figure } from "../../plot/index.js";
import type { PermutationImportance } from "../importance/permutation.js";
import { quantile } from "../importance/partial.js";
import type { Attributions } from "../shapley/contract.js";

/** From low to high, in the order of the legend. */
const groupNames = { constant: "常量", "low value": "低值", "middle value": "中值", "high value": "高值" };
const groups = {
  "low value": { color: palette[0], symbol: "triangle-down" },
  "middle value": { color: palette[6], symbol: "circle" },
  "high value": { color: palette[1], symbol: "triangle-up" },
  constant: { color: palette[6], symbol: "square" },
} as const;

/**
 * Every explained row as a point in each column's lane, at what the column added; coloured by whether the row's value of the column is in the
 * lower (blue), middle (grey) or upper third (orange). The columns with the largest mean size come first.
 *
 * @param options `most`: columns shown, default 12
 * @example
 * const made = { names: ["a", "b"], x: [[1, 2], [2, 2]], values: [[3, -1], [1, 0]], baseValue: 10, predictions: [12, 11] };
 * explain.beeswarm(made).layout.meta.description // "What each column adds to 2 predictions; a from 1 to 3, b from -1 to 0."
 */
export function beeswarm(attributions: Attributions, options: { most?: number; title?: string } = {}): Figure {
  known(options, ["most", "title"]);
  const { names, x, values } = attributions;
  const lanes = order(attributions).slice(0, whole({ most: options.most ?? 12 }, 1));
  const points = lanes.flatMap((column, lane) => {
    const sorted = x.map((row) => row[column]).sort((a, b) => a - b);
    const [low, high] = [quantile(sorted, 1 / 3), quantile(sorted, 2 / 3)];
    const shifts = spread(values.map((row) => row[column]));
    return values.map((row, at) => {
      const value = x[at][column];
      return { added: row[column], lane: lane + shifts[at], group: sorted[0] === sorted.at(-1) ? "constant" : value <= low ? "low value" : value <= high ? "middle value" : "high value" } as const;
    });
  });
  const rank = Object.keys(groups);
  points.sort((a, b) => rank.indexOf(a.group) - rank.indexOf(b.group));
  const figure = scatter(points, { x: "added", y: "lane", series: "group", xLabel: say("added to the prediction", "对预测的贡献"), yLabel: "", height: 120 + 44 * lanes.length, ...(options.title !== undefined && { title: options.title }) });
  for (const trace of figure.data) {
    if (trace.type !== "scatter") continue;
    const name = trace.name as keyof typeof groups;
    Object.assign(trace, { marker: { ...trace.marker, ...groups[name] }, name: say(name, groupNames[name]) });
  }
  figure.layout.yaxis = { ...figure.layout.yaxis, range: [lanes.length - 0.5, -0.5], tickvals: lanes.map((_, lane) => lane), ticktext: lanes.map((column) => names[column]), showgrid: false };
  const reach = (column: number) => `${names[column]} from ${round(Math.min(...values.map((row) => row[column])))} to ${round(Math.max(...values.map((row) => row[column])))}`;
  figure.layout.meta = { description: `What each column adds to ${values.length} predictions; ${lanes.map(reach).join(", ")}.` };
  return figure;
}

const round = (value: number) => Number(value.toPrecision(3));

function order({ names, values }: Attributions): number[] {
  const size = names.map((_, column) => values.reduce((sum, row) => sum + Math.abs(row[column]), 0));
  return Array.from(names.keys()).sort((a, b) => size[b] - size[a]);
}

/** Points that would lie on each other are moved up and down in turn, at most 0.35 of a lane. */
function spread(values: readonly number[]): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const seen = new Map<number, number>();
  return values.map((value) => {
    const bin = high > low ? Math.floor((60 * (value - low)) / (high - low)) : 0;
    const count = seen.get(bin) ?? 0;
    seen.set(bin, count + 1);
    return (count % 2 ? 1 : -1) * Math.min(0.35, Math.ceil(count / 2) * 0.05);
  });
}

/**
 * How much each column matters overall: mean size of its attributions, or mean drop of the score when it is shuffled.
 *
 * @param options `most`: columns shown, default 12
 * @example explain.importancePlot({ names: ["a", "b"], baseScore: 1, importances: [[1], [3]], mean: [1, 3], std: [0, 0] }).data[0].x // [3, 1]
 */
export function importancePlot(source: Attributions | PermutationImportance, options: { most?: number; title?: string } = {}): Figure {
  known(options, ["most", "title"]);
  const shuffled = "importances" in source;
  const size = shuffled ? source.mean : source.names.map((_, column) => source.values.reduce((sum, row) => sum + Math.abs(row[column]), 0) / source.values.length);
  const lanes = Array.from(source.names.keys()).sort((a, b) => size[b] - size[a]).slice(0, whole({ most: options.most ?? 12 }, 1));
  return bar(Object.fromEntries(lanes.map((column) => [label(source.names[column]), size[column]])), {
    orientation: "horizontal", xLabel: shuffled ? say("score lost when shuffled", "打乱后损失的得分") : say("mean |added to the prediction|", "|对预测的贡献| 的平均"), ...(options.title !== undefined && { title: options.title }),
  });
}

/** Keys that look like whole numbers would be sorted before all others. */
const label = (name: string): string => (/^\d+$/.test(name) ? say(`column ${name}`, `第 ${name} 列`) : name);
