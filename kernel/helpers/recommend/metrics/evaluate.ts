import { finite, known, shown, whole } from "../../arguments.js";
import type { Recommender } from "../models/contract.js";
import { top } from "../models/top.js";
import type { Id, Ratings } from "../ratings/contract.js";
import { indexOf } from "../ratings/read.js";
import { showLine } from "../show.js";
import { exposure, type Exposure } from "./exposure.js";
import { ranking } from "./ranking.js";

export interface Evaluation extends Exposure {
  readonly kind: string;
  readonly k: number;
  /** Users that were judged: those with something relevant in the test. */
  readonly users: number;
  /** Users of the test without anything relevant, and users with nothing to learn from when there is no `coldStart`. */
  readonly skipped: number;
  /** Means over users, see `recommend.ranking`. */
  readonly precision: number;
  readonly recall: number;
  readonly ndcg: number;
  readonly map: number;
  readonly mrr: number;
  readonly hitRate: number;
  /** The judged users and their lists, in one order. */
  readonly lists: readonly { readonly user: Id; readonly items: readonly Id[] }[];
}

/**
 * How good a recommender's lists are, and what they show: each user of the test gets the k best of what the user does not have yet.
 *
 * @param test ratings held back by `recommend.split`.
 * @param options `k`: default 10; `relevant`: the smallest value of a test rating that counts as liked, default any; `coldStart`: who answers for users without
 * ratings, default: they are skipped, and counted.
 * @throws `expected a user with something relevant in the test, got none`; a test with other users or items than the model's.
 * @example
 * const r = recommend.ratings([{ user: 1, item: "a" }, { user: 1, item: "b" }, { user: 2, item: "a" }, { user: 2, item: "b" }]);
 * const parts = recommend.split(r, { by: "last" });
 * recommend.evaluate(recommend.popularity(parts.train), parts.test, { k: 1 }).recall // 1
 */
export function evaluate(model: Recommender, test: Ratings, options: { k?: number; relevant?: number; coldStart?: Recommender } = {}): Evaluation {
  known(options, ["k", "relevant", "coldStart"]);
  const k = whole({ k: options.k ?? 10 }, 1);
  const least = options.relevant === undefined ? Number.NEGATIVE_INFINITY : finite({ relevant: options.relevant });
  const { train, kind } = model;
  if (test.users.length !== train.users.length || test.items.length !== train.items.length) throw new RangeError(`expected a test with the model's ${train.users.length} users and ${train.items.length} items, got ${test.users.length} and ${test.items.length}: make both by recommend.split`);
  const lists: { user: Id; items: Id[] }[] = [];
  const sums = { precision: 0, recall: 0, ndcg: 0, map: 0, mrr: 0, hitRate: 0 };
  let skipped = 0;
  test.users.forEach((user, u) => {
    if (test.offsets[u + 1] === test.offsets[u]) return;
    const relevant: Id[] = [];
    for (let at = test.offsets[u]; at < test.offsets[u + 1]; at++) if (test.value[at] >= least) relevant.push(test.items[test.item[at]]);
    const cold = train.offsets[u + 1] === train.offsets[u] && !options.coldStart;
    if (relevant.length === 0 || cold) return void (skipped += 1);
    const items = top(model, user, { k, ...(options.coldStart && { coldStart: options.coldStart }) }).map(({ item }) => item);
    const quality = ranking({ recommended: items, relevant }, { k });
    sums.precision += quality.precision;
    sums.recall += quality.recall;
    sums.ndcg += quality.ndcg;
    sums.map += quality.averagePrecision;
    sums.mrr += quality.reciprocalRank;
    sums.hitRate += quality.hit;
    lists.push({ user, items });
  });
  const users = lists.length;
  if (users === 0) throw new RangeError("expected a user with something relevant in the test, got none");
  const means = Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / users])) as typeof sums;
  const result = { kind, k, users, skipped, ...means, ...exposure({ lists: lists.map(({ items }) => items), train }), lists };
  return showLine(result, () => `${kind}, ${users} users${skipped ? ` (${skipped} skipped)` : ""}: ${[`precision@${k} ${means.precision.toFixed(3)}`, `recall ${means.recall.toFixed(3)}`, `NDCG ${means.ndcg.toFixed(3)}`, `MAP ${means.map.toFixed(3)}`, `MRR ${means.mrr.toFixed(3)}`, `coverage ${result.coverage.toFixed(2)}`, `Gini ${result.gini.toFixed(2)}`, `novelty ${result.novelty.toFixed(2)} bits`, `diversity ${result.diversity.toFixed(2)}`].join(", ")}.`);
}

/**
 * How far predicted ratings are from held-back ones: root of the mean square and mean size of the errors.
 *
 * @throws `expected at least one rating in the test, got none`; users or items that the model does not know.
 * @example
 * const r = recommend.ratings([{ user: 1, item: "a", value: 4 }, { user: 2, item: "a", value: 2 }]);
 * recommend.errors(recommend.popularity(r, { by: "mean" }), r) // { rmse: 1, mae: 1 }
 */
export function errors(model: Recommender, test: Ratings): { readonly rmse: number; readonly mae: number } {
  if (test.value.length === 0) throw new RangeError("expected at least one rating in the test, got none");
  let [squares, sizes] = [0, 0];
  for (let u = 0; u < test.users.length; u++) {
    if (test.offsets[u + 1] === test.offsets[u]) continue;
    const scores = model.scores(test.users[u]);
    for (let at = test.offsets[u]; at < test.offsets[u + 1]; at++) {
      const error = scores[indexOf("item", model.train.items, test.items[test.item[at]])] - test.value[at];
      if (Number.isNaN(error)) throw new RangeError(`expected a number for user ${shown(test.users[u])}, got NaN`);
      squares += error * error;
      sizes += Math.abs(error);
    }
  }
  return Object.freeze({ rmse: Math.sqrt(squares / test.value.length), mae: sizes / test.value.length });
}
