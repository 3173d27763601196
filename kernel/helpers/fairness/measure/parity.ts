import { known, oneOf } from "../../arguments.js";
import { byGroup, type ByGroup } from "./by-group.js";
import type { Measured } from "./input.js";
import type { MetricName } from "./metrics.js";
import type { Spread } from "./spread.js";
import type { Warning } from "./warnings.js";

/**
 * fairlearn's convention: every group against every other, no group is named as privileged. Differences are max - min, never negative, 0 is parity; ratios are min / max, at most 1,
 * 1 is parity. For AIF360's signed differences see `privileged.ts`: they ask for `privileged`.
 */
export interface ParityInput extends Omit<Measured, "control" | "scores"> {
  /** "betweenGroups": greatest against least group. "toOverall": the group farthest from all rows together. Default "betweenGroups". */
  method?: "betweenGroups" | "toOverall";
}

export interface OddsInput extends ParityInput {
  /** "worst": the worse of the true- and false-positive rates. "mean": their mean. Default "worst". */
  aggregate?: "worst" | "mean";
}

const options = ["truth", "predicted", "group", "weights", "positive", "method"];

/** A number cannot carry a warning, so what was undefined or left out goes to the console, which a notebook shows. */
export function tell(warnings: readonly Warning[]): void {
  for (const { kind, message } of warnings) if (kind === "undefinedRate" || kind === "leftOut" || kind === "emptyGroup") console.warn(message);
}

function measure(input: ParityInput, metrics: readonly MetricName[], also: readonly string[] = []): ByGroup {
  known(input, [...options, ...also]);
  const { truth, predicted, group, weights, positive } = input;
  const found = byGroup({ predicted, group, metrics, ...(truth !== undefined && { truth }), ...(weights !== undefined && { weights }), ...(positive !== undefined && { positive }) });
  tell(found.warnings);
  return found;
}

const method = (input: ParityInput) => oneOf({ method: input.method ?? "betweenGroups" }, ["betweenGroups", "toOverall"]);
const difference = (input: ParityInput, one: Spread): number => (method(input) === "toOverall" ? one.differenceToOverall : one.difference);
const ratio = (input: ParityInput, one: Spread): number => (method(input) === "toOverall" ? one.ratioToOverall : one.ratio);
const differenceOf = (input: ParityInput, metric: MetricName): number => difference(input, measure(input, [metric]).spread[metric]);
const ratioOf = (input: ParityInput, metric: MetricName): number => ratio(input, measure(input, [metric]).spread[metric]);

/**
 * Selection rates: max P(predicted = positive | group) - min. From 0 to 1, 0 is parity. Truth is not read. fairlearn `demographic_parity_difference`.
 *
 * @throws `expected at least one value in predicted, got none` and others of `byGroup`.
 * @example fairness.demographicParityDifference({ predicted: [1, 1, 0, 0, 1, 0, 0, 0], group: ["a", "a", "a", "a", "b", "b", "b", "b"] }) // 0.25
 */
export const demographicParityDifference = (input: ParityInput): number => differenceOf(withoutTruth(input), "selectionRate");

/**
 * Selection rates: min / max. From 0 to 1, 1 is parity; NaN where no group selects anybody (0/0). The "four-fifths rule" asks for at least 0.8. fairlearn `demographic_parity_ratio`.
 *
 * @example fairness.demographicParityRatio({ predicted: [1, 1, 0, 0, 1, 0, 0, 0], group: ["a", "a", "a", "a", "b", "b", "b", "b"] }) // 0.5
 */
export const demographicParityRatio = (input: ParityInput): number => ratioOf(withoutTruth(input), "selectionRate");

/** Truth given to a measure of selection alone is not read, so that one input serves all measures. */
const withoutTruth = (input: ParityInput): ParityInput => ({ ...input, truth: undefined });

/**
 * True-positive rates: max P(predicted = positive | truth = positive, group) - min. 0 is parity (Hardt et al. 2016). fairlearn `equal_opportunity_difference`.
 * A group without positives has the rate 0, as in fairlearn, and a warning on the console.
 *
 * @example fairness.equalOpportunityDifference({ truth: [1, 1, 0, 1, 1, 0], predicted: [1, 1, 0, 1, 0, 0], group: ["a", "a", "a", "b", "b", "b"] }) // 0.5
 */
export const equalOpportunityDifference = (input: ParityInput): number => differenceOf(input, "truePositiveRate");

/**
 * True-positive rates: min / max. 1 is parity.
 *
 * @example fairness.equalOpportunityRatio({ truth: [1, 1, 0, 1, 1, 0], predicted: [1, 1, 0, 1, 0, 0], group: ["a", "a", "a", "b", "b", "b"] }) // 0.5
 */
export const equalOpportunityRatio = (input: ParityInput): number => ratioOf(input, "truePositiveRate");

/**
 * True- and false-positive rates, each max - min, then the greater (`aggregate: "worst"`) or the mean. 0 is parity (Hardt et al. 2016). fairlearn `equalized_odds_difference`.
 *
 * @example fairness.equalizedOddsDifference({ truth: [1, 1, 0, 1, 1, 0], predicted: [1, 1, 1, 1, 0, 0], group: ["a", "a", "a", "b", "b", "b"] }) // 1
 */
export const equalizedOddsDifference = (input: OddsInput): number => odds(input, difference, Math.max);

/**
 * True- and false-positive rates, each min / max, then the lesser (`aggregate: "worst"`) or the mean. 1 is parity. A ratio 0/0 is left out with a warning, as fairlearn leaves it out silently.
 *
 * @example fairness.equalizedOddsRatio({ truth: [1, 1, 0, 1, 1, 0], predicted: [1, 1, 1, 1, 0, 1], group: ["a", "a", "a", "b", "b", "b"], aggregate: "mean" }) // 0.75
 */
export const equalizedOddsRatio = (input: OddsInput): number => odds(input, ratio, Math.min);

function odds(input: OddsInput, of: (input: ParityInput, one: Spread) => number, worst: (...values: number[]) => number): number {
  const aggregate = oneOf({ aggregate: input.aggregate ?? "worst" }, ["worst", "mean"]);
  const { spread } = measure(input, ["truePositiveRate", "falsePositiveRate"], ["aggregate"]);
  const pair = [of(input, spread.truePositiveRate), of(input, spread.falsePositiveRate)];
  const there = pair.filter((value) => !Number.isNaN(value));
  if (there.length === 1) console.warn(`${Number.isNaN(pair[0]) ? "truePositiveRate" : "falsePositiveRate"} is undefined (0/0) and is left out of equalized odds`);
  if (there.length === 0) return Number.NaN;
  return aggregate === "worst" ? worst(...there) : there.reduce((a, b) => a + b, 0) / there.length;
}

/**
 * Positive predictive values (precision): max - min. 0 is predictive parity (Chouldechova 2017).
 *
 * @example fairness.predictiveParityDifference({ truth: [1, 0, 1, 1], predicted: [1, 1, 1, 1], group: ["a", "a", "b", "b"] }) // 0.5
 */
export const predictiveParityDifference = (input: ParityInput): number => differenceOf(input, "precision");

/**
 * Positive predictive values (precision): min / max. 1 is predictive parity.
 *
 * @example fairness.predictiveParityRatio({ truth: [1, 0, 1, 1], predicted: [1, 1, 1, 1], group: ["a", "a", "b", "b"] }) // 0.5
 */
export const predictiveParityRatio = (input: ParityInput): number => ratioOf(input, "precision");

/**
 * Shares of wrong predictions: max - min. 0 is overall accuracy equality (Berk et al. 2018). Works for any number of classes.
 *
 * @example fairness.errorRateParityDifference({ truth: ["x", "y", "z", "x"], predicted: ["x", "z", "z", "x"], group: ["a", "a", "b", "b"] }) // 0.5
 */
export const errorRateParityDifference = (input: ParityInput): number => differenceOf(input, "errorRate");

/**
 * Shares of wrong predictions: min / max. 1 is parity; NaN where no group has an error.
 *
 * @example fairness.errorRateParityRatio({ truth: [1, 0, 0, 0], predicted: [0, 1, 0, 1], group: ["a", "a", "b", "b"] }) // 0.5
 */
export const errorRateParityRatio = (input: ParityInput): number => ratioOf(input, "errorRate");
