import { nonNegative, positive } from "../../arguments.js";
import type { Ratings } from "../ratings/contract.js";
import type { FactorModel, FactorOptions } from "./contract.js";
import { dot, factorModel, startFactors } from "./factors.js";

export interface BprOptions extends FactorOptions {
  /** Default 0.05. */
  learningRate?: number;
  /** Weight of the squares, at each comparison; default 0.02. */
  regularization?: number;
}

/**
 * Bayesian personalised ranking: for each pair that a user has, an item that the user does not have is drawn, and the first should score above the
 * second. Learns an order, no scale; items have a bias. `loss` is the mean of -ln sigmoid(difference).
 *
 * @throws `expected a user with some but not all items, got none`.
 * Source: Rendle et al. 2009.
 * @example
 * const r = recommend.ratings([{ user: "a", item: 1 }, { user: "a", item: 2 }, { user: "b", item: 1 }, { user: "c", item: 3 }]);
 * const model = recommend.bpr(r, { factors: 4, epochs: 200 });
 * model.predict("a", 1) > model.predict("a", 3) // true
 */
export function bpr(r: Ratings, options: BprOptions = {}): FactorModel {
  const state = startFactors(r, options, ["learningRate", "regularization"], 0.1);
  const rate = positive({ learningRate: options.learningRate ?? 0.05 });
  const weight = nonNegative({ regularization: options.regularization ?? 0.02 });
  const { factors: d, userFactors: p, itemFactors: q, draw } = state;
  const itemBias = new Float64Array(r.items.length);
  const has = new Set<number>();
  for (let at = 0; at < r.value.length; at++) has.add(r.user[at] * r.items.length + r.item[at]);
  const useful = Array.from(r.value.keys()).filter((at) => r.offsets[r.user[at] + 1] - r.offsets[r.user[at]] < r.items.length);
  if (useful.length === 0) throw new RangeError("expected a user with some but not all items, got none");
  const loss: number[] = [];
  for (let epoch = 0; epoch < state.epochs; epoch++) {
    let sum = 0;
    for (const at of draw.shuffle(useful)) {
      const [u, i] = [r.user[at], r.item[at]];
      let j = draw.integer(0, r.items.length - 1);
      while (has.has(u * r.items.length + j)) j = draw.integer(0, r.items.length - 1);
      const [own, more, less] = [u * d, i * d, j * d];
      const difference = itemBias[i] - itemBias[j] + dot(p, own, q, more, d) - dot(p, own, q, less, d);
      const pull = 1 / (1 + Math.exp(difference));
      sum += difference > 0 ? Math.log1p(Math.exp(-difference)) : Math.log1p(Math.exp(difference)) - difference;
      itemBias[i] += rate * (pull - weight * itemBias[i]);
      itemBias[j] += rate * (-pull - weight * itemBias[j]);
      for (let k = 0; k < d; k++) {
        const [user, first, second] = [p[own + k], q[more + k], q[less + k]];
        p[own + k] += rate * (pull * (first - second) - weight * user);
        q[more + k] += rate * (pull * user - weight * first);
        q[less + k] += rate * (-pull * user - weight * second);
      }
    }
    loss.push(sum / useful.length);
  }
  return factorModel("ranking (BPR)", r, state, { itemBias, loss });
}
