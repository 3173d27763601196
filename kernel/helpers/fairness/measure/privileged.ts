import { known, shown } from "../../arguments.js";
import { byGroup, type Stratum } from "./by-group.js";
import { encodeGroups } from "./groups.js";
import type { Measured } from "./input.js";
import type { Label } from "./labels.js";
import type { MetricName } from "./metrics.js";
import { tell } from "./parity.js";

/** AIF360's convention: unprivileged - privileged (signed; below 0 the unprivileged group has less), ratios unprivileged / privileged (may pass 1 or be infinite). A rate without a denominator is NaN. */
export interface PrivilegedInput extends Omit<Measured, "control" | "scores"> {
  /** The privileged group, or several that are taken together. Of crossed columns the joined name: `man|old`. */
  privileged: Label | readonly Label[];
  /** The unprivileged group or groups. Default: all others. Rows of neither are not counted. */
  unprivileged?: Label | readonly Label[];
}

const options = ["truth", "predicted", "group", "weights", "positive", "privileged", "unprivileged"];

const namesOf = (labels: Label | readonly Label[]): string[] => (Array.isArray(labels) ? labels : [labels]).map(String);

/** Which side each row is on: 1 privileged, 0 unprivileged, -1 neither. */
export function sides(group: Measured["group"], privileged: PrivilegedInput["privileged"], unprivileged?: PrivilegedInput["unprivileged"]): Int8Array {
  const { codes, names } = encodeGroups("group", group);
  if (privileged === undefined) throw new TypeError(`expected privileged to be one of ${names.map(shown).join(", ")}, got undefined`);
  const sideOf = new Int8Array(names.length).fill(unprivileged === undefined ? 0 : -1);
  const set = (option: string, labels: Label | readonly Label[], side: number) => {
    for (const label of namesOf(labels)) {
      const at = names.indexOf(label);
      if (at < 0) throw new RangeError(`expected ${option} to be one of ${names.map(shown).join(", ")}, got ${shown(label)}`);
      if (option === "unprivileged" && namesOf(privileged).includes(label)) throw new RangeError(`expected ${label} on one side, got it in privileged and unprivileged`);
      sideOf[at] = side;
    }
  };
  set("privileged", privileged, 1);
  if (unprivileged !== undefined) set("unprivileged", unprivileged, 0);
  const rows = Int8Array.from(codes, (code) => sideOf[code]);
  for (const [side, option] of [[1, "privileged"], [0, "unprivileged"]] as const) if (!rows.includes(side)) throw new RangeError(`expected rows in the ${option} group, got none`);
  return rows;
}

/** Both sides measured by the one disaggregation. */
export function bothSides(input: PrivilegedInput, metrics: readonly MetricName[]): { privileged: Stratum["overall"]; unprivileged: Stratum["overall"] } {
  known(input, options);
  const { truth, predicted, weights, positive } = input;
  const side = sides(input.group, input.privileged, input.unprivileged);
  const kept = Array.from(side, (_, i) => i).filter((i) => side[i] >= 0);
  const pick = <T>(values: ArrayLike<T> | undefined, name: string): T[] | undefined => {
    if (values !== undefined && values.length !== side.length) throw new RangeError(`expected ${name} of length ${side.length} like group, got ${values.length}`);
    return values && kept.map((i) => values[i]);
  };
  const columns = { truth: pick(truth, "truth"), predicted: pick(predicted, "predicted"), weights: pick(weights, "weights") };
  const { groups, warnings } = byGroup({
    group: kept.map((i) => (side[i] === 1 ? "privileged" : "unprivileged")), metrics, zeroDivision: "NaN",
    ...Object.fromEntries(Object.entries(columns).filter(([, values]) => values !== undefined)), ...(positive !== undefined && { positive }),
  });
  tell(warnings.filter(({ kind }) => kind === "undefinedRate"));
  return groups as never;
}

function signed(input: PrivilegedInput, metric: MetricName): number {
  const { privileged, unprivileged } = bothSides(input, [metric]);
  return unprivileged[metric] - privileged[metric];
}

/**
 * Selection rate of the unprivileged minus that of the privileged group: below 0, the unprivileged are selected less often. 0 is parity.
 * Give labels as `predicted` to measure a data set before any model. AIF360 `statistical_parity_difference` (`mean_difference`).
 *
 * @throws `expected privileged to be one of "a", "b", got "c"`.
 * @example fairness.statisticalParityDifference({ predicted: [1, 1, 0, 0, 1, 0, 0, 0], group: ["a", "a", "a", "a", "b", "b", "b", "b"], privileged: "a" }) // -0.25
 */
export const statisticalParityDifference = (input: PrivilegedInput): number => signed({ ...input, truth: undefined }, "selectionRate");

/**
 * Selection rate of the unprivileged over that of the privileged group: 1 is parity, above 1 the unprivileged are selected more often, Infinity if the privileged never are, NaN if neither is.
 * AIF360 `disparate_impact`; for a ratio that never passes 1 see `demographicParityRatio`.
 *
 * @example fairness.disparateImpact({ predicted: [1, 1, 0, 0, 1, 0, 0, 0], group: ["a", "a", "a", "a", "b", "b", "b", "b"], privileged: "a" }) // 0.5
 */
export const disparateImpact = (input: PrivilegedInput): number => {
  const { privileged, unprivileged } = bothSides({ ...input, truth: undefined }, ["selectionRate"]);
  return unprivileged.selectionRate / privileged.selectionRate;
};

/**
 * True-positive rate, unprivileged - privileged. NaN where a side has no positives. AIF360 calls it `equal_opportunity_difference`; ours of that name is fairlearn's, never negative.
 *
 * @example fairness.truePositiveRateDifference({ truth: [1, 1, 1, 1], predicted: [1, 1, 1, 0], group: [1, 1, 0, 0], privileged: 1 }) // -0.5
 */
export const truePositiveRateDifference = (input: PrivilegedInput): number => signed(input, "truePositiveRate");

/**
 * False-positive rate, unprivileged - privileged. AIF360 `false_positive_rate_difference`.
 *
 * @example fairness.falsePositiveRateDifference({ truth: [0, 0, 0, 0], predicted: [1, 0, 0, 0], group: [1, 1, 0, 0], privileged: 1 }) // -0.5
 */
export const falsePositiveRateDifference = (input: PrivilegedInput): number => signed(input, "falsePositiveRate");

/**
 * False-negative rate, unprivileged - privileged. AIF360 `false_negative_rate_difference`.
 *
 * @example fairness.falseNegativeRateDifference({ truth: [1, 1, 1, 1], predicted: [1, 1, 1, 0], group: [1, 1, 0, 0], privileged: 1 }) // 0.5
 */
export const falseNegativeRateDifference = (input: PrivilegedInput): number => signed(input, "falseNegativeRate");

/**
 * Share of wrong predictions, unprivileged - privileged. AIF360 `error_rate_difference`.
 *
 * @example fairness.errorRateDifference({ truth: [1, 1, 1, 1], predicted: [1, 1, 1, 0], group: [1, 1, 0, 0], privileged: 1 }) // 0.5
 */
export const errorRateDifference = (input: PrivilegedInput): number => signed(input, "errorRate");

function bothRates(input: PrivilegedInput): [truePositive: number, falsePositive: number] {
  const { privileged: p, unprivileged: u } = bothSides(input, ["truePositiveRate", "falsePositiveRate"]);
  return [u.truePositiveRate - p.truePositiveRate, u.falsePositiveRate - p.falsePositiveRate];
}

/**
 * Mean of the differences of true- and false-positive rates, unprivileged - privileged. Differences of opposite sign cancel: read `averageAbsoluteOddsDifference` beside it. AIF360 `average_odds_difference`.
 *
 * @example fairness.averageOddsDifference({ truth: [1, 0, 1, 0], predicted: [1, 0, 0, 1], group: [1, 1, 0, 0], privileged: 1 }) // 0
 */
export function averageOddsDifference(input: PrivilegedInput): number {
  const [truePositive, falsePositive] = bothRates(input);
  return (truePositive + falsePositive) / 2;
}

/**
 * Mean of the absolute differences of true- and false-positive rates. 0 is equalized odds. AIF360 `average_abs_odds_difference`.
 *
 * @example fairness.averageAbsoluteOddsDifference({ truth: [1, 0, 1, 0], predicted: [1, 0, 0, 1], group: [1, 1, 0, 0], privileged: 1 }) // 1
 */
export function averageAbsoluteOddsDifference(input: PrivilegedInput): number {
  const [truePositive, falsePositive] = bothRates(input);
  return (Math.abs(truePositive) + Math.abs(falsePositive)) / 2;
}
