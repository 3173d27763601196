import { allFinite, known, sameLength } from "../../arguments.js";
import { checkWeights, encodeGroups, type Groups } from "./groups.js";

export interface DistributionInput {
  /** Predicted values or scores, one a row. */
  predicted: ArrayLike<number>;
  group: Groups;
  weights?: ArrayLike<number>;
}

/**
 * Regression: the greatest Kolmogorov-Smirnov distance between the distributions of predictions of two groups, sup over z of |P(predicted <= z | a) - P(predicted <= z | b)|.
 * From 0 to 1; 0 is statistical parity of a regression: no threshold anybody may choose later selects groups unequally. For errors by group use `byGroup` with `meanAbsoluteError`,
 * whose greatest value is the bounded group loss. Source: Agarwal, Dudik, Wu 2019.
 *
 * @throws `expected finite numbers in predicted, got NaN at index 0`.
 * @example fairness.distributionParityDifference({ predicted: [1, 2, 3, 4], group: ["a", "a", "b", "b"] }) // 1
 */
export function distributionParityDifference(input: DistributionInput): number {
  known(input, ["predicted", "group", "weights"]);
  const { codes, names } = encodeGroups("group", input.group);
  sameLength({ predicted: input.predicted, group: codes, weights: input.weights });
  const values = allFinite({ predicted: input.predicted });
  const weights = checkWeights(input.weights);
  const order = Int32Array.from({ length: codes.length }, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const totals = new Float64Array(names.length);
  for (let i = 0; i < codes.length; i++) totals[codes[i]] += weights?.[i] ?? 1;
  const share = new Float64Array(names.length);
  let greatest = 0;
  order.forEach((row, at) => {
    share[codes[row]] += weights?.[row] ?? 1;
    if (at + 1 < order.length && values[order[at + 1]] === values[row]) return;
    let [low, high] = [Infinity, -Infinity];
    for (let g = 0; g < names.length; g++) {
      if (totals[g] === 0) continue;
      low = Math.min(low, share[g] / totals[g]);
      high = Math.max(high, share[g] / totals[g]);
    }
    greatest = Math.max(greatest, high - low);
  });
  return greatest;
}
