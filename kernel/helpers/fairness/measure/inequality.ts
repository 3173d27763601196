import { finite, known, sameLength, shown } from "../../arguments.js";
import { encodeGroups, type Groups } from "./groups.js";
import { encodeLabels, needPositive, type Label, type Labels } from "./labels.js";

export interface InequalityInput {
  truth?: Labels;
  predicted?: Labels;
  /** What each row gets out of its prediction, >= 0. Default 1 + predicted - truth, as 0 or 1: 2 for a false positive, 1 for a right answer, 0 for a false negative (Speicher et al. 2018). */
  benefits?: ArrayLike<number>;
  positive?: Label;
  /** Weight on the far ends: 2 is half the squared coefficient of variation, 1 is Theil's index, 0 the mean log deviation. Any finite number. Default 2. */
  alpha?: number;
  /** For the between-group index. */
  group?: Groups;
}

function benefitsOf(input: InequalityInput): ArrayLike<number> {
  const { truth, predicted, benefits, positive } = input;
  if (benefits !== undefined) {
    if (benefits.length === 0) throw new RangeError("expected at least one value in benefits, got none");
    for (let i = 0; i < benefits.length; i++) if (!(benefits[i] >= 0 && benefits[i] < Infinity)) throw new RangeError(`expected benefits >= 0, got ${shown(benefits[i])} at index ${i}`);
    return benefits;
  }
  if (truth === undefined || predicted === undefined) throw new TypeError("expected truth and predicted, or benefits");
  sameLength({ truth, predicted });
  const encoded = encodeLabels({ truth, predicted }, positive);
  const code = needPositive(encoded, "benefits");
  return Float64Array.from({ length: truth.length }, (_, i) => 1 + Number(encoded.predicted![i] === code) - Number(encoded.truth![i] === code));
}

/** Speicher et al. 2018, Definition 1. */
function entropy(benefits: ArrayLike<number>, alpha: number): number {
  let mean = 0;
  for (let i = 0; i < benefits.length; i++) mean += benefits[i] / benefits.length;
  if (mean === 0) return Number.NaN;
  let total = 0;
  for (let i = 0; i < benefits.length; i++) {
    const ratio = benefits[i] / mean;
    if (alpha === 1) total += ratio === 0 ? 0 : ratio * Math.log(ratio);
    else if (alpha === 0) total -= Math.log(ratio);
    else total += (ratio ** alpha - 1) / (alpha * (alpha - 1));
  }
  return Math.max(0, total / benefits.length);
}

const options = ["truth", "predicted", "benefits", "positive"];

/**
 * How unequally benefits fall on individuals, whoever they are: 0 if all have the same. Infinity where `alpha` <= 0 and somebody gets nothing; NaN where nobody gets anything.
 * Source: Speicher et al. 2018; AIF360 `generalized_entropy_index`, which too ignores instance weights. At `alpha` 0 AIF360 divides by the mean benefit once more; the paper and this function do not.
 *
 * @throws `expected truth and predicted, or benefits`; `expected benefits >= 0, got -1 at index 0`.
 * @example fairness.generalizedEntropyIndex({ truth: [1, 1, 0, 0], predicted: [1, 0, 1, 0] }) // 0.25
 */
export function generalizedEntropyIndex(input: InequalityInput): number {
  known(input, [...options, "alpha"]);
  return entropy(benefitsOf(input), finite({ alpha: input.alpha ?? 2 }));
}

/**
 * Theil's index: the generalised entropy index with alpha 1. 0 is equality; ln(n) if one of n has all. AIF360 `theil_index`.
 *
 * @example fairness.theilIndex({ truth: [1, 1, 0, 0], predicted: [1, 0, 1, 0] }) // 0.3466
 */
export function theilIndex(input: Omit<InequalityInput, "alpha" | "group">): number {
  known(input, options);
  return entropy(benefitsOf(input), 1);
}

/**
 * The part of the generalised entropy index that lies between groups: everybody's benefit is replaced by the mean of the group. What is left of the index is inequality within groups. AIF360 `between_group_generalized_entropy_index`.
 *
 * @example fairness.betweenGroupEntropyIndex({ truth: [1, 1, 0, 0], predicted: [1, 0, 1, 0], group: ["a", "b", "a", "b"] }) // 0.125
 */
export function betweenGroupEntropyIndex(input: InequalityInput & { group: Groups }): number {
  known(input, [...options, "alpha", "group"]);
  const benefits = benefitsOf(input);
  const { codes, names } = encodeGroups("group", input.group);
  sameLength({ benefits, group: codes });
  const [sums, counts] = [new Float64Array(names.length), new Float64Array(names.length)];
  codes.forEach((code, i) => {
    sums[code] += benefits[i];
    counts[code] += 1;
  });
  return entropy(Float64Array.from(codes, (code) => sums[code] / counts[code]), finite({ alpha: input.alpha ?? 2 }));
}
