import { known, oneOf, sameLength, shown, whole } from "../../arguments.js";
import { encodeLabels, needPositive, type Label, type Labels } from "../measure/labels.js";
import type { Groups } from "../measure/groups.js";
import { sides } from "../measure/privileged.js";

const metrics = ["statisticalParityDifference", "averageOddsDifference", "truePositiveRateDifference"] as const;

export interface RejectOptionInput {
  /** Probabilities of the positive class. */
  scores: ArrayLike<number>;
  truth: Labels;
  group: Groups;
  /** The privileged group or groups; all others are unprivileged. */
  privileged: Label | readonly Label[];
  positive?: Label;
  /** Signed, unprivileged - privileged. Default "statisticalParityDifference". */
  metric?: (typeof metrics)[number];
  /** The metric shall lie in [-bound, bound]. Default 0.05. */
  bound?: number;
  /** Thresholds from 0.01 to 0.99, and margins for each, that are tried. Default 100 and 50. */
  thresholds?: number;
  margins?: number;
}

export interface RejectOption {
  readonly threshold: number;
  /** Scores in (threshold - margin, threshold + margin] are decided by group. */
  readonly margin: number;
  readonly balancedAccuracy: number;
  /** What the metric is on the data it was fitted on, and whether it is within the bound. If nothing is, the nearest to 0 was taken. */
  readonly metric: number;
  readonly satisfied: boolean;
  /** 0 or 1 a row; deterministic. */
  predict(data: { scores: ArrayLike<number>; group: Groups }): number[];
}

/**
 * Where a model is unsure, decide by group: near the threshold the unprivileged are selected and the privileged are not. Threshold and margin are searched for the best balanced accuracy
 * within the bound. The group decides openly about people with equal scores: in many places the law forbids that.
 *
 * Source: Kamiran, Karim, Zhang 2012; AIF360 `RejectOptionClassification`, whose answer it gives where the bound can be met. Where it cannot, AIF360 takes the most negative metric,
 * this function the one nearest to 0.
 *
 * @throws `expected scores from 0 to 1, got 2 at index 0`; `expected both classes in truth, got only 1`.
 * @example
 * const people = { scores: [0.9, 0.6, 0.55, 0.1, 0.8, 0.45, 0.4, 0.2], truth: [1, 1, 0, 0, 1, 1, 0, 0], group: ["a", "a", "a", "a", "b", "b", "b", "b"], privileged: "a" }
 * fairness.rejectOption(people).satisfied // true
 */
export function rejectOption(input: RejectOptionInput): RejectOption {
  known(input, ["scores", "truth", "group", "privileged", "positive", "metric", "bound", "thresholds", "margins"]);
  const { scores, truth } = input;
  const side = sides(input.group, input.privileged);
  sameLength({ scores, truth, group: side });
  checkScores(scores);
  const metric = oneOf({ metric: input.metric ?? "statisticalParityDifference" }, metrics);
  const bound = input.bound ?? 0.05;
  if (!(bound >= 0)) throw new RangeError(`expected bound >= 0, got ${shown(bound)}`);
  const [thresholds, margins] = [whole({ thresholds: input.thresholds ?? 100 }, 2), whole({ margins: input.margins ?? 50 }, 2)];
  const encoded = encodeLabels({ truth }, input.positive);
  const positive = needPositive(encoded, "truth");
  const y = Uint8Array.from({ length: scores.length }, (_, i) => Number(encoded.truth![i] === positive));
  for (const one of [0, 1]) if (!y.includes(one)) throw new RangeError(`expected both classes in truth, got only ${1 - one}`);
  const space = (from: number, to: number, n: number, i: number) => (i === n - 1 ? to : from + i * ((to - from) / (n - 1)));
  let best: { threshold: number; margin: number; balancedAccuracy: number; metric: number; satisfied: boolean } | undefined;
  for (let i = 0; i < thresholds; i++) {
    const threshold = space(0.01, 0.99, thresholds, i);
    for (let j = 0; j < margins; j++) {
      const margin = space(0, threshold <= 0.5 ? threshold : 1 - threshold, margins, j);
      const found = judge(scores, y, side, threshold, margin, metric);
      const satisfied = Math.abs(found.metric) <= bound;
      const better = best === undefined || (satisfied ? !best.satisfied || found.balancedAccuracy > best.balancedAccuracy : !best.satisfied && Math.abs(found.metric) < Math.abs(best.metric));
      if (better && !Number.isNaN(found.metric)) best = { threshold, margin, ...found, satisfied };
    }
  }
  if (!best) throw new RangeError(`expected ${metric} to be defined: a group has no positives or no negatives`);
  const { threshold, margin } = best;
  return Object.freeze({
    ...best,
    predict: (data: { scores: ArrayLike<number>; group: Groups }) => {
      checkScores(data.scores);
      const of = sides(data.group, input.privileged);
      sameLength({ scores: data.scores, group: of });
      return Array.from(data.scores, (score, i) => decide(score, of[i], threshold, margin));
    },
  });
}

function checkScores(scores: ArrayLike<number>): void {
  for (let i = 0; i < scores.length; i++) if (!(scores[i] >= 0 && scores[i] <= 1)) throw new RangeError(`expected scores from 0 to 1, got ${shown(scores[i])} at index ${i}`);
}

const decide = (score: number, side: number, threshold: number, margin: number): number => (score <= threshold + margin && score > threshold - margin ? 1 - side : Number(score > threshold));

function judge(scores: ArrayLike<number>, y: Uint8Array, side: Int8Array, threshold: number, margin: number, metric: (typeof metrics)[number]): { balancedAccuracy: number; metric: number } {
  const counts = new Float64Array(8); // side, truth, decision
  for (let i = 0; i < y.length; i++) counts[side[i] * 4 + y[i] * 2 + decide(scores[i], side[i], threshold, margin)] += 1;
  const share = (s: number, label: number) => counts[s * 4 + label * 2 + 1] / (counts[s * 4 + label * 2] + counts[s * 4 + label * 2 + 1]);
  const selected = (s: number) => (counts[s * 4 + 1] + counts[s * 4 + 3]) / (counts[s * 4] + counts[s * 4 + 1] + counts[s * 4 + 2] + counts[s * 4 + 3]);
  const truePositive = (counts[3] + counts[7]) / (counts[2] + counts[3] + counts[6] + counts[7]);
  const trueNegative = (counts[0] + counts[4]) / (counts[0] + counts[1] + counts[4] + counts[5]);
  const difference = metric === "statisticalParityDifference" ? selected(0) - selected(1) : metric === "truePositiveRateDifference" ? share(0, 1) - share(1, 1) : (share(0, 1) - share(1, 1) + share(0, 0) - share(1, 0)) / 2;
  return { balancedAccuracy: 0.5 * (truePositive + trueNegative), metric: difference };
}
