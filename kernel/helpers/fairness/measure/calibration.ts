import { known, sameLength, whole } from "../../arguments.js";
import { byGroup } from "./by-group.js";
import { checkWeights, encodeGroups } from "./groups.js";
import type { Measured } from "./input.js";
import { encodeLabels, needPositive } from "./labels.js";
import { tell } from "./parity.js";
import type { Spread } from "./spread.js";
import { calibrationBins, expectedCalibrationError, type CalibrationBin } from "./ranking.js";

export interface CalibrationInput extends Omit<Measured, "control" | "predicted"> {
  truth: NonNullable<Measured["truth"]>;
  scores: ArrayLike<number>;
  /** Equally wide bins of the scores. Default 10. */
  bins?: number;
}

export interface GroupCalibration {
  bins: CalibrationBin[];
  /** Weighted mean over bins of |share of positives - mean score|. 0: scores mean what they say. */
  expectedCalibrationError: number;
  /** Mean score - share of positives: above 0, the group's risk is overstated. */
  bias: number;
}

/**
 * Do scores mean the same in each group? Of those scored near 0.7, about 70% should be positive, in every group (calibration within groups, Kleinberg et al. 2016).
 *
 * @throws `expected scores from 0 to 1, got 2 at index 0`; `expected positive for ...`.
 * @example
 * const found = fairness.calibration({ truth: [1, 0, 1, 1], scores: [0.5, 0.5, 0.5, 0.5], group: ["a", "a", "b", "b"] })
 * found.b.bias // -0.5
 * found.a.expectedCalibrationError // 0
 */
export function calibration(input: CalibrationInput): Readonly<Record<string, GroupCalibration>> {
  known(input, ["truth", "scores", "group", "weights", "positive", "bins"]);
  const bins = whole({ bins: input.bins ?? 10 }, 1);
  byGroup({ truth: input.truth, scores: input.scores, group: input.group, metrics: ["meanScore"] }); // one place for all checks of the columns
  const { codes, names } = encodeGroups("group", input.group);
  sameLength({ group: codes, weights: input.weights });
  const weights = checkWeights(input.weights);
  const encoded = encodeLabels({ truth: input.truth }, input.positive);
  const positive = needPositive(encoded, "calibration");
  return Object.fromEntries(names.map((name, g) => {
    const rows = Int32Array.from(codes.keys()).filter((i) => codes[i] === g);
    const truth = Float64Array.from(rows, (i) => (encoded.truth![i] === positive ? 1 : 0));
    const scores = Float64Array.from(rows, (i) => input.scores[i]);
    const w = Float64Array.from(rows, (i) => weights?.[i] ?? 1);
    const total = w.reduce((a, b) => a + b, 0);
    const bias = w.reduce((sum, weight, i) => sum + weight * (scores[i] - truth[i]), 0) / total;
    return [name, { bins: calibrationBins(truth, scores, w, bins), expectedCalibrationError: expectedCalibrationError(truth, scores, w, bins), bias }];
  }));
}

/**
 * Expected calibration errors (10 bins): max - min over groups. 0: the scores are equally well calibrated, which may mean equally badly.
 *
 * @example fairness.calibrationParityDifference({ truth: [1, 0, 1, 1], scores: [0.5, 0.5, 0.5, 0.5], group: ["a", "a", "b", "b"] }) // 0.5
 */
export const calibrationParityDifference = (input: Omit<CalibrationInput, "bins">): number => spreadOf(input).difference;

/**
 * Expected calibration errors (10 bins): min / max over groups. 1: equally well, or badly, calibrated; NaN where no group errs at all.
 *
 * @example fairness.calibrationParityRatio({ truth: [1, 0, 1, 1], scores: [0.75, 0.75, 0.5, 0.5], group: ["a", "a", "b", "b"] }) // 0.5
 */
export const calibrationParityRatio = (input: Omit<CalibrationInput, "bins">): number => spreadOf(input).ratio;

function spreadOf(input: Omit<CalibrationInput, "bins">): Spread {
  known(input, ["truth", "scores", "group", "weights", "positive"]);
  const { spread, warnings } = byGroup({ ...input, metrics: ["calibrationError"] });
  tell(warnings);
  return spread.calibrationError;
}
