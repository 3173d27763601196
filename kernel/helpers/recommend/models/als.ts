import { positive } from "../../arguments.js";
import type { Ratings } from "../ratings/contract.js";
import { byItem } from "../ratings/read.js";
import type { FactorModel, FactorOptions } from "./contract.js";
import { dot, factorModel, startFactors } from "./factors.js";
import { addOuter, solveInPlace } from "./solve.js";

/** What one side's entries are: of each row, the other side's place and the value. */
interface Side {
  readonly offsets: Int32Array;
  readonly other: ArrayLike<number>;
  readonly value: ArrayLike<number>;
}

function sides(r: Ratings): { users: Side; items: Side } {
  const { offsets, entries } = byItem(r);
  return { users: { offsets: r.offsets, other: r.item, value: r.value }, items: { offsets, other: entries.map((at) => r.user[at]), value: Float64Array.from(entries, (at) => r.value[at]) } };
}

export interface AlsOptions extends FactorOptions {
  /** Weight of the squares of a vector, times its number of ratings; default 0.1. */
  regularization?: number;
}

/**
 * Matrix factorisation of ratings by alternating least squares: with the items' vectors fixed the best users' vectors are solved for, then the other way
 * round. Ratings are taken relative to their mean; there are no biases. `loss` is the mean squared error after each epoch.
 *
 * A user or an item without ratings has a vector of 0: the answer is the mean.
 * Source: Zhou et al. 2008 (weighted regularisation).
 * @example
 * const r = recommend.ratings([{ user: "a", item: 1, value: 5 }, { user: "a", item: 2, value: 1 }, { user: "b", item: 1, value: 5 }]);
 * recommend.als(r, { factors: 2, regularization: 0.001 }).predict("a", 2) // 1.0
 */
export function als(r: Ratings, options: AlsOptions = {}): FactorModel {
  const state = startFactors(r, options, ["regularization"], 0.1);
  const weight = positive({ regularization: options.regularization ?? 0.1 });
  const { factors: d, userFactors, itemFactors } = state;
  const mean = r.value.reduce((sum, value) => sum + value, 0) / r.value.length;
  const { users, items } = sides(r);
  const [a, b] = [new Float64Array(d * d), new Float64Array(d)];
  const solve = (side: Side, own: Float64Array, other: Float64Array): void => {
    for (let row = 0; row < side.offsets.length - 1; row++) {
      const count = side.offsets[row + 1] - side.offsets[row];
      own.fill(0, row * d, (row + 1) * d);
      if (count === 0) continue;
      a.fill(0);
      b.fill(0);
      for (let at = side.offsets[row]; at < side.offsets[row + 1]; at++) {
        const to = side.other[at] * d;
        addOuter(a, other, to, d, 1);
        for (let k = 0; k < d; k++) b[k] += other[to + k] * (side.value[at] - mean);
      }
      for (let k = 0; k < d; k++) a[k * d + k] += weight * count;
      solveInPlace(a, b, d);
      own.set(b, row * d);
    }
  };
  const loss: number[] = [];
  for (let epoch = 0; epoch < state.epochs; epoch++) {
    solve(users, userFactors, itemFactors);
    solve(items, itemFactors, userFactors);
    let sum = 0;
    for (let at = 0; at < r.value.length; at++) sum += (r.value[at] - mean - dot(userFactors, r.user[at] * d, itemFactors, r.item[at] * d, d)) ** 2;
    loss.push(sum / r.value.length);
  }
  return factorModel("matrix factorisation (ALS)", r, state, { mean, loss });
}

export interface ImplicitOptions extends FactorOptions {
  /** Confidence in a pair with value v is 1 + alpha v, in one without 1; default 1. */
  alpha?: number;
  /** Weight of the squares of vectors; default 5. */
  regularization?: number;
}

/**
 * Implicit feedback by alternating least squares: what a user has counts as liked (1), what not as not liked (0), the first with more confidence, the
 * more the larger its value. `loss` is the weighted squared error over all pairs plus the regularisation, divided by the pairs: it never rises.
 *
 * @throws `expected values >= 0 for implicit feedback, got -1 (user "a", item 3)`.
 * Source: Hu, Koren and Volinsky 2008.
 * @example
 * const r = recommend.ratings([{ user: "a", item: 1 }, { user: "a", item: 2 }, { user: "b", item: 1 }, { user: "c", item: 3 }]);
 * const model = recommend.implicitAls(r, { factors: 2, regularization: 0.1 });
 * model.predict("b", 2) > model.predict("b", 3) // true
 */
export function implicitAls(r: Ratings, options: ImplicitOptions = {}): FactorModel {
  const state = startFactors(r, options, ["alpha", "regularization"], 0.1);
  const alpha = positive({ alpha: options.alpha ?? 1 });
  const weight = positive({ regularization: options.regularization ?? 5 });
  const below = r.value.findIndex((value) => value < 0);
  if (below >= 0) throw new RangeError(`expected values >= 0 for implicit feedback, got ${r.value[below]} (user ${JSON.stringify(r.users[r.user[below]])}, item ${JSON.stringify(r.items[r.item[below]])})`);
  const { factors: d, userFactors, itemFactors } = state;
  const { users, items } = sides(r);
  const [a, b, gram] = [new Float64Array(d * d), new Float64Array(d), new Float64Array(d * d)];
  const gramOf = (other: Float64Array): void => {
    gram.fill(0);
    for (let to = 0; to < other.length; to += d) addOuter(gram, other, to, d, 1);
  };
  const solve = (side: Side, own: Float64Array, other: Float64Array): void => {
    gramOf(other);
    for (let row = 0; row < side.offsets.length - 1; row++) {
      a.set(gram);
      b.fill(0);
      for (let k = 0; k < d; k++) a[k * d + k] += weight;
      for (let at = side.offsets[row]; at < side.offsets[row + 1]; at++) {
        const [to, value] = [side.other[at] * d, side.value[at]];
        addOuter(a, other, to, d, alpha * value);
        if (value > 0) for (let k = 0; k < d; k++) b[k] += other[to + k] * (1 + alpha * value);
      }
      solveInPlace(a, b, d);
      own.set(b, row * d);
    }
  };
  const square = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
  const loss: number[] = [];
  for (let epoch = 0; epoch < state.epochs; epoch++) {
    solve(users, userFactors, itemFactors);
    solve(items, itemFactors, userFactors);
    // All pairs as if unseen, then the seen ones set right.
    gramOf(itemFactors);
    let sum = weight * (square(userFactors) + square(itemFactors));
    for (let u = 0; u < r.users.length; u++) {
      for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) sum += userFactors[u * d + i] * userFactors[u * d + j] * gram[i >= j ? i * d + j : j * d + i];
    }
    for (let at = 0; at < r.value.length; at++) {
      const score = dot(userFactors, r.user[at] * d, itemFactors, r.item[at] * d, d);
      sum += (1 + alpha * r.value[at]) * (Number(r.value[at] > 0) - score) ** 2 - score * score;
    }
    loss.push(sum / (r.users.length * r.items.length));
  }
  return factorModel("implicit feedback (ALS)", r, state, { loss });
}
