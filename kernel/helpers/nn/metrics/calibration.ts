import { say } from "../../../display/language.js";
import { known, oneOf, whole } from "../../arguments.js";
import { number } from "../../../display/number.js";
import { line } from "../../plot/line.js";
import { argmaxRows } from "../examples/labels.js";
import { figureBundle, frozen, shownBy } from "../show.js";
import { readProbabilities, type ProbabilityOptions, type WithProbabilities } from "./probability.js";

export interface CalibrationOptions extends ProbabilityOptions {
  /** Default 10. */
  bins?: number;
  /** "uniform" (default): equally wide bins; "quantile": bins of equally many examples, as far as ties allow. */
  strategy?: "uniform" | "quantile";
}

export interface ReliabilityBin {
  /** Probabilities from (included) to below; the last bin includes its end. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean of the probabilities in it. */
  readonly confidence: number;
  /** Share that came true. */
  readonly frequency: number;
}

export interface Calibration {
  /** Bins that hold an example. */
  readonly bins: readonly ReliabilityBin[];
  /** Mean over examples of |frequency - confidence| of their bin (ECE). 0: probabilities mean what they say. */
  readonly expectedCalibrationError: number;
  /** The largest such gap of a bin (MCE). */
  readonly maximumCalibrationError: number;
}

/**
 * Do probabilities mean what they say? Of those given 0.7, 70% should come true. With rows of probabilities the most probable class is judged (its probability, and whether it is right).
 * It draws itself: the reliability curve beside the diagonal. (`fairness.calibration` looks at each group.)
 *
 * Source: Guo et al. (2017): bins [i/B, (i+1)/B), the last closed, weighted by their size; empty bins count nothing.
 *
 * @throws as `logLoss`; `expected bins to be a whole number >= 1, got 0`
 * @example
 * const found = nn.calibration({ truth: [1, 0, 1, 1], probabilities: [0.7, 0.7, 0.7, 0.7] });
 * found.expectedCalibrationError // 0.050
 * found.bins[0].frequency // 0.75
 */
export function calibration(data: WithProbabilities, options: CalibrationOptions = {}): Calibration {
  known(options, ["bins", "strategy", "classes", "positive"]);
  const count = whole({ bins: options.bins ?? 10 }, 1);
  const strategy = oneOf({ strategy: options.strategy ?? "uniform" }, ["uniform", "quantile"]);
  const { rows, width, flat, codes, weights } = readProbabilities(data, { classes: options.classes, positive: options.positive });
  const single = typeof data.probabilities[0] === "number";
  const best = argmaxRows(flat, rows, width);
  const confidence = Float64Array.from({ length: rows }, (_, row) => flat[row * width + (single ? 1 : best[row])]);
  const right = Uint8Array.from({ length: rows }, (_, row) => Number(codes[row] === (single ? 1 : best[row])));
  const edges = strategy === "uniform" ? Array.from({ length: count + 1 }, (_, i) => i / count) : quantiles(confidence, count);
  const bins = edges.slice(1).map((to, i) => ({ from: edges[i], to, count: 0, weight: 0, said: 0, came: 0 }));
  for (let row = 0; row < rows; row++) {
    let at = Math.min(bins.length - 1, Math.floor(confidence[row] * bins.length));
    // Where rounding or unequal bins put it beside its bin.
    while (at > 0 && confidence[row] < bins[at].from) at--;
    while (at < bins.length - 1 && confidence[row] >= bins[at].to) at++;
    const bin = bins[at];
    bin.count++;
    bin.weight += weights[row];
    bin.said += weights[row] * confidence[row];
    bin.came += weights[row] * right[row];
  }
  const total = weights.reduce((a, b) => a + b, 0);
  let [expected, most] = [0, 0];
  const filled = bins.filter(({ weight }) => weight > 0).map(({ weight, said, came, ...bin }): ReliabilityBin => {
    const gap = Math.abs(came - said) / weight;
    expected += (weight / total) * gap;
    most = Math.max(most, gap);
    return { from: bin.from, to: bin.to, count: bin.count, confidence: said / weight, frequency: came / weight };
  });
  const result: Calibration = frozen({ bins: filled, expectedCalibrationError: expected, maximumCalibrationError: most });
  return shownBy({ ...result }, () => figureBundle(line([
    ...filled.map((bin) => ({ x: bin.confidence, y: bin.frequency, curve: "model" })), { x: 0, y: 0, curve: "calibrated" }, { x: 1, y: 1, curve: "calibrated" },
  ], { x: "x", y: "y", series: "curve", title: say(`Reliability: ECE ${number(expected, 3)}, MCE ${number(most, 3)}`, `可靠性：ECE ${number(expected, 3)}，MCE ${number(most, 3)}`), xLabel: say("probability given", "预测概率"), yLabel: say("share that came true", "实际发生的比例") })));
}

/** Edges between equally many values, each once, from 0 to 1. */
function quantiles(values: Float64Array, count: number): number[] {
  const sorted = values.slice().sort();
  const inner = Array.from({ length: count - 1 }, (_, i) => sorted[Math.min(sorted.length - 1, Math.round(((i + 1) * sorted.length) / count))]);
  return [...new Set([0, ...inner.filter((edge) => edge > 0 && edge < 1), 1])];
}
