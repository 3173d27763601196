import { say } from "../../../display/language.js";
import { number } from "../../../display/number.js";
import { known } from "../../arguments.js";
import { palette } from "../../plot/colour.js";
import { histogram, line, type Figure } from "../../plot/index.js";
import type { Refutation } from "../causal/refute.js";
import type { Faithfulness } from "../quality/faithfulness.js";

const mean = (curves: readonly (readonly number[])[]) => curves[0].map((_, at) => curves.reduce((sum, curve) => sum + curve[at], 0) / curves.length);

/**
 * The mean prediction while numbers are taken away (a good explanation falls early) or put in (it rises early), the most important first.
 *
 * @example
 * const made = { correlation: [1], deletion: [1], insertion: [2], deletionCurves: [[3, 0]], insertionCurves: [[0, 3]] };
 * explain.faithfulnessPlot(made).data.map(({ name }) => name) // ["taken away", "put in"]
 */
export function faithfulnessPlot({ deletionCurves, insertionCurves }: Pick<Faithfulness, "deletionCurves" | "insertionCurves">, options: { title?: string } = {}): Figure {
  known(options, ["title"]);
  const points = ([[say("taken away", "移除"), deletionCurves], [say("put in", "加入"), insertionCurves]] as const).flatMap(([series, curves]) => mean(curves).map((prediction, at, all) => ({ share: at / (all.length - 1), prediction, series })));
  return line(points, { x: "share", y: "prediction", series: "series", xLabel: say("share of the numbers, the most important first", "数值的比例（最重要的在先）"), yLabel: say("mean prediction", "平均预测"), ...(options.title !== undefined && { title: options.title }) });
}

/**
 * The effects of a refutation's repeats, with the estimate (orange) and, where it is another, what the repeats should be near (green). A placebo's repeats
 * should lie about 0, away from the estimate; the others' about the estimate.
 *
 * @example
 * const made = { test: "placebo", effect: 2, effects: [-0.1, 0, 0.1], mean: 0, std: 0.08, expected: 0, p: 1 };
 * explain.refutationPlot(made).layout.meta.description // "Refutation by placebo: 3 repeats from -0.1 to 0.1 about 0, expected 0; the estimate is 2."
 */
export function refutationPlot({ test, effect, effects, mean: middle, expected }: Refutation, options: { title?: string } = {}): Figure {
  known(options, ["title"]);
  const figure = histogram(effects, { xLabel: say("effect", "效应"), yLabel: say("repeats", "重复次数"), ...(options.title !== undefined && { title: options.title }) });
  const [bars] = figure.data;
  const top = bars?.type === "bar" ? Math.max(...bars.y.map(Number)) : 1;
  const mark = (name: string, at: number, color: string, dash: "solid" | "dash") => ({ type: "scatter" as const, mode: "lines" as const, name: `${name} ${number(at, 3)}`, x: [at, at], y: [0, 1.05 * top], line: { color, width: 3, dash } });
  figure.data = [{ ...bars!, name: say("repeats", "重复"), opacity: 0.55 }, mark(say("estimate", "估计值"), effect, palette[1], "solid"), ...(expected === effect ? [] : [mark(say("expected", "应有值"), expected, palette[2], "dash")])];
  figure.layout.showlegend = true;
  const [low, high] = [Math.min(...effects), Math.max(...effects)];
  const [from, to] = [Math.min(low, effect, expected), Math.max(high, effect, expected)];
  const room = 0.06 * (to - from) || 0.5;
  figure.layout.xaxis.range = [from - room, to + room];
  figure.layout.meta = { description: `Refutation by ${test}: ${effects.length} repeats from ${number(low)} to ${number(high)} about ${number(middle)}, expected ${number(expected)}; the estimate is ${number(effect)}.` };
  return figure;
}
