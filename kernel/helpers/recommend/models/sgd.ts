import { nonNegative, positive } from "../../arguments.js";
import type { Ratings } from "../ratings/contract.js";
import type { FactorModel, FactorOptions } from "./contract.js";
import { dot, factorModel, startFactors } from "./factors.js";

export interface FactorizeOptions extends FactorOptions {
  /** Default 0.01. */
  learningRate?: number;
  /** Weight of the squares of biases and vectors, at each rating; default 0.05. */
  regularization?: number;
  /** Learn biases of users and items; default true. */
  biases?: boolean;
  /** Take ratings in another order each epoch; default true. */
  shuffle?: boolean;
}

/**
 * Matrix factorisation of ratings by stochastic gradient descent: rating ≈ mean + userBias + itemBias + userFactors · itemFactors. One rating at a
 * time, all of its parameters at once. `loss` is the mean squared error on the ratings learnt from, measured as each epoch goes.
 *
 * A user or an item without ratings keeps a bias of 0 and its first, small vector: the answer is about the mean plus the other's bias.
 * @throws `expected loss to be finite, got NaN: lower the learning rate or raise the regularization`; `expected at least one rating, got none`.
 * Source: Funk 2006; Koren, Bell and Volinsky 2009.
 * @example
 * const r = recommend.ratings([{ user: "a", item: 1, value: 5 }, { user: "a", item: 2, value: 1 }, { user: "b", item: 1, value: 5 }]);
 * recommend.factorize(r, { factors: 2, epochs: 500, learningRate: 0.05, regularization: 0 }).predict("a", 2) // 1.0
 */
export function factorize(r: Ratings, options: FactorizeOptions = {}): FactorModel {
  const state = startFactors(r, options, ["learningRate", "regularization", "biases", "shuffle"], 0.1);
  const rate = positive({ learningRate: options.learningRate ?? 0.01 });
  const weight = nonNegative({ regularization: options.regularization ?? 0.05 });
  const { factors: d, userFactors: p, itemFactors: q, draw } = state;
  const biases = options.biases ?? true;
  const [userBias, itemBias] = [new Float64Array(r.users.length), new Float64Array(r.items.length)];
  const n = r.value.length;
  const mean = r.value.reduce((sum, value) => sum + value, 0) / n;
  let order = Array.from({ length: n }, (_, at) => at);
  const loss: number[] = [];
  for (let epoch = 0; epoch < state.epochs; epoch++) {
    if (options.shuffle ?? true) order = draw.shuffle(order);
    let sum = 0;
    for (const at of order) {
      const [u, i] = [r.user[at], r.item[at]];
      const [from, to] = [u * d, i * d];
      const error = r.value[at] - mean - userBias[u] - itemBias[i] - dot(p, from, q, to, d);
      sum += error * error;
      if (biases) {
        userBias[u] += rate * (error - weight * userBias[u]);
        itemBias[i] += rate * (error - weight * itemBias[i]);
      }
      for (let k = 0; k < d; k++) {
        const before = p[from + k];
        p[from + k] += rate * (error * q[to + k] - weight * before);
        q[to + k] += rate * (error * before - weight * q[to + k]);
      }
    }
    loss.push(sum / n);
  }
  return factorModel("matrix factorisation (SGD)", r, state, { mean, userBias, itemBias, loss });
}
