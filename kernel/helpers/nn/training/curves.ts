import { say } from "../../../display/language.js";
import { svg } from "../../plot/svg.js";
import type { Figure } from "../../plot/figure.js";
import { line } from "../../plot/line.js";

export type HistoryOf = Readonly<Record<string, readonly number[]>>;

/** One picture for each figure: training and validation together, against epochs; what each batch lost, thin, behind the loss. */
export function curves(history: HistoryOf, batches: { epochs: readonly number[]; losses: readonly number[] } = { epochs: [], losses: [] }): Figure[] {
  const batchName = say("each batch", "每个批次");
  const bases = Object.keys(history).filter((name) => !name.startsWith("val_"));
  if (bases.length === 0 && batches.losses.length > 1) bases.push("loss");
  return bases.slice(0, 6).flatMap((base) => {
    const names = [base, `val_${base}`].filter((name) => history[name]?.length);
    const points = names.flatMap((name) => history[name]!.map((value, at) => ({ epoch: at + 1, value, name: name === base ? say("training", "训练") : say("validation", "验证") })));
    const each = base === "loss" && batches.losses.length > 1 ? batches.losses.map((value, at) => ({ epoch: batches.epochs[at]!, value, name: batchName })) : [];
    if (points.length < 2 && each.length < 2) return [];
    const figure = line([...points, ...each], { x: "epoch", y: "value", series: "name", xLabel: say("epoch", "轮"), yLabel: base === "learningRate" ? say("learning rate", "学习率") : base, height: 230 });
    for (const trace of figure.data) {
      if (trace.type !== "scatter") continue;
      const batchwise = trace.name === batchName;
      trace.mode = !batchwise && points.length <= 40 ? "lines+markers" : "lines";
      if (batchwise) Object.assign(trace, { opacity: 0.35, line: { ...trace.line, width: 1, dash: "solid" } });
    }
    // What is thin stays behind.
    figure.data.sort((a, b) => Number(b.name === batchName) - Number(a.name === batchName));
    return [figure];
  });
}

export const drawn = (figures: readonly Figure[]): string => figures.map((figure) => svg(figure, { width: 560, ink: "currentColor" })).join("");
