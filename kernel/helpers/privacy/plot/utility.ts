import { say } from "../../../display/language.js";
import { number } from "../../../display/number.js";
import { shown } from "../../arguments.js";
import { line } from "../../plot/line.js";
import type { CommonOptions, Figure } from "../../plot/figure.js";

/**
 * What privacy costs: a measure of use against epsilon, on a logarithmic axis.
 *
 * @param runs one for each training: epsilon > 0 and the measure; `series` splits them into lines.
 * @param options.measure how to call the measure; default "accuracy".
 * @example
 * privacy.plot.privacyUtility([{ epsilon: 8, utility: 0.9 }, { epsilon: 1, utility: 0.7 }]).data[0].x // [1, 8]
 */
export function privacyUtility(runs: readonly { epsilon: number; utility: number; series?: string }[], options: { measure?: string } & CommonOptions = {}): Figure {
  const { measure = "accuracy", ...rest } = options;
  if (runs.length === 0) throw new RangeError("expected at least one run, got none");
  for (const { epsilon } of runs) if (!(epsilon > 0 && Number.isFinite(epsilon))) throw new RangeError(`expected epsilon > 0, got ${shown(epsilon)}`);
  const sorted = [...runs].sort((a, b) => a.epsilon - b.epsilon).map(({ epsilon, utility, series = "" }) => ({ epsilon, utility, series }));
  const figure = line(sorted, {
    x: "epsilon", y: "utility", ...(runs.some(({ series }) => series !== undefined) && { series: "series" }),
    xLabel: say("epsilon (less is more private)", "epsilon（越小越私密）"), yLabel: measure, xScale: "log", markers: true, ...rest,
  });
  // The epsilons that were tried, where they are few: Plotly's own ticks leave most of a decade's numbers out, or write digits.
  const tried = [...new Set(sorted.map(({ epsilon }) => epsilon))];
  if (tried.length <= 8) figure.layout.xaxis = { ...figure.layout.xaxis, tickvals: tried, ticktext: tried.map((epsilon) => number(epsilon)) };
  return figure;
}
