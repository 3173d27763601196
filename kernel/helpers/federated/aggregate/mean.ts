import { checkUpdates, flatten, unflatten, type Update, type Weights } from "../weights.js";

/**
 * The mean of the weights, each client counted by its examples: sum(n_i w_i) / sum(n_i). Products and sums are in 64-bit
 * floats, so that the result is the float32 nearest to the exact mean up to a few last bits of a double.
 * Source: McMahan et al. 2017, "Communication-Efficient Learning of Deep Networks from Decentralized Data".
 *
 * @param updates at least one; all with the same names and shapes.
 * @throws `expected shape [2] of bias of update 1, got [3]`; `expected finite numbers in bias of update 0, got NaN at index 0`.
 * @example
 * const update = (value, examples) => ({ weights: federated.weights({ w: [value] }), examples });
 * federated.weightedMean([update(1, 1), update(5, 3)])[0].values // [4]
 */
export function weightedMean(updates: readonly Update[]): Weights {
  const like = checkUpdates(updates);
  const total = updates.reduce((sum, { examples }) => sum + examples, 0);
  const sum = new Float64Array(flatten(like).length);
  for (const { weights, examples } of updates) flatten(weights).forEach((value, at) => (sum[at]! += examples * value));
  return unflatten(sum.map((value) => value / total), like);
}
