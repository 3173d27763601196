import { say } from "../../../display/language.js";
import { known } from "../../arguments.js";
import { line, type Figure } from "../../plot/index.js";
import type { PartialDependence } from "../importance/partial.js";

/**
 * Partial dependence as a thick line over the rows' own curves (ICE), at most 200 of them.
 *
 * @example
 * explain.partialPlot({ name: "a", grid: [0, 1], average: [0, 2], individual: [[0, 1], [0, 3]] }).data.length // 3
 */
export function partialPlot(curves: PartialDependence, options: { title?: string } = {}): Figure {
  known(options, ["title"]);
  const { name, grid, average, individual } = curves;
  const figure = line(grid.map((value, at) => [value, average[at]] as const), { xLabel: name, yLabel: say("prediction", "预测"), markers: false, ...(options.title !== undefined && { title: options.title }) });
  const [mean] = figure.data;
  const step = Math.ceil(individual.length / 200);
  const thin = individual.filter((_, at) => at % step === 0).map((curve) => ({
    type: "scatter" as const, mode: "lines" as const, x: [...grid], y: [...curve], line: { color: "#7f7f7f", width: 1 }, opacity: 0.4, showlegend: false,
  }));
  if (mean.type === "scatter") mean.line = { ...mean.line, width: 4 };
  figure.data = [...thin, mean];
  figure.layout.meta = { description: `${figure.layout.meta!.description!.replace("Line plot", "Partial dependence")} ${individual.length} curves of single rows behind it.` };
  return figure;
}
