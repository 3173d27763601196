import { say } from "../../../display/language.js";
import { known } from "../../arguments.js";
import { number } from "../../../display/number.js";
import { line } from "../../plot/line.js";
import { figureBundle, frozen, shownBy } from "../show.js";
import { sweep, type PositiveOption, type Scored } from "./binary.js";

export interface RocCurve {
  /** Share of the negatives with a score of at least the threshold. */
  readonly falsePositiveRate: readonly number[];
  /** Share of the positives. */
  readonly truePositiveRate: readonly number[];
  /** Falling: Infinity, where nothing passes, then every different score. */
  readonly thresholds: readonly number[];
  /** Area under the curve: the chance that a positive scores higher than a negative, ties counted half. 0.5: no better than chance. */
  readonly auc: number;
}

/**
 * How many positives are found for how many false alarms, at every threshold. Equal scores pass together. It draws itself.
 *
 * Source: the numbers of scikit-learn's `roc_curve(drop_intermediate=False)` and `roc_auc_score`.
 *
 * @throws `expected both classes in truth, got only 1`; `expected positive, the class that is looked for, as the classes are "a", "b"`; `expected finite numbers in scores, got NaN at index 3`
 * @example
 * const curve = nn.rocCurve({ truth: [0, 0, 1, 1], scores: [0.1, 0.4, 0.35, 0.8] });
 * curve.auc // 0.75
 * curve.truePositiveRate // [0, 0.5, 0.5, 1, 1]
 */
export function rocCurve(data: Scored, options: PositiveOption = {}): RocCurve {
  known(options, ["positive"]);
  const { thresholds, truePositives, falsePositives } = sweep(data, options.positive);
  const [all, none] = [truePositives.at(-1)!, falsePositives.at(-1)!];
  if (!(all > 0 && none > 0)) throw new RangeError(`expected both classes in truth, got only ${all > 0 ? "positives" : "negatives"}`);
  const falsePositiveRate = falsePositives.map((value) => value / none);
  const truePositiveRate = truePositives.map((value) => value / all);
  let auc = 0;
  for (let at = 1; at < thresholds.length; at++) auc += ((falsePositiveRate[at] - falsePositiveRate[at - 1]) * (truePositiveRate[at] + truePositiveRate[at - 1])) / 2;
  const result: RocCurve = frozen({ falsePositiveRate, truePositiveRate, thresholds, auc });
  return shownBy({ ...result }, () => figureBundle(line([
    ...falsePositiveRate.map((x, at) => ({ x, y: truePositiveRate[at], curve: "model" })), { x: 0, y: 0, curve: "chance" }, { x: 1, y: 1, curve: "chance" },
  ], { x: "x", y: "y", series: "curve", markers: false, title: say(`ROC curve, area ${number(auc, 3)}`, `ROC 曲线，面积 ${number(auc, 3)}`), xLabel: say("false positive rate", "假阳性率"), yLabel: say("true positive rate", "真阳性率") })));
}

export interface PrecisionRecallCurve {
  /** Of those with a score of at least the threshold, the share that is positive; 1 by convention where nothing passes. */
  readonly precision: readonly number[];
  /** Share of the positives that passes. */
  readonly recall: readonly number[];
  /** Falling: Infinity, then every different score. */
  readonly thresholds: readonly number[];
  /** Sum of precision times the growth of recall, without straight lines between points, which would flatter. Chance: the share of positives. */
  readonly averagePrecision: number;
}

/**
 * What share of the found is right, for what share found, at every threshold: for rare positives more telling than a ROC curve. It draws itself.
 *
 * Source: the numbers of scikit-learn's `precision_recall_curve` (which lists thresholds rising) and `average_precision_score`.
 *
 * @throws `expected at least one positive in truth, got none`; otherwise as `rocCurve`
 * @example nn.precisionRecallCurve({ truth: [0, 0, 1, 1], scores: [0.1, 0.4, 0.35, 0.8] }).averagePrecision // 0.833
 */
export function precisionRecallCurve(data: Scored, options: PositiveOption = {}): PrecisionRecallCurve {
  known(options, ["positive"]);
  const { thresholds, truePositives, falsePositives } = sweep(data, options.positive);
  const all = truePositives.at(-1)!;
  if (!(all > 0)) throw new RangeError("expected at least one positive in truth, got none");
  const precision = truePositives.map((value, at) => (value + falsePositives[at] > 0 ? value / (value + falsePositives[at]) : 1));
  const recall = truePositives.map((value) => value / all);
  let averagePrecision = 0;
  for (let at = 1; at < thresholds.length; at++) averagePrecision += (recall[at] - recall[at - 1]) * precision[at];
  const share = all / (all + falsePositives.at(-1)!);
  const result: PrecisionRecallCurve = frozen({ precision, recall, thresholds, averagePrecision });
  return shownBy({ ...result }, () => figureBundle(line([
    ...recall.map((x, at) => ({ x, y: precision[at], curve: "model" })), { x: 0, y: share, curve: "chance" }, { x: 1, y: share, curve: "chance" },
  ], { x: "x", y: "y", series: "curve", markers: false, title: say(`Precision and recall, average precision ${number(averagePrecision, 3)}`, `精确率与召回率，平均精确率 ${number(averagePrecision, 3)}`), xLabel: say("recall", "召回率"), yLabel: say("precision", "精确率") })));
}
