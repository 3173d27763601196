import { say } from "../../../display/language.js";
import type { Figure } from "../../plot/figure.js";
import { scatter } from "../../plot/line.js";

/** Score by cost, the trials of each effort a colour. */
export function plotTrials(trials: readonly { readonly index: number; readonly score: number; readonly cost: number; readonly effort: number }[]): Figure {
  const judged = trials.filter(({ score }) => Number.isFinite(score));
  const costs = judged.some(({ cost }) => cost !== 0);
  const rows = judged.map(({ index, score, cost, effort }) => ({ trial: index + 1, score, cost, effort: `effort ${Number(effort.toPrecision(3))}` }));
  return scatter(rows, { x: costs ? "cost" : "trial", y: "score", series: "effort", title: say("Architecture search", "架构搜索") });
}
