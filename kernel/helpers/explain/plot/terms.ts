import { say } from "../../../display/language.js";
import { number } from "../../../display/number.js";
import { known, whole } from "../../arguments.js";
import { palette } from "../../plot/colour.js";
import { bar, type Figure } from "../../plot/index.js";
import type { LocalExplanation } from "../lime/table.js";

/**
 * What speaks for one answer (orange) and against it (blue), the weightiest on top: the terms of `limeTable`, `limeText` or `limeImage`.
 *
 * @param options `most`: terms shown, default 12
 * @example
 * const made = { terms: [{ feature: 1, name: "debt > 20", weight: -0.4 }, { feature: 0, name: "age <= 30", weight: 0.1 }], intercept: 0.5, prediction: 0.2, localPrediction: 0.25, score: 0.8 };
 * explain.limePlot(made).layout.meta.description // "Local explanation of prediction 0.2 (R squared 0.8): debt > 20 -0.4, age <= 30 0.1."
 */
export function limePlot({ terms, prediction, score }: LocalExplanation, options: { most?: number; title?: string } = {}): Figure {
  known(options, ["most", "title"]);
  const shown = terms.slice(0, whole({ most: options.most ?? 12 }, 1));
  const figure = bar({ term: shown.map(({ name }) => name), weight: shown.map(({ weight }) => weight) }, {
    x: "term", y: "weight", orientation: "horizontal", xLabel: say(`weight for the answer (prediction ${number(prediction, 3)}, R squared ${number(score, 2)})`, `对答案的权重（预测 ${number(prediction, 3)}，R² ${number(score, 2)}）`), yLabel: "",
    height: 120 + 34 * shown.length, ...(options.title !== undefined && { title: options.title }),
  });
  // Two traces on the same lanes, so that each side has its colour and its name in the legend.
  const [all] = figure.data;
  if (all?.type === "bar") {
    const side = (name: string, colour: string, keep: (weight: number) => boolean) => ({ ...all, name, x: shown.map(({ weight }) => (keep(weight) ? weight : null)), marker: { color: colour } });
    figure.data = [side(say("for", "支持"), palette[1], (weight) => weight >= 0), side(say("against", "反对"), palette[0], (weight) => weight < 0)];
    figure.layout.barmode = "overlay";
    figure.layout.showlegend = true;
  }
  figure.layout.meta = { description: `Local explanation of prediction ${number(prediction)} (R squared ${number(score, 2)}): ${shown.map(({ name, weight }) => `${name} ${number(weight)}`).join(", ")}.` };
  return figure;
}
